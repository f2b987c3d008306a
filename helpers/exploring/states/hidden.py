"""Calls in the middle of which something is kept that no frame shows: in code that is not Python's.

`sum(generator)` keeps its subtotal, `sorted(key=...)` the keys so far, `a, b = generator` the first value.
While such a call is waiting in the program's code, two states that look the same need not be the same.
"""

from __future__ import annotations

import dis
import functools
import types
from typing import Any

from ...substitution.program_code import is_program_class

# They keep nothing but what they were given.
_KEEP_NOTHING = frozenset(
    id(each)
    for each in (
        *(next, any, all, len, bool, iter, hash, abs, round, int, float, callable, type, super),
        *(getattr, hasattr, setattr, delattr, isinstance, issubclass),
    )
)
_CALLS = ("PRECALL", "CALL", "CALL_KW")
_MOVES_ON = ("FOR_ITER", "SEND", "GET_ITER", "GET_YIELD_FROM_ITER")
_ASKS_ONE_OBJECT = frozenset(
    """
    LOAD_ATTR LOAD_METHOD STORE_ATTR DELETE_ATTR LOAD_SUPER_ATTR BEFORE_WITH WITH_EXCEPT_START LOAD_GLOBAL
    LOAD_NAME YIELD_VALUE END_SEND RAISE_VARARGS RESUME JUMP_BACKWARD LOAD_DEREF STORE_DEREF STORE_GLOBAL
    LOAD_BUILD_CLASS CHECK_EXC_MATCH RETURN_GENERATOR
    """.split()  # noqa: SIM905 - a table reads better so
)


def keeps_something(frame: types.FrameType, stack: tuple[Any, ...]) -> bool:
    """Return True where what a function is waiting for may keep something that cannot be seen.

    Args:
        frame: a function that waits for a call, of whatever kind, to come back.
        stack: the values on its stack.
    """
    name, arg = _instruction(frame)
    if name in _CALLS:
        return _called_keeps(_callee(stack, arg + (name == "CALL_KW")))
    if name == "CALL_FUNCTION_EX":
        return not all(isinstance(each, tuple | list | dict) for each in stack[-1 - (arg & 1) :])
    if name in _MOVES_ON:
        moved = stack[-2] if name == "SEND" else stack[-1]
        return not (type(moved) is types.GeneratorType or is_program_class(type(moved)))
    if name in _ASKS_ONE_OBJECT:
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


def _instruction(frame: types.FrameType) -> tuple[str, int]:
    """Return the name and the argument of the instruction that a function is in the middle of."""
    bytecode, at = _bytecode(frame.f_code), frame.f_lasti
    while dis.opname[bytecode[at]] == "CACHE":  # what follows a call and belongs to it
        at -= 2
    return dis.opname[bytecode[at]], bytecode[at + 1]


@functools.lru_cache(maxsize=1024)
def _bytecode(code: types.CodeType) -> bytes:
    return code.co_code
