"""Lesson 02: what is read from its traces, and what its locks cost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from helpers import Sweep, Trace, panels, run, timeline
from helpers.measuring import Operation, costs_ns

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOCKS = {"Lock": threading.Lock, "RLock": threading.RLock, "RLock in pure Python": threading._PyRLock}


def depths(trace: Trace, lock: str) -> list[int]:
    """Return how many levels of a lock its holder had right after each acquisition, in order.

    Args:
        trace: what happened.
        lock: the lock's name in the trace.

    >>> def nested():
    ...     lock = threading.RLock()
    ...     with lock:
    ...         with lock:
    ...             pass
    ...         with lock:
    ...             pass
    >>> depths(run(nested), "lock")
    [1, 2, 2]
    """
    levels: list[float] = []
    found = []
    granted = [row for row in trace.select(name=lock) if row.acquired is not None]
    for row in sorted(granted, key=lambda row: row.acquired):
        levels = [until for until in levels if until > row.acquired]
        levels.append(row.acquired + trace.hold_of(row))
        found.append(len(levels))
    return found


def busy_span(trace: Trace) -> dict[str, float]:
    """Return `start` and `end` for a timeline of the part in which something was done, with a margin.

    >>> def program():
    ...     with threading.Lock():
    ...         return None
    >>> trace = run(program)
    >>> span = busy_span(trace)
    >>> 0 <= span["start"] < trace.rows[0].requested < trace.rows[0].released < span["end"] <= trace.duration
    True
    """
    rows = [row for row in trace.rows if row.kind != "join"]
    start = min(row.requested for row in rows)
    open_end = any(row.outcome in ("held", "waiting") for row in rows)
    end = trace.duration if open_end else max(row.released or row.acquired or row.requested for row in rows)
    margin = (end - start) / 10
    return {"start": max(0.0, start - margin), "end": min(trace.duration, end + margin)}


def under_one_another(traces: Mapping[str, Trace], *, height_in: float) -> Axes:
    """Draw a timeline of the busy part of each trace, its name at the left, and return the last one's Axes.

    Args:
        traces: what happened, by name.
        height_in: height of the whole figure, in inches.
    """
    for ax, (name, trace) in zip(panels(len(traces), height_in=height_in), traces.items(), strict=True):
        timeline(trace, ax=ax, **busy_span(trace)).set_ylabel(name, fontsize=11, labelpad=10)
    ax.figure.align_ylabels()
    return ax


def failure(program: Callable[[], Any]) -> tuple[str, str, Trace]:
    """Run a program that raises RuntimeError; return the thread that raised, the message, and the trace.

    Raises:
        ValueError: the program did not raise RuntimeError.
    """
    try:
        run(program)
    except RuntimeError as error:
        note = error.__notes__[0]
        return note.removeprefix("raised in thread ").split()[0], str(error), error.trace  # type: ignore
    raise ValueError("the program did not raise RuntimeError")


def with_lock(make_lock: Callable) -> Operation:
    """Return the operation that acquires and releases an uncontended lock with ``with``."""

    def operation(times: int) -> None:
        lock = make_lock()
        for _ in range(times):
            with lock:
                pass

    return operation


def price_of_reentrancy() -> Sweep:
    """Measure what ``with lock: pass`` costs for each kind of lock, in nanoseconds of processor time."""
    costs = costs_ns({name: with_lock(make_lock) for name, make_lock in LOCKS.items()})
    return Sweep(
        title="What an uncontended “with lock: pass” costs",
        x_label="",
        x=tuple(costs),
        y_label="ns of processor time",
        series={"": list(costs.values())},
    )
