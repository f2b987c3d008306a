"""The same schedule with the fewest context switches.

Every order of the events that respects happens-before leads to the same end. Of all of them, the one with the
fewest switches between threads is the easiest to read. Of a failure, only what happens before it is needed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise

from .search.events import Event, happens_before
from .steps import TIME

MAX_STATES = 20_000

Position = tuple[int, ...]  # for each task, how many of its needed events have been carried out


def shortest(events: Sequence[Event], needed: Sequence[bool]) -> list[int]:
    """Return the indices of the needed events, in an order with the fewest switches between tasks.

    It is searched between one moment at which time passes and the next. A task that runs goes on for as long
    as happens-before allows: stopping earlier never saves a switch. So only the choice of who comes next is
    searched, breadth first; past `MAX_STATES` positions, the one that came furthest is completed by whoever
    can go on longest.
    """
    order: list[int] = []
    moments = [index for index, event in enumerate(events) if event.task == TIME and needed[index]]
    for begin, end in pairwise([-1, *moments, len(events)]):
        order += _shortest([needed[index] and begin < index < end for index in range(len(events))], events)
        order += [end] if end < len(events) else []
    return order


def _shortest(needed: Sequence[bool], events: Sequence[Event]) -> list[int]:
    lines = _Lines(events, needed)
    came_from: dict[Position, Position | None] = {lines.start: None}
    to_do = deque([lines.start])
    while to_do and len(came_from) <= MAX_STATES and lines.goal not in came_from:
        at = to_do.popleft()
        for after in lines.following(at):
            if after not in came_from:
                came_from[after] = at
                to_do.append(after)
    at = max(came_from, key=sum)
    while at != lines.goal:
        after = max(lines.following(at), key=sum)
        came_from[after] = at
        at = after
    return lines.order(came_from)


class _Lines:
    """The needed events, a line for each task."""

    def __init__(self, events: Sequence[Event], needed: Sequence[bool]) -> None:
        self._events = events
        of_task: dict[int, list[int]] = {}
        for index, event in enumerate(events):
            if needed[index]:
                of_task.setdefault(event.task, []).append(index)
        self._tasks = sorted(of_task)
        self._lines = [of_task[task] for task in self._tasks]
        self.start: Position = (0,) * len(self._tasks)
        self.goal: Position = tuple(map(len, self._lines))

    def following(self, at: Position) -> list[Position]:
        """Return where each task that can go on gets to by going on for as long as it can."""
        ran = [self._run(at, number) for number in range(len(at))]
        return [after for after in ran if after != at]

    def _run(self, at: Position, number: int) -> Position:
        line, position = self._lines[number], at[number]
        while position < len(line) and self._is_next(line[position], at, number):
            position += 1
        return (*at[:number], position, *at[number + 1 :])

    def _is_next(self, index: int, at: Position, number: int) -> bool:
        """Return True where all that other tasks must do before an event has been carried out."""
        clock = self._events[index].clock
        return not any(
            other != number and done < len(line) and happens_before(line[done], task, clock)
            for other, (task, line, done) in enumerate(zip(self._tasks, self._lines, at, strict=True))
        )

    def order(self, came_from: dict[Position, Position | None]) -> list[int]:
        """Return the events in the order in which the goal was reached."""
        blocks: list[list[int]] = []
        at = self.goal
        while (before := came_from[at]) is not None:
            blocks += [
                line[old:new] for line, old, new in zip(self._lines, before, at, strict=True) if old != new
            ]
            at = before
        return [index for block in reversed(blocks) for index in block]


def causal_past(events: Sequence[Event], newest: int) -> list[bool]:
    """Return, for each event, whether it happens before event `newest` or is it."""
    clock = events[newest].clock
    return [
        index < newest if event.task == TIME else happens_before(index, event.task, clock)
        for index, event in enumerate(events)
    ]
