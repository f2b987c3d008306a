"""grades.csv and not_graded.csv: what is not graded is an empty cell, and stands apart with its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from .record import Record

HEAD = ("student", "assignment", "status", "points", "max")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def grades(records: Sequence[Record]) -> str:
    """Return a row for each submission, and a column for each question."""
    questions = sorted({each.question for record in records for each in record.questions})
    rows = [(*HEAD, *questions)]
    for record in records:
        points = {each.question: each.points for each in record.questions}
        whose = record.student, record.assignment, record.status
        rows.append((*whose, record.points, record.max_points, *(points.get(name) for name in questions)))
    return _csv(rows)


def not_graded(records: Iterable[Record]) -> str:
    """Return a row for each question that was not graded, and each submission that could not be read."""
    rows = [("student", "assignment", "question", "status", "reason")]
    for record in records:
        rows += [(record.student, record.assignment, *each) for each in record.not_graded]
    return _csv(rows)


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> safe("=cmd()"), safe("Ada")
    ("'=cmd()", 'Ada')
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _csv(rows: Iterable[Sequence[str | int | None]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    for row in rows:
        writer.writerow(
            ["" if cell is None else safe(cell) if isinstance(cell, str) else cell for cell in row]
        )
    return file.getvalue()
