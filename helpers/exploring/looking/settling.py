"""Letting threads go on until each stands before a step whose turn is worth deciding.

A step is *quiet* where it makes no difference when it is taken: a thread's beginning and end, the start of
another one, a join with a thread that has ended, the end of a sleep that is over, an access to a variable
that nobody else touches, the way through a barrier that is open. So is everything inside one operation on a
reader-writer lock for as long as its thread is not blocked in it, and whatever the last thread does once all
others have ended.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from ..recorder import Recorder
from ..replaying import Replay
from ..scheduler import Scheduler
from ..tasks import Task
from .shared import SitePlace, place_of, touches
from .standing import does_next

PATIENCE = 100  # quiet steps of one thread: it may be waiting for another one's


class Turn(NamedTuple):
    """A step that is not quiet.

    Args:
        at: where in the schedule it is.
        thread: the number of the thread whose turn it was.
        what: what it did, such as "acquire lock".
        result: the value read or written, or that it was "refused", "timed out" or "raised".
    """

    at: int
    thread: int
    what: str
    result: str = ""


class Settling(Replay):
    """Follows a schedule, then takes quiet steps for as long as there are any.

    Args:
        schedule: a thread's number for each step.
        recorder: is told of every step.
        places: where variables are touched that threads share.
        arrived: called before each step that is not quiet and at the end; returns True to go on no further.
        goes_on: True to take the other steps too, to the program's end: the running thread goes on for as
            long as it can, then the one started first.
        most: how many of these are taken at most.

    Attributes:
        turns: the steps so far that are not quiet.
        chance: where chance comes next: whose choice it is, and between how many outcomes.
    """

    def __init__(
        self,
        schedule: Sequence[int],
        recorder: Recorder,
        places: Collection[SitePlace],
        arrived: Callable[[Settling], bool],
        goes_on: bool = False,
        most: int = 120,
    ) -> None:
        super().__init__(schedule, recorder)
        self._places, self._arrived, self._goes_on, self._most = places, arrived, goes_on, most
        self.turns: list[Turn] = []
        self._turns_given = 0
        self.chance: tuple[int, int] | None = None

    def pick(self, scheduler: Scheduler, count: int) -> int:
        """Return the outcome of a random choice; the first one where the program only goes on."""
        if self._next(scheduler) is None and self._goes_on:
            return 0
        if self._next(scheduler) is None:
            self.chance = scheduler.running.id, count
        return super().pick(scheduler, count)

    def _wanted(self, scheduler: Scheduler, ready: list[Task]) -> int | None:
        number = self._next(scheduler)
        if number is None:
            if all(task.done or task.daemon for task in scheduler.tasks):
                scheduler.end("ended")
                return None
            number = self._quiet_one(scheduler, ready)
            if number is not None:
                return number
            is_over = self._arrived(self) or len(self.turns) - self._turns_given >= self._most
            if self._goes_on and ready and not is_over:
                last = scheduler.tasks[self.turns[-1].thread if self.turns else 0]
                number = scheduler.preferred(ready, last).id
                self._note_turn(scheduler, number)
            return number
        if 0 <= number < len(scheduler.tasks) and not self._is_quiet(scheduler, scheduler.tasks[number]):
            self._arrived(self)
            self._note_turn(scheduler, number)
            self._turns_given += 1
        return number

    def _note_turn(self, scheduler: Scheduler, number: int) -> None:
        what = does_next(self._recorder, scheduler.tasks[number])
        self.turns.append(Turn(len(scheduler.schedule), number, what))

    def _quiet_one(self, scheduler: Scheduler, ready: list[Task]) -> int | None:
        """Return who takes a quiet step next: whoever moved last goes first, but does not go on for ever."""
        newest = scheduler.schedule[-PATIENCE:]
        last = newest[-1] if newest else 0
        in_order = sorted(ready, key=lambda task: (task.id != last, task.id))
        if len(newest) == PATIENCE and {*newest} == {last}:
            in_order = [task for task in in_order if task.id != last]
        return next((task.id for task in in_order if self._is_quiet(scheduler, task)), None)

    def _is_quiet(self, scheduler: Scheduler, task: Task) -> bool:
        step = task.step
        if -1 - task.id in self._recorder.pending:
            return self._is_inside(scheduler, task)
        if step.verb in ("begin", "start", "end") or (step.verb == "join" and step.within is None):
            return True
        if step.verb == "sleep" and not scheduler.early_timers:
            return True
        if step.verb == "choose":
            return False
        if touches(step):
            if place_of(step.subject) not in self._places:
                return True
        elif step.target is not None and step.target.kind == "barrier" and step.verb == "wait":
            return True
        others = [other for other in scheduler.tasks if other is not task]
        return bool(others) and all(other.done for other in others)

    def _is_inside(self, scheduler: Scheduler, task: Task) -> bool:
        """Return True where a thread is inside an operation on a reader-writer lock, and moved last."""
        has_begun = self._recorder.pending[-1 - task.id].blocked_at is not None
        return has_begun and scheduler.schedule[-1:] == [task.id]
