"""The program's functions, given rewritten code for the time of an exploration."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache
from types import CodeType, FrameType, FunctionType
from typing import Any

from readerwriterlock import rwlock

from ...substitution.program_code import is_program_file, is_program_module
from .objects import rewritten_codes
from .opcodes import written_names
from .rewriting import goes_round, rewritten
from .unchanging import cells_written_from_inside

_BY_NAME = {"setattr", "delattr", "getattr", "hasattr"}
_cache: dict[tuple[int, int, frozenset[str], bool], tuple[CodeType, CodeType]] = {}


@contextmanager
def with_points(reached: Sequence[Any], always_keeps_stacks: bool = False) -> Iterator[None]:
    """Give functions of the program rewritten code; give them back their own afterwards.

    Args:
        reached: everything that the program reaches; readerwriterlock's methods are added.
        always_keeps_stacks: True where what lies on the stack is to be seen of any program; otherwise only
            of one that may go round for ever.
    """
    functions = [each for each in [*reached, *_reader_writer_functions()] if isinstance(each, FunctionType)]
    names = frozenset().union(*(_written_names(function.__code__) for function in functions))
    names |= {each.attrname for each in reached if isinstance(each, cached_property) and each.attrname}
    ours = [function for function in functions if _has_points(function)]
    keeps = always_keeps_stacks or any(_goes_round(function.__code__) for function in ours)
    undo = [(function, function.__code__) for function in ours]
    try:
        for function in ours:
            function.__code__ = _rewritten_once(function.__code__, function.__globals__, names, keeps)
        yield
    finally:
        for function, code in undo:
            function.__code__ = code


def unfound_code(notice: Callable[[str], None]) -> Callable[[FrameType, str, Any], None]:
    """Return a function for `sys.setprofile` that notices code of the program that was not rewritten.

    Args:
        notice: called with what to say about such code.
    """

    def on_call(frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event != "call" or id(code) in rewritten_codes or code.co_name == "<module>":
            return
        if is_program_file(code.co_filename):
            notice(f"code that was not found before it started ({code.co_qualname})")

    return on_call


def _has_points(function: FunctionType) -> bool:
    filename = function.__code__.co_filename
    if filename == "<string>":  # what a dataclass has written for itself
        module = sys.modules.get(function.__module__)
        return module is not None and is_program_module(module)
    return is_program_file(filename) or filename == rwlock.__file__


def _rewritten_once(
    code: CodeType, namespace: dict[str, Any], names: frozenset[str], keeps: bool
) -> CodeType:
    key = (id(code), id(namespace), names & _names_in(code), keeps)
    if key not in _cache:
        _cache[key] = (code, rewritten(code, namespace, names, keeps))  # the old code keeps its id
    return _cache[key][1]


_goes_round = lru_cache(maxsize=4096)(goes_round)


@lru_cache(maxsize=4096)
def _names_in(code: CodeType) -> frozenset[str]:
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    own = frozenset((*code.co_names, *code.co_freevars))
    return own.union(*map(_names_in, inner))


@lru_cache(maxsize=4096)
def _written_names(code: CodeType) -> frozenset[str]:
    """Return the attributes, global variables and variables of enclosing functions that code writes."""
    written = {*written_names(code, ("STORE_ATTR", "DELETE_ATTR", "STORE_GLOBAL", "DELETE_GLOBAL"))}
    if _BY_NAME.intersection(code.co_names):
        written |= {each for each in code.co_consts if isinstance(each, str)}
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
