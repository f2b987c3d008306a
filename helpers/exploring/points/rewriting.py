"""Rewriting a program's code: a call in front of every instruction that reads or writes a variable.

The call comes before the instruction, looks at the values that the instruction is going to use, and changes
nothing: what the program does stays the same. It stands outside every ``try``: what ends a schedule is
raised there and leaves the function at once, so that no handler of the program can swallow it.

What the instructions mean, and what differs between Python's versions, stands in `opcodes`.
"""

from __future__ import annotations

import inspect
import linecache
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

import bytecode
from bytecode import Instr, TryBegin, TryEnd
from bytecode.instr import InstrLocation

from .objects import codes_with_hidden_variables, rewritten_codes
from .opcodes import (
    ATTRIBUTE,
    CALL_OF_A_POINT,
    CELL,
    GIVES_BOOL,
    GLOBAL,
    NEVER_STOPS,
    begin_of_try,
    begins_a_call,
    call_arguments,
    call_of,
    is_back_edge,
    is_inside_call,
    load_cell,
    read,
    shares_a_comprehensions_variable,
    touched_on_stack,
    variable_of,
    visible,
)
from .sites import Site
from .stacks import stacks
from .unchanging import assigned_before_shared

# A variable of each rewritten function: what lay on its stack when it last came to a place to stop at.
STACK = "(stack)"


def rewritten(code: CodeType, namespace: dict[str, Any], names: frozenset[str], keeps: bool) -> CodeType:
    """Return code that does as `code` does, and calls a `Site` before it touches a variable.

    Args:
        code: the code of one of the program's functions; functions inside it are rewritten with it.
        namespace: its global variables.
        names: the attributes, global variables, and variables of enclosing functions that the program
            writes somewhere.
        keeps: True where the variable `STACK` is to show what lies on the stack.
    """
    return _Rewriting(code, namespace, names, keeps).code()


def goes_round(code: CodeType) -> bool:
    """Return True for code with a loop that may never end: any but a `for`, in it or in a function inside."""
    loops = bytecode.Bytecode.from_code(code)
    instructions = list(loops)
    if any(is_back_edge(instructions, each) for each in instructions):
        return True
    return any(goes_round(each) for each in code.co_consts if isinstance(each, CodeType))


class _Rewriting:
    def __init__(
        self,
        code: CodeType,
        namespace: dict[str, Any],
        names: frozenset[str],
        keeps: bool,
        constant: frozenset[str] = frozenset(),
        owned: frozenset[str] = frozenset(),
    ) -> None:
        self._old, self._namespace, self._names = code, namespace, names
        self._before = read(code)
        own = {*code.co_cellvars}
        self._owned = owned | own
        self._constant = (constant - own) | assigned_before_shared(self._before, own)
        self._keeps = keeps
        self._stacks = stacks(self._before) if keeps and code.co_flags & inspect.CO_OPTIMIZED else {}
        self._try: TryBegin | None = None
        self._successor: dict[int, TryBegin] = {}
        self._inner: dict[int, CodeType] = {}  # from 3.14 on, one function may be made at two places

    def code(self) -> CodeType:
        after = bytecode.Bytecode()
        after._copy_attr_from(self._before)
        instructions = list(self._before)
        for index, instruction in enumerate(instructions):
            if isinstance(instruction, Instr):
                before = [*self._stack_kept(instructions, index), *self._points(instructions, index)]
                after.extend(self._outside_try(before))
                after.extend(self._same(instruction))
            else:
                after.append(self._pseudo(instruction))
        # twice as many values at most, where all of them are kept, and what a point's call takes
        most = 2 * self._old.co_stacksize + CALL_OF_A_POINT
        code = after.to_code(stacksize=most, compute_exception_stack_depths=False)
        rewritten_codes.add(id(code))
        if shares_a_comprehensions_variable(instructions, code):
            codes_with_hidden_variables.add(id(code))
        return code

    def _same(self, instruction: Instr) -> Iterator[Instr]:
        """Yield what takes an instruction's place, with the functions inside it rewritten too."""
        if isinstance(instruction.arg, CodeType):
            inner = self._rewritten_inside(instruction.arg)
            yield Instr(instruction.name, inner, location=instruction.location)
        else:
            yield from visible(instruction, self._keeps)

    def _rewritten_inside(self, code: CodeType) -> CodeType:
        if id(code) not in self._inner:
            known = self._names, self._keeps, self._constant, self._owned
            self._inner[id(code)] = _Rewriting(code, self._namespace, *known).code()
        return self._inner[id(code)]

    # ---- the stack

    def _stack_kept(self, instructions: list[Any], index: int) -> Iterator[Instr]:
        """Yield what keeps the values on the stack in a variable, in front of what a thread may stop at."""
        instruction = instructions[index]
        stack = self._stacks.get(index)
        if stack is None or instruction.name in NEVER_STOPS or is_inside_call(instructions, index):
            return
        location = instruction.location
        values = [len(stack) - depth for depth, is_value in enumerate(stack) if is_value]
        for pushed, depth in enumerate(values):
            yield Instr("COPY", depth + pushed, location=location)
        if values:
            yield Instr("BUILD_TUPLE", len(values), location=location)
        else:
            yield Instr("LOAD_CONST", (), location=location)
        yield Instr("STORE_FAST", STACK, location=location)

    # ---- points

    def _points(self, instructions: list[Any], index: int) -> Iterator[Any]:
        instruction = instructions[index]
        for method, arguments, writes, about in self._touches(instructions, index, instruction):
            line, text = instruction.lineno or 0, self._text(instruction.location)
            site = Site(method, self._old.co_filename, line, text, writes, about)
            site.namespace = self._namespace if instruction.name in GLOBAL else None
            yield from call_of(getattr(site, method), arguments.load, arguments.count, instruction.location)

    def _touches(self, instructions: list[Any], index: int, instruction: Instr) -> Iterator[_Touch]:
        """Yield what an instruction touches: a method of `Site`, its arguments, whether it writes, a name."""
        name, arg = instruction.name, instruction.arg
        if name in GLOBAL:
            variable = arg[1] if isinstance(arg, tuple) else arg
            if variable in self._names:
                yield "global_variable", _Arguments(), GLOBAL[name], variable
        elif name in CELL:
            if self._may_change(variable_of(arg)):
                yield "cell", _Arguments([load_cell(arg)], 1), CELL[name], variable_of(arg)
        elif name in ATTRIBUTE:
            yield from self._attribute(arg[-1] if isinstance(arg, tuple) else arg, ATTRIBUTE[name])
        elif (touched := touched_on_stack(instruction)) is not None:
            method, depths, writes = touched
            yield method, _copies(depths), writes, ""
        elif begins_a_call(instructions, index):
            yield "call", _Arguments(*call_arguments(instructions, index)), False, ""
        elif "JUMP" in name:
            yield from _jump(instructions, index, name)

    def _attribute(self, attribute: str, writes: bool) -> Iterator[_Touch]:
        if attribute == "__dict__":
            yield "dictionary", _copies((1,)), False, ""
        elif attribute in self._names:
            yield "attribute", _copies((1,)), writes, attribute

    def _may_change(self, variable: str) -> bool:
        if variable == "__class__" or variable in self._constant:
            return False
        return variable in self._owned or variable in self._names

    def _text(self, location: InstrLocation | None) -> str:
        if location is None or location.lineno is None or location.lineno != location.end_lineno:
            return ""
        line = linecache.getline(self._old.co_filename, location.lineno).encode()
        return line[location.col_offset : location.end_col_offset].decode(errors="replace")

    # ---- staying outside of every try

    def _outside_try(self, call: list[Instr]) -> Iterator[Any]:
        if self._try is None or not call:
            yield from call
            return
        yield TryEnd(self._try)
        yield from call
        again = TryBegin(self._try.target, self._try.push_lasti, self._try.stack_depth)
        self._successor[id(self._try)] = again
        self._try = again
        yield again
        yield from begin_of_try(call[0].location)

    def _pseudo(self, instruction: Any) -> Any:
        if isinstance(instruction, TryBegin):
            self._try = instruction
        elif isinstance(instruction, TryEnd):
            begin = instruction.entry
            while id(begin) in self._successor:
                begin = self._successor[id(begin)]
            self._try = None
            return TryEnd(begin)
        return instruction


@dataclass(frozen=True)
class _Arguments:
    """Instructions that load the arguments of a point's call, and how many values these are."""

    load: list[Instr] = field(default_factory=list)
    count: int = 0


_Touch = tuple[str, _Arguments, bool, str]


def _copies(depths: tuple[int, ...]) -> _Arguments:
    """Return instructions that copy the values at some depths of the stack, below the call's own two."""
    return _Arguments([Instr("COPY", depth + 2 + n) for n, depth in enumerate(depths)], len(depths))


def _jump(instructions: list[Any], index: int, name: str) -> Iterator[_Touch]:
    """Yield the points of a jump: a value's truth is looked at, and a loop goes round."""
    before = instructions[index - 1] if index else None
    if "IF" in name and "NONE" not in name and not (isinstance(before, Instr) and before.name in GIVES_BOOL):
        yield "whole", _copies((1,)), False, ""
    if "BACKWARD" in name:
        method = "round" if is_back_edge(instructions, instructions[index]) else "next_item"
        yield method, _Arguments(), False, ""
