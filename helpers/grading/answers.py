"""An answer: the object that the learner's code defined, and the code that it stands in."""

from __future__ import annotations

import ast
import inspect
import linecache
import textwrap
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

#: What may be given as an answer that is no code, and what may be inside of it.
PLAIN = (bool, int, float, str, type(None), type(...))
HOLDERS = (list, tuple, set, dict)


@dataclass(frozen=True)
class Answer:
    """What is graded.

    Args:
        value: a function, a class, or plain data.
        source: the text of the cell that it stands in; empty for plain data.
    """

    value: Any
    source: str = ""

    @property
    def tree(self) -> ast.Module:
        r"""The syntax tree of the source, without definitions that a later one replaces.

        >>> source = "def f(): return 1\ndef f(): return 2"
        >>> ast.unparse(Answer(None, source).tree)
        'def f():\n    return 2'
        """
        tree = ast.parse(self.source)
        tree.body = [each for at, each in enumerate(tree.body) if not _is_replaced(each, tree.body[at + 1 :])]
        return tree


def answer_of(value: Any) -> Answer:
    """Return an object as an answer, with the text of the cell or the file's part that defines it.

    Raises:
        LookupError: where it is neither plain data nor defined by code that can be read.

    >>> answer_of([1, "T1"]).source
    ''
    >>> answer_of(len)
    Traceback (most recent call last):
    LookupError: the answer is <built-in function len>; define it in its cell, with def or class
    """
    if is_plain(value):
        return Answer(value)
    code = _code_of(value)
    if code is None:
        raise LookupError(f"the answer is {value!r}; define it in its cell, with def or class")
    return Answer(value, _cell(code) or _part_of_file(value))


def is_plain(value: Any) -> bool:
    """Return True for numbers, texts, `...` and the like, and lists, tuples, sets and dictionaries of them.

    Only the types themselves count: an object of a class of one's own could say that it equals anything.

    >>> is_plain({"a": [1, 2.5, None], "b": ...}), is_plain(len)
    (True, False)
    """
    if type(value) in HOLDERS:
        inside = [*value, *value.values()] if type(value) is dict else value
        return all(is_plain(each) for each in inside)
    return type(value) in PLAIN


def _is_replaced(node: ast.stmt, rest: list[ast.stmt]) -> bool:
    """Return True for a definition that a later one of its name replaces before anything uses it."""
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return False
    for each in rest:
        if any(isinstance(part, ast.Name) and part.id == node.name for part in ast.walk(each)):
            return False
        if isinstance(each, ast.FunctionDef | ast.ClassDef) and each.name == node.name:
            return True
    return False


def _code_of(value: Any) -> CodeType | None:
    if isinstance(value, type):
        inside = (_code_of(getattr(each, "__func__", each)) for each in vars(value).values())
        return next((code for code in inside if code is not None), None)
    function = inspect.unwrap(value) if callable(value) else value
    return function.__code__ if isinstance(function, FunctionType) else None


def _cell(code: CodeType) -> str:
    # Only text that never was a file stands in this cache without a time of change: a notebook's cells.
    entry = linecache.cache.get(code.co_filename)
    return "".join(entry[2]) if entry is not None and len(entry) == 4 and entry[1] is None else ""


def _part_of_file(value: Any) -> str:
    try:
        return textwrap.dedent(inspect.getsource(value))
    except (OSError, TypeError) as error:
        raise LookupError(
            f"the source of the answer {value!r} cannot be read; define it in its cell"
        ) from error
