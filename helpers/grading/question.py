"""A question of an exercise: its id, its points, the name that its answer defines, and what is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .answers import Answer
from .result import Finding


@dataclass(frozen=True)
class Grading:
    """How an answer is to be looked at.

    Args:
        final: True for the final grade: programs are explored with the larger sizes too.
        learner: whose answer it is; questions with numbers in them give each learner other ones.
        allow_list: False where an answer may use anything; only for trying what else keeps it in bounds.
    """

    final: bool = False
    learner: str = ""
    allow_list: bool = True


class Property(Protocol):
    """One thing that is checked of an answer, for points."""

    @property
    def max_points(self) -> int:
        """Points that it can give."""

    @property
    def needed(self) -> bool:
        """True where nothing else is looked at if it does not hold."""

    @property
    def takes_code(self) -> bool:
        """True where it looks at code, False where at plain data."""

    def judge(self, answer: Answer, grading: Grading) -> list[Finding]:
        """Return what was found; it never hangs and never raises for what an answer does."""


@dataclass(frozen=True)
class Question:
    """A graded exercise.

    Args:
        id: the lesson's number and its own, such as "05.2".
        title: as in the notebook's heading.
        stars: how hard it is, 1 to 3.
        minutes: how long a learner may need for it.
        answer_name: the name that the learner's code defines.
        properties: what is checked, in this order.
    """

    id: str
    title: str
    stars: int
    minutes: int
    answer_name: str
    properties: tuple[Property, ...]

    @property
    def points(self) -> int:
        """The points that it can give."""
        return sum(each.max_points for each in self.properties)

    @property
    def asks_for_code(self) -> bool:
        """True where its answer is a function or a class, False where it is plain data."""
        return all(each.takes_code for each in self.properties)

    @property
    def lesson(self) -> str:
        """The number of its lesson.

        >>> Question("05.2", "Transfer", 2, 15, "transfer", ()).lesson
        '05'
        """
        return self.id.partition(".")[0]

    def judge(self, answer: Answer, grading: Grading) -> list[Finding]:
        """Look at every property; where one is needed and does not hold, the rest gets no points."""
        findings: list[Finding] = []
        why = ""
        rest = iter(self.properties)
        for each in rest:
            found = each.judge(answer, grading)
            findings += found
            why = next((finding.reason for finding in found if not finding.holds), "")
            if each.needed and why:
                break
        left = sum(each.max_points for each in rest)
        if left:
            missing = any(finding.missing for finding in found)
            findings.append(Finding("the rest", 0, left, f"not looked at: {why}", missing=missing))
        return findings
