"""What lies on the stack of a function before each of its instructions: values, and places without one.

A thread that stops in the middle of an expression or a loop has values there that no variable holds. The
interpreter does not show them, but the instructions tell how many there are.

Source of the instructions' effects: the documentation of `dis`, and the library `bytecode`.
"""

from __future__ import annotations

import sys
from typing import Any

from bytecode import Bytecode, Instr, Label, TryBegin

Stack = tuple[bool, ...]  # from the bottom: True for a value, False for a place that may hold none

_FUNCTION = (True, False) if sys.version_info >= (3, 13) else (False, True)  # and the place beside it
_TAKEN = {"LOAD_METHOD": 1, "LOAD_ATTR": 1, "LOAD_SUPER_ATTR": 3, "LOAD_GLOBAL": 0}  # values
_MAY_BE_EMPTY = ("PUSH_NULL", "LOAD_FAST_AND_CLEAR")


def stacks(code: Bytecode) -> dict[int, Stack]:
    """Return the stack before each instruction that can be reached, by its index in `code`.

    Args:
        code: read with `conserve_exception_block_stackdepth`.

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
            to_do.append((at[id(each.target)], (*stack[: each.stack_depth], *[True] * (1 + each.push_lasti))))
        if isinstance(each, Instr) and each.has_jump():
            to_do.append((at[id(each.arg)], _after(each, stack, jumps=True)))
        if isinstance(each, Instr):
            if each.is_final():
                continue
            stack = _after(each, stack, jumps=False)
        to_do.append((index + 1, stack))
    return found


def _after(instruction: Instr, stack: Stack, jumps: bool) -> Stack:
    name, arg = instruction.name, instruction.arg
    if name == "SWAP":
        values = list(stack)
        values[-1], values[-arg] = values[-arg], values[-1]
        return tuple(values)
    if name == "COPY":
        return (*stack, stack[-arg])
    if name in _MAY_BE_EMPTY:
        return (*stack, False)
    if _loads_a_function(name, arg):
        return (*stack[: len(stack) - _TAKEN[name]], *_FUNCTION)
    popped, pushed = instruction.pre_and_post_stack_effect(jump=jumps)
    pushed, popped = pushed + max(0, popped), max(0, -popped)
    return (*stack[: len(stack) - popped], *[True] * pushed)


def _loads_a_function(name: str, arg: Any) -> bool:
    """Return True for an instruction that leaves a place beside what is going to be called."""
    return name == "LOAD_METHOD" or (name in _TAKEN and isinstance(arg, tuple) and bool(arg[0]))
