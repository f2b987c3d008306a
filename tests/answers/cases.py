"""Answers of the kinds that learners write: one file a question, one section an answer.

# ==== right: one lock for all            every point
# ==== wrong: no lock at all              fewer points, for the reason it deserves
# points: 1
# says: lost update
"""

import re
from dataclasses import dataclass
from pathlib import Path

ANSWERS = Path(__file__).parent
_SECTION = re.compile(r"^# ==== (right|wrong): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One answer to a question.

    Args:
        question: the question's id.
        right: True where it deserves every point.
        name: what it does.
        source: its code.
        points: what it deserves; None where that is every point.
        says: what the reason must say.
        status: "graded", "missing" or "refused".
    """

    question: str
    right: bool
    name: str
    source: str
    points: int | None
    says: tuple[str, ...]
    status: str


def cases() -> list[Case]:
    """Return every answer, question by question."""
    return [case for path in sorted(ANSWERS.glob("[0-9]*_*.py")) for case in _cases_of(path)]


def _cases_of(path: Path) -> list[Case]:
    question = path.stem.replace("_", ".")
    _, *parts = _SECTION.split(path.read_text(encoding="utf-8"))
    return [
        _case(question, kind == "right", name.strip(), source)
        for kind, name, source in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


def _case(question: str, right: bool, name: str, source: str) -> Case:
    said = tuple(re.findall(r"^# says: (.+)$", source, re.MULTILINE))
    points = re.search(r"^# points: (\d+)$", source, re.MULTILINE)
    status = re.search(r"^# status: (\w+)$", source, re.MULTILINE)
    wants = None if right else int(points.group(1)) if points else 0
    return Case(question, right, name, source, wants, said, status.group(1) if status else "graded")
