"""The answers in a notebook, wherever they were moved to, and the learner's name; nothing is executed."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..question import Question
from ..released import notebook_of
from .notebooks import Cell, cells_of

NAME_CELL = "name"
#: A cell with a name in it is short; longer ones are not parsed.
_LONGEST_NAME_CELL = 2_000


@dataclass(frozen=True)
class Found:
    """The answer to a question, as it was found in a notebook.

    Args:
        source: the text of its cell; None where there is none.
        note: what was odd about it; empty where nothing was.
    """

    source: str | None
    note: str = ""


def answer_to(question: Question, cells: Sequence[Cell]) -> Found:
    """Return the answer to a question: the cell that nbgrader knows as its answer, wherever it stands.

    Of several that were written, the last counts, as it would where the notebook is run from top to bottom.
    Where none was written, a cell counts that defines the answer all the same.
    """
    released = _released_source(question.lesson, answer_id(question))
    mine = [cell for cell in cells if cell.grade_id == answer_id(question)]
    written = [cell for cell in mine if cell.kind == "code" and not _is_same(cell.source, released)]
    if len({cell.source for cell in written}) > 1:
        return Found(written[-1].source, f"its cell is there {len(written)} times; the last one counts")
    if written:
        return Found(written[-1].source)
    if defining := [cell for cell in cells if not cell.grade_id and _defines(cell, question.answer_name)]:
        return Found(defining[-1].source, "found in a cell that the learner added")
    if any(cell.kind == "code" for cell in mine):
        return Found(mine[0].source)
    return Found(None, "its cell was deleted" if not mine else "its cell is no code cell any more")


def learner_in(cells: Sequence[Cell]) -> str:
    r"""Return the name that the learner wrote into the cell for it; "" where there is none.

    >>> learner_in([Cell("code", '# Your name\nlearner("Ada  Lovelace")', "name")])
    'Ada Lovelace'
    """
    code = [cell for cell in cells if cell.kind == "code" and "learner" in cell.source]
    for cell in sorted(code, key=lambda each: each.id != NAME_CELL):
        if name := _named(cell.source):
            return name
    return ""


def answer_id(question: Question) -> str:
    """Return the id that nbgrader knows the answer's cell by.

    >>> answer_id(Question("05.2", "Transfer", 2, 15, "transfer", ()))
    'answer-05-2'
    """
    return f"answer-{question.id.replace('.', '-')}"


def _named(source: str) -> str:
    if len(source) > _LONGEST_NAME_CELL:
        return ""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    for statement in reversed(statements):
        match statement:
            case ast.Expr(ast.Call(ast.Name("learner"), [ast.Constant(str() as name)], [])):
                return " ".join(name.split())[:200]
    return ""


def _defines(cell: Cell, name: str) -> bool:
    pattern = rf"^(?:(?:def|class)\s+{name}\b|{name}\s*(?::[^=\n]+)?=[^=])"
    return cell.kind == "code" and re.search(pattern, cell.source, re.MULTILINE) is not None


@lru_cache(maxsize=256)
def _released_source(lesson: str, id: str) -> str:
    cells = cells_of(notebook_of(lesson).read_bytes())
    return next((cell.source for cell in cells if cell.grade_id == id), "")


def _is_same(one: str, other: str) -> bool:
    return one.split() == other.split()
