"""What lies on the stack of a function before each of its instructions: values, and places without one.

A thread that stops in the middle of an expression or a loop has values there that no variable holds. The
interpreter does not show them, but the instructions tell how many there are.

What one instruction does to it stands in `opcodes`.
"""

from __future__ import annotations

from bytecode import Bytecode, Instr, Label, TryBegin

from .opcodes import Stack, may_jump, stack_after, stack_in_handler


def stacks(code: Bytecode) -> dict[int, Stack]:
    """Return the stack before each instruction that can be reached, by its index in `code`.

    Args:
        code: as `opcodes.read` reads it.

    >>> code = Bytecode.from_code(compile("a + f(b)", "demo", "eval"))
    >>> before = {each.name: stack for each, stack in zip(code, map(stacks(code).get, range(99))) if stack}
    >>> before["BINARY_OP"]
    (True, True)
    """
    instructions = list(code)
    at = {id(each): index for index, each in enumerate(instructions) if isinstance(each, Label)}
    found: dict[int, Stack] = {}
    to_do: list[tuple[int, Stack]] = [(0, ())]
    while to_do:
        index, stack = to_do.pop()
        if index in found or index == len(instructions):
            continue
        found[index] = stack
        each = instructions[index]
        if isinstance(each, TryBegin):
            kept = stack_in_handler(stack, each.stack_depth, each.push_lasti)
            to_do.append((at[id(each.target)], kept))
        if isinstance(each, Instr) and may_jump(each):
            to_do.append((at[id(each.arg)], stack_after(each, stack, jumps=True)))
        if isinstance(each, Instr):
            if each.is_final():
                continue
            stack = stack_after(each, stack, jumps=False)
        to_do.append((index + 1, stack))
    return found
