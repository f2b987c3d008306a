"""What a program imports while it goes on, imported before: a module is made once, not in each schedule."""

from __future__ import annotations

import dis
import importlib
import inspect
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from types import CodeType
from typing import Any


def import_ahead(program: Callable[[], Any]) -> None:
    """Import the modules that a program's function, and the functions inside it, import when they are called.

    Locks that a module makes are then Python's own and replaced like any that existed before. What cannot be
    imported is left to the program, which will tell.
    """
    code = getattr(inspect.unwrap(program), "__code__", None)
    for name in _imported(code) if isinstance(code, CodeType) else ():
        with suppress(Exception):
            importlib.import_module(name)


@lru_cache(maxsize=64)  # a program that is stepped through is played anew at each turn
def _imported(code: CodeType) -> tuple[str, ...]:
    names = [each.argval for each in dis.get_instructions(code) if each.opname == "IMPORT_NAME"]
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            names += _imported(inner)
    return tuple(names)
