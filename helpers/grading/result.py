"""What `check` says of an answer: points for each property, and the reason where one does not hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..exploring import Verdict

#: The statuses of a result: only "graded" ones have points that count.
STATUSES = ("graded", "missing", "refused")


@dataclass(frozen=True)
class Finding:
    """What was found of one property of an answer.

    Args:
        name: the property: "works", "safe", "live", "fair", "uses", or the item that was asked for.
        points: points that it gets.
        max_points: points that it can get.
        reason: why it does not get all of them, in the field's words; empty where it does.
        verdict: what exploring found, where that is the reason.
        missing: True where the answer is not written yet.
    """

    name: str
    points: int
    max_points: int
    reason: str = ""
    verdict: Verdict | None = field(default=None, repr=False, compare=False)
    missing: bool = False

    @property
    def holds(self) -> bool:
        """True where it gets all of its points."""
        return self.points == self.max_points and not self.reason


@dataclass(frozen=True)
class Result:
    """What was found of an answer.

    Args:
        question: the question's id, such as "05.2".
        status: "graded"; "missing" where nothing was answered; "refused" where it uses what it may not.
        findings: one for each property, in the order in which they were looked at.
        why: why the whole answer is missing or refused; empty where it was graded.
        max_points: points that the question can give.

    >>> done = Finding("safe", 2, 2), Finding("live", 0, 1, "deadlock: A waits for B")
    >>> result = Result("05.2", "graded", done, max_points=3)
    >>> result.points, result.reason
    (2, 'deadlock: A waits for B')
    """

    question: str
    status: str
    findings: tuple[Finding, ...] = ()
    why: str = ""
    max_points: int = 0

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"a status is one of {', '.join(STATUSES)}, not {self.status!r}")

    @property
    def points(self) -> int:
        """The sum of the points of its properties; 0 where it was not graded."""
        return sum(finding.points for finding in self.findings) if self.status == "graded" else 0

    @property
    def failed(self) -> Finding | None:
        """The first property that does not hold; None where all do."""
        return next((finding for finding in self.findings if not finding.holds), None)

    @property
    def reason(self) -> str:
        """Why the answer does not get all points, in one line; empty where it does."""
        return self.why or (self.failed.reason if self.failed else "")

    @property
    def verdict(self) -> Verdict | None:
        """What exploring found, where that is the reason; else None."""
        return self.failed.verdict if self.failed else None

    def to_json(self) -> dict[str, Any]:
        """Return the result as plain data, which JSON can hold."""
        findings = [_finding_to_json(finding) for finding in self.findings]
        return {
            "question": self.question,
            "status": self.status,
            "points": self.points,
            "max_points": self.max_points,
            "reason": self.reason,
            "findings": findings,
        }

    def __str__(self) -> str:
        from .showing import text

        return text(self)

    def _ipython_display_(self) -> None:
        from .showing import show_once

        show_once(self)


def _finding_to_json(finding: Finding) -> dict[str, Any]:
    plain = {name: getattr(finding, name) for name in ("name", "points", "max_points", "reason")}
    if finding.verdict is not None:
        plain["verdict"] = finding.verdict.explain()
        plain["schedule"] = list(finding.verdict.schedule)
    return plain
