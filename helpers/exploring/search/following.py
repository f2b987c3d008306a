"""Following one schedule that is given, step by step, and what orders its events."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..scheduler import Scheduler
from ..steps import TIME, Step, outcome_of
from ..tasks import Task
from .events import Events


class Following:
    """Follows a schedule of choices.

    Args:
        choices: whose step comes next, or `TIME`.
        arrived: called with each position in it that is reached.

    Attributes:
        events: what was carried out.
    """

    def __init__(self, choices: Sequence[int], arrived: Callable[[int], None] = lambda _: None) -> None:
        self.events = Events()
        self._choices, self._arrived = choices, arrived
        self._position = 0

    def choose(self, scheduler: Scheduler) -> Task | None:
        """Return the task whose step comes next; None where the schedule is over."""
        while True:
            at = self._position
            self._arrived(at)
            if at == len(self._choices):
                return self._end(scheduler)
            self._position += 1
            if self._choices[at] != TIME:
                return self._task(scheduler, self._choices[at], at)
            self.events.add_time(Step("pass", None), len(scheduler.tasks))
            for task in scheduler.tasks:
                task.newest = at
            scheduler.let_time_pass(scheduler.ready())

    def _task(self, scheduler: Scheduler, choice: int, at: int) -> Task | None:
        task = scheduler.tasks[choice] if choice < len(scheduler.tasks) else None
        if task is None or task.done or not task.step.ready():
            scheduler.end("diverged", f"step {at} cannot be taken again")
            return None
        self.events.add(task, lambda _index, _clock: None)
        task.newest = at
        return task

    def pick(self, scheduler: Scheduler, _count: int) -> int:
        """Return the outcome of a random choice."""
        at = self._position
        self._arrived(at)
        if at == len(self._choices):
            scheduler.end("paused")
            return -1
        self._position += 1
        task = scheduler.running
        task.step = Step("outcome", None)
        self.events.add(task, lambda _index, _clock: None)
        task.newest = at
        return outcome_of(self._choices[at])

    def _end(self, scheduler: Scheduler) -> None:
        if scheduler.ready() or scheduler.can_time_pass():
            scheduler.end("paused")
        else:
            scheduler.nobody_ready()
