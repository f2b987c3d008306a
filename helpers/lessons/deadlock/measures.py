"""Lesson 05: what is read from its traces, and what was measured at its long dinners."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from math import inf
from statistics import median

from helpers import Sweep, Trace, run
from helpers.lessons.deadlock.knobs import FIXES, long_dinner
from helpers.lessons.deadlock.table import seats_at
from helpers.trace.trace import jain_index

Dinners = Mapping[str, list[list[int]]]  # for each fix the meals by seat, of each repetition


def stuck_runs(program: Callable[[], object], runs: int) -> int:
    """Run a program so often, and return in how many runs it did not come to its end.

    >>> stuck_runs(lambda: None, runs=3)
    0
    """
    return sum(not run(program).finished for _ in range(runs))


def cycle_span(trace: Trace) -> tuple[float, float] | None:
    """Return from when to when threads waited in a cycle, the first time they did; None where never.

    >>> cycle_span(run(lambda: None)) is None
    True
    """
    start = None
    for moment in _moments(trace):
        closed = bool(trace.cycle(moment))
        if closed and start is None:
            start = moment
        if not closed and start is not None:
            return start, moment
    return None if start is None else (start, trace.duration)


def kept_waiting(trace: Trace) -> tuple[float, list[str]]:
    """Return the moment at which most wait for the waiter, both of their forks lying free, and who.

    >>> from helpers.lessons.deadlock.programs import left_then_right
    >>> kept_waiting(run(left_then_right(3)))
    (0.0, [])
    """
    found: tuple[float, list[str]] = (0.0, [])
    for before, after in pairwise(_moments(trace)):
        middle = (before + after) / 2
        seats = seats_at(trace, middle)
        free = set(range(len(seats))) - {fork for seat in seats for fork in seat.holds}
        names = [
            f"P{seat.number}"
            for seat in seats
            if seat.waits_for == "waiter" and {seat.number, (seat.number + 1) % len(seats)} <= free
        ]
        if names and len(names) >= len(found[1]):
            found = (middle, names)
    return found


def most_eating_at_once(trace: Trace) -> int:
    """Return how many philosophers ate at the same moment, at most.

    A meal lasts from the mark "eats" to the thread's next operation on a lock.

    >>> from helpers import mark
    >>> most_eating_at_once(run(lambda: mark("eats")))
    1
    """
    spans = []
    for note in trace.marks():
        rows = trace.select(note.thread)
        after = (time for row in rows for time in (row.requested, row.released or inf))
        spans.append((note.requested, min((time for time in after if time > note.requested), default=inf)))
    return max((sum(start <= at < end for start, end in spans) for at, _ in spans), default=0)


def _moments(trace: Trace) -> list[float]:
    """Return every time at which somebody asked for something, got it, or gave it back, in order."""
    times = (time for row in trace.rows for time in (row.requested, row.acquired, row.released))
    return sorted({time for time in times if time is not None and time <= trace.duration})


def dine_long(
    fixes: Iterable[str] = FIXES, *, repetitions: int = 3, dinner_s: float = 0.3, think_s: float = 0.0
) -> Dinners:
    """Hold a long dinner with each fix, in turns, and return the meals by seat of each repetition.

    Args:
        fixes: names of `FIXES`.
        repetitions: how often each dinner is held.
        dinner_s: how long a dinner lasts, in seconds.
        think_s: how long a philosopher thinks after each meal, in seconds.
    """
    fixes = list(fixes)
    programs = {fix: long_dinner(fix, dinner_s=dinner_s, think_s=think_s) for fix in fixes}
    rounds = [{fix: run(programs[fix], trace=False).result for fix in fixes} for _ in range(repetitions)]
    return {fix: [meals[fix] for meals in rounds] for fix in fixes}


def meals_by_seat(dinners: Dinners) -> Sweep:
    """Return the meals of each philosopher, for each fix."""
    seats = range(len(next(iter(dinners.values()))[0]))
    return Sweep(
        title="Who eats how often",
        x_label="",
        x=tuple(f"P{seat}" for seat in seats),
        y_label="meals",
        series={fix: [[meals[seat] for meals in runs] for seat in seats] for fix, runs in dinners.items()},
    )


def fairness(dinners: Dinners) -> Sweep:
    """Return Jain's index of the meals, for each fix.

    >>> fairness({"retry": [[5, 5, 5], [6, 6, 6]], "in order": [[9, 0, 0], [9, 0, 0]]}).medians("")
    [1.0, 0.3333333333333333]
    """
    return Sweep(
        title="How evenly the meals are shared",
        x_label="",
        x=tuple(dinners),
        y_label="Jain's index",
        series={"": [[jain_index(meals) for meals in runs] for runs in dinners.values()]},
    )


def all_meals(dinners: Dinners) -> Sweep:
    """Return the meals of all philosophers together, for each fix.

    >>> all_meals({"retry": [[5, 5, 5], [6, 6, 6]]}).medians("")
    [16.5]
    """
    return Sweep(
        title="How many meals there are in all",
        x_label="",
        x=tuple(dinners),
        y_label="meals",
        series={"": [[sum(meals) for meals in runs] for runs in dinners.values()]},
    )


def most_per_least(dinners: Dinners, fix: str) -> float:
    """Return how many times as much as the last one the best-fed philosopher eats, the median of runs.

    >>> most_per_least({"in order": [[8, 4, 2]]}, "in order")
    4.0
    """
    return median(max(meals) / max(1, min(meals)) for meals in dinners[fix])
