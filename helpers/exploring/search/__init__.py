"""Which schedule is played next.

`SourceDpor` plays one schedule of each class, `StateGraph` visits each state once, `Exhaustive` leaves out
nothing, and `Following` does what it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..scheduler import Scheduler
    from ..tasks import Task


class Search(Protocol):
    """Decides what happens next in a schedule."""

    def choose(self, scheduler: Scheduler) -> Task | None:
        """Return a task that is ready, whose step comes next; None to end the schedule."""

    def pick(self, scheduler: Scheduler, count: int) -> int:
        """Return the outcome of a random choice of the running task, from 0; -1 to end the schedule."""
