"""The same schedule with the fewest context switches.

Every order of the events that respects happens-before leads to the same end. Of all of them, the one with the
fewest switches between threads is the easiest to read. Of a failure, only what happens before it is needed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from .search.events import Event, happens_before

MAX_STATES = 20_000


def shortest(events: Sequence[Event], needed: Sequence[bool]) -> list[int]:
    """Return the indices of the needed events, in an order with the fewest switches between tasks.

    A task that runs goes on for as long as happens-before allows: stopping earlier never saves a switch.
    So only the choice of who comes next is searched, breadth first; past `MAX_STATES` positions, the first
    order found that way is completed greedily.
    """
    lines: dict[int, list[int]] = {}
    for index, event in enumerate(events):
        if needed[index]:
            lines.setdefault(event.task, []).append(index)
    tasks = sorted(lines)
    start = (0,) * len(tasks)
    goal = tuple(len(lines[task]) for task in tasks)
    came_from: dict[tuple[int, ...], tuple[tuple[int, ...], int] | None] = {start: None}
    to_do = deque([start])
    while to_do:
        at = to_do.popleft()
        if at == goal:
            break
        for number in range(len(tasks)):
            after = _run(at, number, tasks, lines, events)
            if after != at and after not in came_from:
                came_from[after] = (at, number)
                to_do.append(after)
        if len(came_from) > MAX_STATES:
            to_do = deque([max(to_do, key=sum)])
    return _order(goal, came_from, tasks, lines)


def _run(
    at: tuple[int, ...],
    number: int,
    tasks: list[int],
    lines: dict[int, list[int]],
    events: Sequence[Event],
) -> tuple[int, ...]:
    """Return the positions after a task has gone on for as long as it can."""
    line, position = lines[tasks[number]], at[number]
    while position < len(line) and _is_next(events[line[position]], line[position], at, tasks, lines, number):
        position += 1
    return (*at[:number], position, *at[number + 1 :])


def _is_next(
    event: Event, index: int, at: tuple[int, ...], tasks: list[int], lines: dict[int, list[int]], number: int
) -> bool:
    """Return True where all that happens before an event has been carried out."""
    for other, task in enumerate(tasks):
        if other != number and at[other] < len(lines[task]):
            first_left = lines[task][at[other]]
            if first_left != index and happens_before(first_left, task, event.clock):
                return False
    return True


def _order(
    goal: tuple[int, ...],
    came_from: dict[tuple[int, ...], tuple[tuple[int, ...], int] | None],
    tasks: list[int],
    lines: dict[int, list[int]],
) -> list[int]:
    order: list[list[int]] = []
    at = goal
    while (step := came_from[at]) is not None:
        before, number = step
        order.append(lines[tasks[number]][before[number] : at[number]])
        at = before
    return [index for block in reversed(order) for index in block]


def causal_past(events: Sequence[Event], newest: int) -> list[bool]:
    """Return, for each event, whether it happens before event `newest` or is it."""
    clock = events[newest].clock
    return [happens_before(index, event.task, clock) for index, event in enumerate(events)]
