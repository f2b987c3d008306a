"""What came of a submission, as it is kept: plain data, with all that it rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

FORMAT = 1


@dataclass(frozen=True)
class Answered:
    """What came of one question of a submission.

    Args:
        question: the question's id.
        status: "graded", "timeout", "crashed", "refused" or "missing".
        points: what it gets; None where it was not graded.
        max_points: what the question can give.
        reason: why it does not get all, or was not graded.
        note: what was odd about its cell.
        findings: of each property its name, points and reason, and where there is one, the schedule.
        source: the text that was graded.
    """

    question: str
    status: str
    points: int | None
    max_points: int
    reason: str = ""
    note: str = ""
    findings: list[dict[str, Any]] = field(default_factory=list)
    source: str = ""


@dataclass(frozen=True)
class Record:
    """What came of a submission.

    Args:
        student: whose it is.
        assignment: the assignment's name.
        basis: what it rests on, by name: the digests of submission, questions and checker, the limits.
        questions: what came of each question; empty where it could not be read.
        reason: why it could not be read; empty where it could.
        learner: the name that the learner wrote into the notebook.
        max_points: what the assignment can give.
    """

    student: str
    assignment: str
    basis: dict[str, Any]
    questions: tuple[Answered, ...] = ()
    reason: str = ""
    learner: str = ""
    max_points: int = 0

    @property
    def status(self) -> str:
        """Return "graded" where every question was, "unreadable" where none could be, else "incomplete"."""
        if self.reason:
            return "unreadable"
        return "graded" if all(each.status == "graded" for each in self.questions) else "incomplete"

    @property
    def points(self) -> int | None:
        """The sum over the questions that were graded; None where none was."""
        graded = [each.points for each in self.questions if each.points is not None]
        return sum(graded) if graded else None

    @property
    def not_graded(self) -> list[tuple[str, str, str]]:
        """The question, status and reason of all that was not graded."""
        if self.reason:
            return [("", "unreadable", self.reason)]
        return [
            (each.question, each.status, each.reason) for each in self.questions if each.status != "graded"
        ]

    def to_json(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, data: Any) -> Record:
        """Return the record that `to_json` made plain.

        Raises:
            ValueError: where it is no such data.
        """
        try:
            if data.pop("format") != FORMAT:
                raise ValueError("another format")
            questions = tuple(Answered(**each) for each in data.pop("questions"))
            known = {each.name for each in fields(cls)}
            return cls(questions=questions, **{name: data[name] for name in known - {"questions"}})
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError("no record") from error
