"""Calls in the middle of which something is kept that no frame shows: in code that is not Python's.

`sum(generator)` keeps its subtotal, `sorted(key=...)` the keys so far, `a, b = generator` the first value.
While such a call is waiting in the program's code, two states that look the same need not be the same.
"""

from __future__ import annotations

import functools
import types
from typing import Any

from ...substitution.program_code import is_program_class
from ..points.opcodes import ASKS_ONE_OBJECT, CALLS, instruction_at, moved_on_by, unpacked_operands

# They keep nothing but what they were given.
_KEEP_NOTHING = frozenset(
    id(each)
    for each in (
        *(next, any, all, len, bool, iter, hash, abs, round, int, float, callable, type, super),
        *(getattr, hasattr, setattr, delattr, isinstance, issubclass),
    )
)


def keeps_something(frame: types.FrameType, stack: tuple[Any, ...]) -> bool:
    """Return True where what a function is waiting for may keep something that cannot be seen.

    Args:
        frame: a function that waits for a call, of whatever kind, to come back.
        stack: the values on its stack.
    """
    name, arg = instruction_at(frame)
    if name in CALLS:
        return _called_keeps(_callee(stack, arg + (name == "CALL_KW")))
    if name == "CALL_FUNCTION_EX":
        return not all(isinstance(each, tuple | list | dict) for each in unpacked_operands(arg, stack))
    for moved in moved_on_by(name, stack):
        return not (type(moved) is types.GeneratorType or is_program_class(type(moved)))
    if name in ASKS_ONE_OBJECT:
        return False
    return not any(is_program_class(type(each)) for each in stack[-3:])


def _callee(stack: tuple[Any, ...], arguments: int) -> Any:
    callee = stack[-1 - arguments] if len(stack) > arguments else None
    # at the end of a `with`, three times None lie above what is called
    return stack[-2 - arguments] if callee is None and len(stack) > arguments + 1 else callee


def _called_keeps(callee: Any) -> bool:
    while type(callee) is functools.partial:
        callee = callee.func
    if id(callee) in _KEEP_NOTHING or isinstance(callee, types.FunctionType | types.MethodType):
        return False
    if isinstance(callee, type):
        return not _is_made_in_python(callee)
    return not is_program_class(type(callee))


def _is_made_in_python(cls: type) -> bool:
    """Return True for a class whose objects are made by functions of Python, if by any."""
    makers = (vars(base).get("__init__") for base in cls.__mro__)
    return is_program_class(cls) or any(isinstance(maker, types.FunctionType) for maker in makers)
