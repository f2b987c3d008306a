"""The program's functions, given rewritten code for the time of an exploration."""

from __future__ import annotations

import dis
import inspect
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from types import CodeType, FunctionType
from typing import Any

from readerwriterlock import rwlock

from ...substitution.program_code import is_program_file
from .rewriting import cells_written_from_inside, rewritten

_cache: dict[tuple[int, int, frozenset[str]], tuple[CodeType, CodeType]] = {}


@contextmanager
def with_points(reached: Iterable[Any]) -> Iterator[None]:
    """Give functions of the program rewritten code; give them back their own afterwards.

    Args:
        reached: everything that the program reaches; readerwriterlock's methods are added.
    """
    functions = [each for each in [*reached, *_reader_writer_functions()] if isinstance(each, FunctionType)]
    names = frozenset().union(*(_written_names(function.__code__) for function in functions))
    ours = [function for function in functions if _has_points(function)]
    undo = [(function, function.__code__) for function in ours]
    try:
        for function in ours:
            function.__code__ = _rewritten_once(function.__code__, function.__globals__, names)
        yield
    finally:
        for function, code in undo:
            function.__code__ = code


def _has_points(function: FunctionType) -> bool:
    filename = function.__code__.co_filename
    return is_program_file(filename) or filename == rwlock.__file__


def _rewritten_once(code: CodeType, namespace: dict[str, Any], names: frozenset[str]) -> CodeType:
    key = (id(code), id(namespace), names & _names_in(code))
    if key not in _cache:
        _cache[key] = (code, rewritten(code, namespace, names))  # the old code keeps its id
    return _cache[key][1]


@lru_cache(maxsize=4096)
def _names_in(code: CodeType) -> frozenset[str]:
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    own = frozenset((*code.co_names, *code.co_freevars))
    return own.union(*map(_names_in, inner))


@lru_cache(maxsize=4096)
def _written_names(code: CodeType) -> frozenset[str]:
    """Return the attributes, global variables and variables of enclosing functions that code writes."""
    written = {
        each.argval
        for each in dis.get_instructions(code)
        if each.opname in ("STORE_ATTR", "DELETE_ATTR", "STORE_GLOBAL", "DELETE_GLOBAL")
    }
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            written |= _written_names(inner)
    return frozenset(written | cells_written_from_inside(code))


@cache
def _reader_writer_functions() -> list[Any]:
    classes = [each for each in vars(rwlock).values() if isinstance(each, type)]
    inner = [each for owner in classes for each in vars(owner).values() if isinstance(each, type)]
    methods = [each for owner in {*classes, *inner} for each in vars(owner).values()]
    # while a program is played, methods of ours stand in the place of some
    return [inspect.unwrap(each) for each in methods if isinstance(each, FunctionType)]
