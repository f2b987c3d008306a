"""What can be seen from how an answer is written: that it uses what was asked for."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from ..answers import Answer
from ..question import Grading
from ..result import Finding

Judge = Callable[[ast.Module], str]


@dataclass(frozen=True)
class Written:
    """How an answer is written.

    Args:
        judge: takes the syntax tree of the answer's cell, returns why it is not as asked; "" where it is.
        uses: points for it.
        needed: True where nothing else is looked at if it does not hold.
    """

    judge_tree: Judge
    uses: int = 0
    needed: bool = False

    takes_code: ClassVar[bool] = True

    @property
    def max_points(self) -> int:
        """Points that it can give."""
        return self.uses

    def judge(self, answer: Answer, grading: Grading) -> list[Finding]:
        """Look at the syntax tree of the answer's cell."""
        reason = self.judge_tree(answer.tree)
        return [Finding("uses", 0 if reason else self.uses, self.uses, reason)]


def calls(name: str, instead: str) -> Judge:
    """Return a judge that wants a call of `name`.

    >>> calls("RLock", "make one with threading.RLock()")(ast.parse("lock = threading.Lock()"))
    'it never calls RLock: make one with threading.RLock()'
    """
    return lambda tree: "" if name in _called(tree) else f"it never calls {name}: {instead}"


def calls_no(name: str, instead: str) -> Judge:
    """Return a judge that wants no call of `name`.

    >>> calls_no("RLock", "a plain Lock is enough")(ast.parse("lock = threading.RLock()"))
    'it calls RLock: a plain Lock is enough'
    """
    return lambda tree: f"it calls {name}: {instead}" if name in _called(tree) else ""


def _called(tree: ast.Module) -> set[str]:
    """The last part of the name of everything that is called."""
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [getattr(each, "attr", None) or getattr(each, "id", "") for each in functions]
    return set(named)


def mentioned(tree: ast.Module) -> set[str]:
    """Return every name that a tree reads, by itself or after a dot, and what it imports.

    >>> sorted(mentioned(ast.parse("from threading import RLock as R; make = R; make().acquire()")))
    ['R', 'RLock', 'acquire', 'make']
    """
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.alias):
            found.add(node.name)
    return found
