"""The events of one schedule, their happens-before relation, and the races in it.

An event is a step that was carried out. Event `i` happens before event `j` where `i` comes first and both are
by one thread, or are dependent, or are linked by a chain of such pairs. It is kept as vector clocks: the
clock of an event says, for each thread, which of its events is the newest that happens before it (or is it).

Sources: Lamport, "Time, clocks, and the ordering of events in a distributed system", CACM 21(7), 1978;
Mattern, "Virtual time and global states of distributed systems", 1989.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from ..steps import TIME, WHOLE, Step, dependent
from ..tasks import Task

Clock = list[int]


class Event:
    """A step that was carried out, as the search keeps it.

    Args:
        task: id of the task that carried it out.
        step: what it was.
        before: the state of its target before it.
        clock: for each task, the index of its newest event that happens before this one, or is this one.
    """

    __slots__ = ("before", "clock", "step", "task")

    def __init__(self, task: int, step: Step, before: Any, clock: Clock) -> None:
        self.task, self.step, self.before, self.clock = task, step, before, clock


class Events:
    """The events of the schedule that is being played, the newest last."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self._of_target: dict[int, list[int]] = defaultdict(list)

    def truncate(self, length: int) -> None:
        """Forget all events but the first `length`."""
        while len(self.all) > length:
            step = self.all.pop().step
            if step.target is not None:
                self._of_target[step.number].pop()

    def add(self, task: Task, on_race: Callable[[int, Clock], None]) -> None:
        """Add the event of a task that carries out its step now.

        Args:
            task: who; its `step` is what.
            on_race: called with the index of each event that races with this one, and with the clock of
                what happens before this one otherwise.
        """
        index, step = len(self.all), task.step
        clock = self._clock(task, step, on_race)
        clock[task.id] = index
        before = None
        if step.target is not None:
            before = step.target.state()
            self._of_target[step.number].append(index)
        self.all.append(Event(task.id, step, before, clock))

    def add_time(self, step: Step, tasks: int) -> None:
        """Add that time passes for so many tasks: after all events so far, and before all to come."""
        self.all.append(Event(TIME, step, None, [len(self.all)] * tasks))

    def blocked(self, task: Task, on_race: Callable[[int, Clock], None]) -> None:
        """Look for the races of a step that nobody lets its task carry out."""
        self._clock(task, task.step, on_race)

    def past(self, task: Task) -> Clock:
        """Return the clock of what is last before a task's next event: its own event, its start, or time."""
        return self.all[task.newest].clock if task.newest >= 0 else []

    def _clock(self, task: Task, step: Step, on_race: Callable[[int, Clock], None]) -> Clock:
        """Return the clock of what happens before a task's step, telling the races found on the way.

        Two events race where they are dependent, of different threads, nothing else orders them, and the
        later one could have been carried out first. Going back from the newest event on the target, one in
        front of which the step could not have been carried out is passed over: a release does not race with
        the acquire that it lets in, the acquire before it does.
        """
        clock = self.past(task).copy()
        clock += [-1] * (task.id + 1 - len(clock))
        if step.target is None:
            return clock
        passed_over: list[Clock] = []
        for index in reversed(self._of_target[step.number]):
            event = self.all[index]
            if not dependent(event.step, step):
                continue
            orders_all_before = event.step.part is WHOLE and not event.step.reads
            if happens_before(index, event.task, clock):
                if orders_all_before:
                    break
                continue
            if not step.ready_in(event.before):
                passed_over.append(event.clock)
                continue
            on_race(index, clock)
            join(clock, event.clock)
            if orders_all_before:
                break
        for other in passed_over:
            join(clock, other)
        return clock

    def not_after(self, index: int) -> Iterator[int]:
        """Yield the indices of later events that do not happen after event `index`."""
        task = self.all[index].task
        for later in range(index + 1, len(self.all)):
            if not happens_before(index, task, self.all[later].clock):
                yield later


def happens_before(index: int, task: int, clock: Clock) -> bool:
    """Return True where event `index`, of `task`, happens before an event that has that clock.

    >>> happens_before(3, 0, [4, 7]), happens_before(5, 0, [4, 7]), happens_before(2, 2, [4, 7])
    (True, False, False)
    """
    return task < len(clock) and clock[task] >= index


def join(clock: Clock, other: Clock) -> None:
    """Make `clock` know what `other` knows.

    >>> clock = [3, -1]
    >>> join(clock, [1, 2, 5])
    >>> clock
    [3, 2, 5]
    """
    if len(clock) < len(other):
        clock.extend([-1] * (len(other) - len(clock)))
    for task, index in enumerate(other):
        if index > clock[task]:
            clock[task] = index
