"""What a call may touch: code without points reads and writes what it is given, and what it belongs to."""

from __future__ import annotations

import functools
import gc
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...substitution.program_code import is_program_file
from ..steps import WHOLE
from .objects import (
    attribute_of,
    behind,
    gone_through,
    has_methods_with_points,
    is_container,
    is_iterator,
    key_part,
    rewritten_codes,
    with_inner,
)

if TYPE_CHECKING:
    from ..scheduler import Scheduler

Touch = tuple[Any, Any, bool]  # an object, its part, and whether it may be written

_READING_FUNCTIONS = {
    *map(id, (len, sum, min, max, any, all, sorted, iter, enumerate, zip, map, filter, reversed)),
    *map(id, (repr, print, format, list, tuple, set, frozenset, dict, bytes, str, bool)),
}
_LOOKING_FUNCTIONS = {id(function) for function in (id, type, isinstance, issubclass, callable, hash)}
_ATTRIBUTE_FUNCTIONS = {id(getattr): False, id(hasattr): False, id(setattr): True, id(delattr): True}
_READING_METHODS = frozenset(
    {"get", "keys", "values", "items", "copy", "count", "index", "union", "intersection", "difference"}
    | {"isdisjoint", "issubset", "issuperset", "symmetric_difference", "__len__", "__contains__", "__iter__"}
    | {"__getitem__", "__repr__", "find", "startswith", "endswith", "decode", "hex"}
)
_ITEM_READERS = frozenset({"get", "__contains__"})
_HAVE_STEPS = ("threading", "queue", "time", "readerwriterlock.rwlock")


# Values that no call can change, and through which it reaches nothing that changes.
_INERT = frozenset(
    {int, float, bool, str, bytes, tuple, type(None), type, types.FunctionType, types.MethodType, range}
)


def touches_nothing(scheduler: Scheduler, function: Any, arguments: tuple[Any, ...]) -> bool:
    """Return True for a call of a function that was seen before, where nothing it is given can change."""
    if type(function) is types.MethodType:
        owner, function = function.__self__, function.__func__
        if is_container(owner) or is_iterator(owner):
            return False
    if not _is_plain(function) or function not in scheduler.plain_functions:
        return False
    return all(type(each) in _INERT or _has_points_only(each) for each in arguments)


def _has_points_only(value: Any) -> bool:
    """Return True for an object that changes only in code with points."""
    return not (is_container(value) or is_iterator(value) or isinstance(value, types.BuiltinMethodType))


def remember_plain(scheduler: Scheduler, function: Any) -> None:
    """Remember a function, once it was looked at: what it is needs no second look, only what it is given."""
    if type(function) is types.MethodType:
        function = function.__func__
    if _is_plain(function):
        scheduler.plain_functions.add(function)


def _is_plain(function: Any) -> bool:
    """Return True for a function or class that is equal to nothing but itself."""
    return type(function) is types.FunctionType or (
        isinstance(function, type) and type(function).__hash__ is object.__hash__
    )


def touched_by_call(scheduler: Scheduler, function: Any, arguments: tuple[Any, ...]) -> Iterator[Touch]:
    """Yield what a call may touch.

    Args:
        scheduler: gives objects their numbers.
        function: what is called.
        arguments: what it is called with.
    """
    if isinstance(function, functools.partial):
        arguments = (*function.args, *arguments)
        yield from touched_by_call(scheduler, function.func, arguments)
    elif id(function) in _ATTRIBUTE_FUNCTIONS and len(arguments) > 1 and isinstance(arguments[1], str):
        writes = _ATTRIBUTE_FUNCTIONS[id(function)]
        found = attribute_of(scheduler, arguments[0], arguments[1])
        if found is not None:
            yield *found, writes
    elif hasattr(function, "cache_info"):
        # it keeps a value after the call, where no step stands
        scheduler.notice("functools.lru_cache")
    elif not has_points(function) and id(function) not in _LOOKING_FUNCTIONS:
        yield from _touched_without_points(function, arguments)


def _touched_without_points(function: Any, arguments: tuple[Any, ...]) -> Iterator[Touch]:
    owner = getattr(function, "__self__", None)
    is_method = owner is not None and not isinstance(owner, types.ModuleType)
    if is_method:
        yield from _touched_by_method(function, owner, arguments)
    reads_only = id(function) in _READING_FUNCTIONS or is_method
    for value in arguments:
        if is_iterator(value):
            yield from moved_on(value)
        elif is_container(value):
            yield from ((each, WHOLE, not reads_only) for each in with_inner(value))
        elif isinstance(value, types.BuiltinMethodType):
            yield from _touched_by_method(value, value.__self__, ())


def moved_on(iterator: Any) -> Iterator[Touch]:
    """Yield what an iterator touches when it moves on: what it goes through, what it calls, and itself."""
    yield from ((each, WHOLE, False) for each in gone_through(iterator))
    for each in gc.get_referents(iterator):
        if isinstance(each, types.BuiltinMethodType):
            yield from _touched_by_method(each, each.__self__, ())
    yield iterator, WHOLE, True


def _touched_by_method(function: Any, owner: Any, arguments: tuple[Any, ...]) -> Iterator[Touch]:
    if is_iterator(owner):
        yield from moved_on(owner)
    elif is_container(owner):
        name = getattr(function, "__name__", "")
        of_an_item = type(owner) is dict and name in _ITEM_READERS and arguments
        part = key_part(arguments[0]) if of_an_item else WHOLE
        yield behind(owner), part, name not in _READING_METHODS


def is_rewritten(function: Any) -> bool:
    """Return True for a Python function or method that has points."""
    kind = type(function)
    if kind is types.MethodType:
        function = function.__func__
        kind = type(function)
    return kind is types.FunctionType and id(function.__code__) in rewritten_codes


def has_points(function: Any) -> bool:
    """Return True for a function of the program's own, whose code was rewritten."""
    if isinstance(function, types.FunctionType | types.MethodType):
        return is_rewritten(function)
    if isinstance(function, type):
        return has_methods_with_points(function)
    return not callable(function)


def note_passed_over(scheduler: Scheduler, function: Any) -> None:
    """Note the Python code without points that the program calls."""
    if isinstance(function, types.MethodType):
        function = function.__func__
    if not isinstance(function, types.FunctionType) or id(function.__code__) in rewritten_codes:
        return
    module = function.__module__ or ""
    if module not in _HAVE_STEPS and not module.startswith("helpers."):
        ours = is_program_file(function.__code__.co_filename)
        scheduler.passed_over.add(f"{function.__qualname__} ({module})" if ours else module)
