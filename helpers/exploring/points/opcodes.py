"""All that differs between the bytecodes of Python's versions; everything else here speaks of no version.

To add a version, read what its `dis` page says is new, add its magic number below, and run tests/exploring:
test_opcodes.py compares the stack with `dis` over the standard library, and test_rewritten_code.py what each
construct of the language does.

Two things lie on the stack where no Python code can see them: beside its `__exit__`, a `with` keeps its
object (from 3.14 on); beside a list, a `for` keeps how far it is (from 3.15 on). `visible` puts a bound
method and an iterator in their places. The alternative, reading the interpreter's own stack, needs its C
structures, which change more often than its instructions do.

Source: the documentation of `dis`, Python 3.11 to 3.15, and the library `bytecode`.
"""

from __future__ import annotations

import dis
import functools
import importlib.util
import platform
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any

from bytecode import Bytecode, Instr, Label
from bytecode.instr import FORMAT_VALUE_OPS, INTRINSIC, INTRINSIC_1OP, INTRINSIC_2OP, InstrLocation

# The magic number of compiled files, raised with every change of the bytecode -> the version that has it. An
# alpha has another number than the release, so none passes for a version that was measured.
KNOWN = {3495: "3.11", 3531: "3.12", 3571: "3.13", 3627: "3.14", 3666: "3.15"}
MAGIC = int.from_bytes(importlib.util.MAGIC_NUMBER[:2], "little")

_SINCE_3_12 = sys.version_info >= (3, 12)
_SINCE_3_13 = sys.version_info >= (3, 13)
_SINCE_3_14 = sys.version_info >= (3, 14)
_SINCE_3_15 = sys.version_info >= (3, 15)


def check_python(magic: int = MAGIC) -> None:
    """Refuse a Python whose bytecode is not known: to rewrite it by the rules of another would crash.

    Args:
        magic: the number that stands in front of its compiled files.

    Raises:
        RuntimeError: it is none of `KNOWN`.
    """
    if magic not in KNOWN:
        known = list(KNOWN.values())
        raise RuntimeError(
            "explore rewrites a program's bytecode, and does not know that of "
            f"{platform.python_implementation()} {platform.python_version()} (magic number {magic}). Use a "
            f"release of CPython {', '.join(known[:-1])} or {known[-1]}; `run` works here, too."
        )


# ---- what an instruction touches

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
    # From 3.15 on, what says how far a loop is lies above what it goes through.
    "FOR_ITER": ("iterator", (2,) if _SINCE_3_15 else (1,), False),
    "SEND": ("sent_to", (3, 1) if _SINCE_3_15 else (2, 1), False),
    "UNPACK_SEQUENCE": ("whole", (1,), False),
    "UNPACK_EX": ("whole", (1,), False),
    "LIST_EXTEND": ("whole", (1,), False),
    "SET_UPDATE": ("whole", (1,), False),
    "DICT_UPDATE": ("whole", (1,), False),
    "DICT_MERGE": ("whole", (1,), False),
    "FORMAT_VALUE": ("whole", (1,), False),
    "FORMAT_SIMPLE": ("whole", (1,), False),
    "FORMAT_WITH_SPEC": ("whole", (2,), False),
    "CONVERT_VALUE": ("whole", (1,), False),
    "TO_BOOL": ("whole", (1,), False),
    "UNARY_NOT": ("whole", (1,), False),
    "GET_LEN": ("whole", (1,), False),
    "MATCH_MAPPING": ("whole", (1,), False),
    "MATCH_SEQUENCE": ("whole", (1,), False),
    "MATCH_KEYS": ("whole", (2,), False),
    "GET_YIELD_FROM_ITER": ("iterated", (1,), False),
    "BEFORE_WITH": ("entered", (1,), False),
}
CELL = {"LOAD_DEREF": False, "STORE_DEREF": True, "DELETE_DEREF": True}
GLOBAL = {"LOAD_GLOBAL": False, "STORE_GLOBAL": True, "DELETE_GLOBAL": True}
ATTRIBUTE = {"LOAD_ATTR": False, "LOAD_METHOD": False, "STORE_ATTR": True, "DELETE_ATTR": True}
GIVES_BOOL = frozenset({"COMPARE_OP", "CONTAINS_OP", "IS_OP", "UNARY_NOT", "TO_BOOL", "CHECK_EXC_MATCH"})
# A thread never stops at these, for they run no code of the program and touch nothing that is shared.
NEVER_STOPS = frozenset(
    """
    NOP RESUME LOAD_CONST LOAD_FAST LOAD_FAST_CHECK LOAD_FAST_AND_CLEAR STORE_FAST LOAD_CLOSURE MAKE_CELL
    COPY_FREE_VARS PUSH_NULL POP_TOP SWAP COPY BUILD_TUPLE JUMP_FORWARD PUSH_EXC_INFO POP_EXCEPT RERAISE
    RETURN_VALUE RETURN_CONST MAKE_FUNCTION SET_FUNCTION_ATTRIBUTE RETURN_GENERATOR END_FOR LIST_APPEND IS_OP
    POP_JUMP_IF_NONE POP_JUMP_IF_NOT_NONE POP_JUMP_FORWARD_IF_NONE POP_JUMP_FORWARD_IF_NOT_NONE
    LOAD_FAST_BORROW LOAD_SMALL_INT LOAD_COMMON_CONSTANT NOT_TAKEN POP_ITER LOAD_FAST_LOAD_FAST
    LOAD_FAST_BORROW_LOAD_FAST_BORROW STORE_FAST_LOAD_FAST STORE_FAST_STORE_FAST
    """.split()  # noqa: SIM905 - a table reads better so
)


def touched_on_stack(instruction: Instr) -> tuple[str, tuple[int, ...], bool] | None:
    """What an instruction does to values on the stack, as in `_ON_THE_STACK`; None where that is nothing."""
    name, arg = instruction.name, instruction.arg
    if name == "BINARY_OP":
        # From 3.14 on, `x[i]` is one, too.
        return ("item", (2, 1), False) if arg.name == "SUBSCR" else ("both", (2, 1), "INPLACE" in arg.name)
    if name == "LOAD_SPECIAL":  # 3.14: a `with` loads two methods of its object, and `__exit__` first
        return ("entered", (1,), False) if arg.name == "EXIT" else None
    if name == "CALL_FUNCTION_EX":
        keywords = 1 if _SINCE_3_14 else arg & 1  # from 3.14 on, there is always a place for them
        return "call_with", (keywords + 1 + _ABOVE_FUNCTION, keywords + 1), False
    return _ON_THE_STACK.get(name)


def variable_of(argument: Any) -> str:
    """The name of a variable that functions share: `bytecode` gives a parameter as a str, from 3.14 on."""
    return getattr(argument, "name", argument)


def variables_in(argument: Any) -> tuple[str, ...]:
    """The names that an argument holds: one, or two where two instructions were made one (3.13 and later).

    >>> variables_in("x"), variables_in(("x", "y")), variables_in((True, "print")), variables_in(3)
    (('x',), ('x', 'y'), ('print',), ())
    """
    each = argument if isinstance(argument, tuple) else (argument,)
    return tuple(name for name in map(variable_of, each) if isinstance(name, str))


def shares_a_comprehensions_variable(instructions: list[Any], code: CodeType) -> bool:
    """Whether a comprehension's variable, from 3.13 on, is a function's, which no one may then ask for."""
    cleared = [variable_of(each.arg) for each in instructions if _name(each) == "LOAD_FAST_AND_CLEAR"]
    return _SINCE_3_13 and any(variable in code.co_cellvars for variable in cleared)


def is_back_edge(instructions: list[Any], instruction: Any) -> bool:
    """Whether this is a jump back that may go on forever: any but that of a `for` or a `yield from`."""
    if not isinstance(instruction, Instr) or "BACKWARD" not in instruction.name:
        return False
    at = next(index for index, each in enumerate(instructions) if each is instruction.arg)
    target = next(each for each in instructions[at:] if isinstance(each, Instr))
    return target.name not in ("FOR_ITER", "SEND")


# ---- calls

_CALL_BEGINS = ("KW_NAMES", "PRECALL", "CALL", "CALL_KW")
_CALLS = ("CALL", "CALL_KW")
CALL_OF_A_POINT = 8  # values
# How many values lie above the function, besides its arguments, where one is called.
_ABOVE_FUNCTION = 2 if _SINCE_3_13 else 1


def begins_a_call(instructions: list[Any], index: int) -> bool:
    """Whether a call stands here: the first of the instructions that make it up; but none of a `with`."""
    if _name(instructions[index]) not in _CALL_BEGINS or is_inside_call(instructions, index):
        return False
    return not (_enters(instructions, index) or _exits(instructions, index))


def is_inside_call(instructions: list[Any], index: int) -> bool:
    """Whether this is a later one of the instructions that make up one call."""
    return index > 0 and _name(instructions[index - 1]) in ("KW_NAMES", "PRECALL")


def _enters(instructions: list[Any], index: int) -> bool:
    """Whether this is the call of `__enter__`, which is an instruction of its own from 3.14 on."""
    return _name(_before(instructions, index, 1)[0]) == "LOAD_SPECIAL"


def _exits(instructions: list[Any], index: int) -> bool:
    """Whether this is the call of `__exit__` after a `with` that raised nothing: with three times None."""
    call = next(each for each in instructions[index:] if _name(each) in _CALLS)
    *given, function = _before(instructions, index, 4)
    if call.name != "CALL" or not all(map(_is_none, given)):
        return False
    if not _SINCE_3_14:
        return call.arg == 2
    # In front of the arguments of any other call stands what leaves a place beside the function.
    return call.arg == 3 and not (_name(function) == "PUSH_NULL" or _loads_a_function(function))


def _before(instructions: list[Any], index: int, count: int) -> list[Any]:
    """The `count` instructions in front of one, the nearest first; None beyond a label, where jumps end."""
    found: list[Any] = []
    for each in reversed(instructions[:index]):
        if isinstance(each, Label) or len(found) == count:
            break
        if isinstance(each, Instr):  # where a `try` begins or ends is none
            found.append(each)
    return found + [None] * (count - len(found))


def _is_none(instruction: Any) -> bool:
    """Whether an instruction loads None."""
    if _name(instruction) == "LOAD_COMMON_CONSTANT":  # 3.15
        return instruction.arg.name == "CONSTANT_NONE"
    return _name(instruction) == "LOAD_CONST" and instruction.arg is None


def _loads_a_function(instruction: Any) -> bool:
    """Whether an instruction leaves a place beside what is going to be called."""
    name, arg = _name(instruction), getattr(instruction, "arg", None)
    return name == "LOAD_METHOD" or (name in _TAKEN and isinstance(arg, tuple) and bool(arg[0]))


def call_arguments(instructions: list[Any], index: int) -> tuple[list[Instr], int]:
    """What loads what is called and a tuple of its arguments, for a point, and how many values these are."""
    call = next(each for each in instructions[index:] if _name(each) in _CALLS)
    names = 1 if call.name == "CALL_KW" else 0  # on top of the stack lie the keywords' names
    function = call.arg + names + _ABOVE_FUNCTION
    load = [Instr("COPY", function + 2)]
    load += [Instr("COPY", call.arg + names + 3) for _ in range(call.arg)]
    return [*load, Instr("BUILD_TUPLE", call.arg)], 2


def call_of(function: Any, load: list[Instr], count: int, location: InstrLocation | None) -> list[Instr]:
    """What calls `function` with the `count` values that `load` loads, and drops the result."""
    head = [Instr("PUSH_NULL"), Instr("LOAD_CONST", function)]
    call = [Instr("CALL", count)]
    if _SINCE_3_13:
        head.reverse()
    elif not _SINCE_3_12:
        call.insert(0, Instr("PRECALL", count))
    return _at([*head, *load, *call, Instr("POP_TOP")], location)


def load_cell(variable: Any) -> Instr:
    """What loads the cell that functions share, not what is in it."""
    return Instr("LOAD_FAST" if _SINCE_3_13 else "LOAD_CLOSURE", variable)


def begin_of_try(location: InstrLocation | None) -> list[Instr]:
    """What a `try` that begins anew begins with: a call's handler is looked up before it (3.13)."""
    return [Instr("NOP", location=location)] if _SINCE_3_13 else []


# ---- in the place of an instruction


def visible(instruction: Instr, shows_stack: bool) -> list[Instr]:
    """What does as an instruction does, and leaves on the stack only values that a point or a state can see.

    A method is loaded as a value of its own, so that the call's point sees what is called.

    Args:
        instruction: any.
        shows_stack: whether the function shows its stack.
    """
    name, arg, location = instruction.name, instruction.arg, instruction.location
    if name == "LOAD_METHOD":
        return _at([Instr("PUSH_NULL"), Instr("SWAP", 2), Instr("LOAD_ATTR", arg)], location)
    if name in ("LOAD_ATTR", "LOAD_SUPER_ATTR") and isinstance(arg, tuple) and arg[0]:
        beside = [Instr("PUSH_NULL")] if _SINCE_3_13 else [Instr("PUSH_NULL"), Instr("SWAP", 2)]
        return _at([Instr(name, (False, *arg[1:])), *beside], location)
    if name == "LOAD_SPECIAL" and shows_stack:
        return [*_applied(_BOUND[arg.name], location), *_at([Instr("PUSH_NULL")], location)]
    if name == "GET_ITER" and _SINCE_3_15:
        return [*_applied(_over_an_iterator, location), instruction]
    return [instruction]


def _applied(function: Callable[[Any], Any], location: InstrLocation | None) -> list[Instr]:
    """What puts the result of `function` in the place of the topmost value (3.14 and later)."""
    load = [Instr("LOAD_CONST", function), Instr("SWAP", 2), Instr("PUSH_NULL"), Instr("SWAP", 2)]
    return _at([*load, Instr("CALL", 1)], location)


def _bound_method(name: str) -> Callable[[Any], Any]:
    def load(manager: Any) -> Any:
        cls = type(manager)
        for base in cls.__mro__:
            if name in vars(base):
                found = vars(base)[name]
                bind = getattr(type(found), "__get__", None)
                return found if bind is None else bind(found, manager, cls)
        if name.startswith("__a"):
            return _refuse_async_with(manager).send(None)
        return _refuse_with(manager)

    return load


# One of the two methods is missing, so these call nothing, and raise what Python raises.


def _refuse_with(manager: Any) -> None:
    with manager:
        raise AssertionError("it has both methods")


async def _refuse_async_with(manager: Any) -> None:
    async with manager:
        raise AssertionError("it has both methods")


# By the name that `bytecode` gives to the method: what loads it, bound to its object.
_BOUND = {
    "ENTER": _bound_method("__enter__"),
    "EXIT": _bound_method("__exit__"),
    "AENTER": _bound_method("__aenter__"),
    "AEXIT": _bound_method("__aexit__"),
}
# What a `for` of 3.15 goes through by number, without an iterator of its own.
_BY_NUMBER = frozenset(each.__iter__ for each in (list, tuple, str, bytes, bytearray, range))


def _over_an_iterator(value: Any) -> Any:
    """An iterator over what a loop would go through by number; anything else as it is."""
    return iter(value) if getattr(type(value), "__iter__", None) in _BY_NUMBER else value


def _at(instructions: list[Instr], location: InstrLocation | None) -> list[Instr]:
    for each in instructions:
        each.location = location
    return instructions


def _name(instruction: Any) -> str:
    return instruction.name if isinstance(instruction, Instr) else ""


# ---- what lies on the stack

Stack = tuple[bool, ...]  # from the bottom: True for a value, False for a place that may hold none

_FUNCTION: Stack = (True, False) if _SINCE_3_13 else (False, True)  # and the place beside it
_TAKEN = {"LOAD_METHOD": 1, "LOAD_ATTR": 1, "LOAD_SUPER_ATTR": 3, "LOAD_GLOBAL": 0}  # values
_MAY_BE_EMPTY = ("PUSH_NULL", "LOAD_FAST_AND_CLEAR")
# From 3.14 on, a handler finds the place where the exception was raised as a number that is no object.
_HANDLER: dict[bool, Stack] = {False: (True,), True: (not _SINCE_3_14, True)}
# How many values an instruction takes and what it leaves, where `bytecode` also counts values that stay.
_LEAVES: dict[str, tuple[int, Stack]] = {
    "LIST_EXTEND": (1, ()),
    "SET_UPDATE": (1, ()),
    "DICT_UPDATE": (1, ()),
    "DICT_MERGE": (1, ()),
    "LIST_APPEND": (1, ()),
    "SET_ADD": (1, ()),
    "MAP_ADD": (2, ()),
    "WITH_EXCEPT_START": (0, (True,)),
    "LOAD_SPECIAL": (1, (True, False)),
}
if _SINCE_3_15:
    _LEAVES |= {"GET_ITER": (1, (True, False)), "FOR_ITER": (0, (True,))}


# `bytecode` 0.19.1 has names for the numbers in these instructions, but not for all (the default of a type
# parameter, `!r` in a template string), and cannot write the last one. As plain numbers, all go through.
for _name_of_numbers in ("CALL_INTRINSIC_1", "CALL_INTRINSIC_2", "BUILD_INTERPOLATION"):
    for _named in (INTRINSIC, INTRINSIC_1OP, INTRINSIC_2OP, FORMAT_VALUE_OPS):
        _named.discard(dis.opmap.get(_name_of_numbers))


def read(code: CodeType) -> Bytecode:
    """The instructions of code, with what `stack_after` and `stack_in_handler` need."""
    return Bytecode.from_code(code, conserve_exception_block_stackdepth=True)


def may_jump(instruction: Instr) -> bool:
    """Whether execution may go on elsewhere; END_ASYNC_FOR, from 3.14 on, only says where its loop began."""
    return instruction.has_jump() and instruction.name != "END_ASYNC_FOR"


def stack_after(instruction: Instr, stack: Stack, jumps: bool) -> Stack:
    """What lies on the stack after an instruction.

    Args:
        instruction: any.
        stack: what lies there before.
        jumps: whether it jumps.
    """
    name, arg = instruction.name, instruction.arg
    if name == "SWAP":
        values = list(stack)
        values[-1], values[-arg] = values[-arg], values[-1]
        return tuple(values)
    if name == "COPY":
        return (*stack, stack[-arg])
    if name in _LEAVES:
        taken, left = _LEAVES[name]
        return (*stack[: len(stack) - taken], *left)
    if name in _MAY_BE_EMPTY:
        return (*stack, False)
    if _loads_a_function(instruction):
        return (*stack[: len(stack) - _TAKEN[name]], *_FUNCTION)
    popped, pushed = instruction.pre_and_post_stack_effect(jump=jumps)
    pushed, popped = pushed + max(0, popped), max(0, -popped)
    return (*stack[: len(stack) - popped], *[True] * pushed)


def stack_in_handler(stack: Stack, depth: int, says_where: bool) -> Stack:
    """What lies on the stack where an exception is handled: what stays there, where it was raised, and it.

    Args:
        stack: what lay there where its `try` begins.
        depth: how much of that stays.
        says_where: whether the handler is told where the exception was raised.
    """
    return (*stack[:depth], *_HANDLER[says_where])


# ---- where a function waits for a call to come back

CALLS = ("PRECALL", *_CALLS)
_MOVES_ON = ("FOR_ITER", "SEND", "GET_ITER", "GET_YIELD_FROM_ITER")
ASKS_ONE_OBJECT = frozenset(
    """
    LOAD_ATTR LOAD_METHOD STORE_ATTR DELETE_ATTR LOAD_SUPER_ATTR BEFORE_WITH WITH_EXCEPT_START LOAD_GLOBAL
    LOAD_NAME YIELD_VALUE END_SEND RAISE_VARARGS RESUME JUMP_BACKWARD LOAD_DEREF STORE_DEREF STORE_GLOBAL
    LOAD_BUILD_CLASS CHECK_EXC_MATCH RETURN_GENERATOR LOAD_SPECIAL
    """.split()  # noqa: SIM905 - a table reads better so
)


def instruction_at(frame: FrameType) -> tuple[str, int]:
    """The name and the argument of the instruction that a function is in the middle of."""
    code, at = _bytes(frame.f_code), frame.f_lasti
    while dis.opname[code[at]] == "CACHE":  # what follows a call and belongs to it
        at -= 2
    return dis.opname[code[at]], code[at + 1]


@functools.lru_cache(maxsize=1024)
def _bytes(code: CodeType) -> bytes:
    return code.co_code


def unpacked_operands(argument: int, stack: tuple[Any, ...]) -> tuple[Any, ...]:
    """Of the values on a stack, those that `f(*arguments, **keywords)` is given.

    Args:
        argument: of the instruction.
        stack: the values, without the places that hold none.
    """
    keywords = isinstance(stack[-1], dict) if _SINCE_3_14 else argument & 1
    return stack[-1 - keywords :]


def moved_on_by(name: str, stack: tuple[Any, ...]) -> tuple[Any, ...]:
    """What an instruction asks for its next item: one value, or none where it does no such thing."""
    return (stack[-2] if name == "SEND" else stack[-1],) if name in _MOVES_ON else ()


# ---- names


def written_names(code: CodeType, kinds: tuple[str, ...]) -> Iterator[str]:
    """The names that the instructions of some kinds write, such as STORE_ATTR."""
    return (each.argval for each in dis.get_instructions(code) if each.opname in kinds)
