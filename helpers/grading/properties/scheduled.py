"""An answer that is a schedule: played, it makes the given program end as was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar

from ...exploring import Choices, enabled
from ..answers import Answer
from ..learners import chance_of
from ..question import Grading
from ..result import Finding

MAX_LENGTH = 500


@dataclass(frozen=True)
class Scheduled:
    """A schedule that makes a program end in a certain way.

    Args:
        question: the question's id, from which a learner's numbers come.
        program: takes a learner's source of numbers, returns the program.
        wanted: takes the state at the end, returns why it is not what was asked for; "" where it is.
        works: points for it.
        needed: True where nothing else is looked at if it does not hold.
    """

    question: str
    program: Callable[[Random], Callable[[], Any]]
    wanted: Callable[[Choices], str]
    works: int = 0
    needed: bool = False

    takes_code: ClassVar[bool] = False

    @property
    def max_points(self) -> int:
        """Points that it can give."""
        return self.works

    def judge(self, answer: Answer, grading: Grading) -> list[Finding]:
        """Play the schedule."""
        schedule = answer.value
        if schedule is None or schedule is ...:
            return [Finding("works", 0, self.works, "not written yet", missing=True)]
        reason = self._reason(schedule, self.program(chance_of(grading.learner, self.question)))
        return [Finding("works", 0 if reason else self.works, self.works, reason)]

    def _reason(self, schedule: Any, program: Callable[[], Any]) -> str:
        if type(schedule) not in (list, tuple) or not all(type(each) is int for each in schedule):
            return f"a schedule is a list of thread numbers such as [0, 0, 1, 2], not {schedule!r:.80}"
        if len(schedule) > MAX_LENGTH:
            return f"a schedule of {len(schedule)} steps is longer than the {MAX_LENGTH} that are played"
        try:
            ended = enabled(program, schedule)
        except ValueError as error:
            return str(error)
        if ended.kind == "paused":
            ready = ", ".join(f"{each.thread} ({each.name})" for each in ended.threads if each.ready)
            return f"after these {len(schedule)} steps the program is not at its end: {ready} can go on"
        return self.wanted(ended)


def ends_in(kind: str) -> Callable[[Choices], str]:
    """Return a judge of ends that wants one kind, such as "deadlock"; "ended" is a good end."""
    return lambda ended: (
        "" if ended.kind == kind else f"with this schedule it ends in {ended.kind}, not {kind}"
    )
