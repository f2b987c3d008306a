"""Rewriting a program's code: a call in front of every instruction that reads or writes a variable.

The call comes before the instruction, looks at the values that the instruction is going to use, and changes
nothing: what the program does stays the same. It stands outside every ``try``: what ends a schedule is
raised there and leaves the function at once, so that no handler of the program can swallow it.

Source of the instructions' meaning: the documentation of `dis`, Python 3.11 to 3.13.
"""

from __future__ import annotations

import inspect
import linecache
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

import bytecode
from bytecode import Instr, TryBegin, TryEnd
from bytecode.instr import InstrLocation

from .objects import codes_with_hidden_variables, rewritten_codes
from .sites import Site
from .stacks import stacks
from .unchanging import assigned_before_shared

# Instruction -> (method of Site, how deep in the stack its arguments lie, whether it writes)
_ON_THE_STACK: dict[str, tuple[str, tuple[int, ...], bool]] = {
    "BINARY_SUBSCR": ("item", (2, 1), False),
    "STORE_SUBSCR": ("item", (2, 1), True),
    "DELETE_SUBSCR": ("item", (2, 1), True),
    "BINARY_SLICE": ("whole", (3,), False),
    "STORE_SLICE": ("whole", (3,), True),
    "CONTAINS_OP": ("contains", (2, 1), False),
    "COMPARE_OP": ("both", (2, 1), False),
    "GET_ITER": ("iterated", (1,), False),
    "FOR_ITER": ("iterator", (1,), False),
    "UNPACK_SEQUENCE": ("whole", (1,), False),
    "UNPACK_EX": ("whole", (1,), False),
    "LIST_EXTEND": ("whole", (1,), False),
    "SET_UPDATE": ("whole", (1,), False),
    "DICT_UPDATE": ("whole", (1,), False),
    "DICT_MERGE": ("whole", (1,), False),
    "FORMAT_VALUE": ("whole", (1,), False),
    "FORMAT_SIMPLE": ("whole", (1,), False),
    "CONVERT_VALUE": ("whole", (1,), False),
    "TO_BOOL": ("whole", (1,), False),
    "UNARY_NOT": ("whole", (1,), False),
    "GET_LEN": ("whole", (1,), False),
    "MATCH_MAPPING": ("whole", (1,), False),
    "MATCH_SEQUENCE": ("whole", (1,), False),
    "MATCH_KEYS": ("whole", (2,), False),
    "GET_YIELD_FROM_ITER": ("iterated", (1,), False),
    "SEND": ("sent_to", (2, 1), False),
    "BEFORE_WITH": ("entered", (1,), False),
}
_GIVES_BOOL = ("COMPARE_OP", "CONTAINS_OP", "IS_OP", "UNARY_NOT", "TO_BOOL", "CHECK_EXC_MATCH")
_CALL_BEGINS = ("KW_NAMES", "PRECALL", "CALL", "CALL_KW")
_CELL = {"LOAD_DEREF": False, "STORE_DEREF": True, "DELETE_DEREF": True}
_GLOBAL = {"LOAD_GLOBAL": False, "STORE_GLOBAL": True, "DELETE_GLOBAL": True}
_ATTRIBUTE = {"LOAD_ATTR": False, "LOAD_METHOD": False, "STORE_ATTR": True, "DELETE_ATTR": True}
_CALL_OF_A_POINT = 8  # values
# A variable of each rewritten function: what lay on its stack when it last came to a place to stop at.
STACK = "(stack)"
_NEVER_STOPS = frozenset(
    """
    NOP RESUME LOAD_CONST LOAD_FAST LOAD_FAST_CHECK LOAD_FAST_AND_CLEAR STORE_FAST LOAD_CLOSURE MAKE_CELL
    COPY_FREE_VARS PUSH_NULL POP_TOP SWAP COPY BUILD_TUPLE JUMP_FORWARD PUSH_EXC_INFO POP_EXCEPT RERAISE
    RETURN_VALUE RETURN_CONST MAKE_FUNCTION SET_FUNCTION_ATTRIBUTE RETURN_GENERATOR END_FOR LIST_APPEND IS_OP
    POP_JUMP_IF_NONE POP_JUMP_IF_NOT_NONE POP_JUMP_FORWARD_IF_NONE POP_JUMP_FORWARD_IF_NOT_NONE
    """.split()  # noqa: SIM905 - a table reads better so
)
# How many values lie above the function, besides its arguments, where one is called.
_ABOVE_FUNCTION = 2 if sys.version_info >= (3, 13) else 1


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
    if any(_is_round(instructions, each) for each in instructions):
        return True
    return any(goes_round(each) for each in code.co_consts if isinstance(each, CodeType))


def _is_round(instructions: list[Any], instruction: Any) -> bool:
    """Return True for a jump back that is not the one of a `for`."""
    if not isinstance(instruction, Instr) or "BACKWARD" not in instruction.name:
        return False
    at = next(index for index, each in enumerate(instructions) if each is instruction.arg)
    target = next(each for each in instructions[at:] if isinstance(each, Instr))
    return target.name not in ("FOR_ITER", "SEND")


def _shares_a_comprehensions_variable(instructions: list[Any], code: CodeType) -> bool:
    cleared = [each.arg for each in instructions if getattr(each, "name", "") == "LOAD_FAST_AND_CLEAR"]
    return any(getattr(variable, "name", variable) in code.co_cellvars for variable in cleared)


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
        self._before = bytecode.Bytecode.from_code(code, conserve_exception_block_stackdepth=True)
        own = {*code.co_cellvars}
        self._owned = owned | own
        self._constant = (constant - own) | assigned_before_shared(self._before, own)
        self._keeps = keeps
        self._stacks = stacks(self._before) if keeps and code.co_flags & inspect.CO_OPTIMIZED else {}
        self._try: TryBegin | None = None
        self._successor: dict[int, TryBegin] = {}

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
        most = 2 * self._old.co_stacksize + _CALL_OF_A_POINT
        code = after.to_code(stacksize=most, compute_exception_stack_depths=False)
        rewritten_codes.add(id(code))
        if sys.version_info >= (3, 13) and _shares_a_comprehensions_variable(instructions, code):
            codes_with_hidden_variables.add(id(code))
        return code

    def _same(self, instruction: Instr) -> Iterator[Instr]:
        """Yield what takes an instruction's place: itself, with the functions inside it rewritten too.

        A method is loaded as a value of its own, so that the call's point sees what is called.
        """
        name, arg, location = instruction.name, instruction.arg, instruction.location
        if isinstance(arg, CodeType):
            known = self._names, self._keeps, self._constant, self._owned
            inner = _Rewriting(arg, self._namespace, *known).code()
            yield Instr(name, inner, location=location)
        elif name == "LOAD_METHOD":
            yield from (Instr("PUSH_NULL", location=location), Instr("SWAP", 2, location=location))
            yield Instr("LOAD_ATTR", arg, location=location)
        elif name in ("LOAD_ATTR", "LOAD_SUPER_ATTR") and isinstance(arg, tuple) and arg[0]:
            yield from self._method_as_value(instruction)
        else:
            yield instruction

    def _method_as_value(self, instruction: Instr) -> Iterator[Instr]:
        location = instruction.location
        yield Instr(instruction.name, (False, *instruction.arg[1:]), location=location)
        yield Instr("PUSH_NULL", location=location)
        if sys.version_info < (3, 13):
            yield Instr("SWAP", 2, location=location)

    # ---- the stack

    def _stack_kept(self, instructions: list[Any], index: int) -> Iterator[Instr]:
        """Yield what keeps the values on the stack in a variable, in front of what a thread may stop at."""
        instruction = instructions[index]
        stack = self._stacks.get(index)
        if stack is None or instruction.name in _NEVER_STOPS or _is_inside_call(instructions, index):
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
            site.namespace = self._namespace if instruction.name in _GLOBAL else None
            yield from _call(getattr(site, method), arguments, instruction.location)

    def _touches(self, instructions: list[Any], index: int, instruction: Instr) -> Iterator[_Touch]:
        """Yield what an instruction touches: a method of `Site`, its arguments, whether it writes, a name."""
        name, arg = instruction.name, instruction.arg
        if name in _GLOBAL:
            variable = arg[1] if isinstance(arg, tuple) else arg
            if variable in self._names:
                yield "global_variable", _Arguments(), _GLOBAL[name], variable
        elif name in _CELL:
            if self._may_change(arg):
                yield "cell", _Arguments([_load_cell(arg)], 1), _CELL[name], arg.name
        elif name in _ATTRIBUTE:
            yield from self._attribute(arg[-1] if isinstance(arg, tuple) else arg, _ATTRIBUTE[name])
        elif name in _ON_THE_STACK:
            method, depths, writes = _ON_THE_STACK[name]
            yield method, _copies(depths), writes, ""
        elif name == "BINARY_OP":
            yield "both", _copies((2, 1)), "INPLACE" in arg.name, ""
        elif name in _CALL_BEGINS and not _is_inside_call(instructions, index):
            if _ends_a_with(instructions, index):
                return
            yield "call", _call_arguments(instructions, index), False, ""
        elif name == "CALL_FUNCTION_EX":
            yield "call_with", _unpacked_arguments(arg), False, ""
        elif "JUMP" in name:
            yield from _jump(instructions, index, name)

    def _attribute(self, attribute: str, writes: bool) -> Iterator[_Touch]:
        if attribute == "__dict__":
            yield "dictionary", _copies((1,)), False, ""
        elif attribute in self._names:
            yield "attribute", _copies((1,)), writes, attribute

    def _may_change(self, variable: Any) -> bool:
        if variable.name == "__class__" or variable.name in self._constant:
            return False
        return variable.name in self._owned or variable.name in self._names

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
        if sys.version_info >= (3, 13):
            # an exception of a called function is looked up one instruction before the call
            yield Instr("NOP", location=call[0].location)

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


def _call(function: Any, arguments: _Arguments, location: InstrLocation | None) -> list[Instr]:
    """Return the instructions that call `function` and drop the result."""
    head = [Instr("PUSH_NULL"), Instr("LOAD_CONST", function)]
    call = [Instr("CALL", arguments.count)]
    if sys.version_info >= (3, 13):
        head.reverse()
    elif sys.version_info < (3, 12):
        call.insert(0, Instr("PRECALL", arguments.count))
    made = [*head, *arguments.load, *call, Instr("POP_TOP")]
    for each in made:
        each.location = location
    return made


def _copies(depths: tuple[int, ...]) -> _Arguments:
    """Return instructions that copy the values at some depths of the stack, below the call's own two."""
    return _Arguments([Instr("COPY", depth + 2 + n) for n, depth in enumerate(depths)], len(depths))


def _load_cell(variable: Any) -> Instr:
    return Instr("LOAD_FAST" if sys.version_info >= (3, 13) else "LOAD_CLOSURE", variable)


def _is_inside_call(instructions: list[Any], index: int) -> bool:
    """Return True for the later ones of the instructions that make up one call."""
    before = instructions[index - 1] if index else None
    return isinstance(before, Instr) and before.name in ("KW_NAMES", "PRECALL")


def _ends_a_with(instructions: list[Any], index: int) -> bool:
    """Return True for the call of `__exit__` at the end of a `with`: it is given three times None."""
    before = instructions[max(index - 3, 0) : index]
    given = [isinstance(each, Instr) and each.name == "LOAD_CONST" and each.arg is None for each in before]
    call = next(each for each in instructions[index:] if each.name in ("CALL", "CALL_KW"))
    return given == [True] * 3 and call.name == "CALL" and call.arg == 2


def _call_arguments(instructions: list[Any], index: int) -> _Arguments:
    """Return instructions that load what is called, and a tuple of its arguments."""
    call = next(each for each in instructions[index:] if each.name in ("CALL", "CALL_KW"))
    names = 1 if call.name == "CALL_KW" else 0  # on top of the stack lie the keywords' names
    function = call.arg + names + _ABOVE_FUNCTION
    load = [Instr("COPY", function + 2)]
    load += [Instr("COPY", call.arg + names + 3) for _ in range(call.arg)]
    return _Arguments([*load, Instr("BUILD_TUPLE", call.arg)], 2)


def _unpacked_arguments(flags: int) -> _Arguments:
    """Return instructions that load what `f(*arguments)` calls, and the arguments."""
    keywords = flags & 1
    return _copies((keywords + 1 + _ABOVE_FUNCTION, keywords + 1))


def _jump(instructions: list[Any], index: int, name: str) -> Iterator[_Touch]:
    """Yield the points of a jump: a value's truth is looked at, and a loop goes round."""
    before = instructions[index - 1] if index else None
    if "IF" in name and "NONE" not in name and not (isinstance(before, Instr) and before.name in _GIVES_BOOL):
        yield "whole", _copies((1,)), False, ""
    if "BACKWARD" in name:
        yield (
            "round" if _is_round(instructions, instructions[index]) else "next_item",
            _Arguments(),
            False,
            "",
        )
