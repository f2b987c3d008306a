"""A timeline in words, for those who cannot see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..trace import Trace
from .repeats import repeats_told
from .style import number
from .tracks import IN_VAIN, Lane, holdable

UNSEEN = 0.001  # part of the time under which a wait is none: a free lock takes a moment too
MOST = 12  # pairs of thread and lock that are told one by one


@dataclass
class Sums:
    """What one thread did with one lock; times in the trace's unit."""

    granted: int = 0
    held: float = 0.0
    waited: float = 0.0
    in_vain: int = 0


def timeline_told(trace: Trace, names: Sequence[str], lanes: Sequence[Lane]) -> str:
    """Return what a timeline shows: its size, each thread's waits, holds and marks, and how it ended.

    Args:
        trace: what the timeline shows.
        names: the locks that it shows.
        lanes: the threads that it shows.

    >>> from helpers.charts.tracks import lanes_of
    >>> from helpers.trace import Row, ThreadRecord
    >>> row = Row("T1", "lock", "a", "exclusive", 0.0, 2.0, 5.0, "T1", "acquired")
    >>> trace = Trace((row,), (ThreadRecord("T1", 0.0, 6.0),), 6.0)
    >>> timeline_told(trace, ["a"], lanes_of(trace, ["a"]))
    'Timeline of 1 thread over 6 ms. T1 holds a for 3 ms, waits for a for 2 ms.'
    """
    told = [
        f"Timeline of {_count(len(lanes), 'thread')} over {number(trace.duration, trace.unit)}.",
        *_holds(trace, names),
        *_touches(trace),
        *_others(lanes, trace.unit),
    ]
    told += repeats_told(trace)
    if not trace.finished and trace.loop is None:
        told.append(f"At the end: {trace.status()}.")
    return " ".join(told)


def _holds(trace: Trace, names: Sequence[str]) -> list[str]:
    sums: dict[tuple[str, str], Sums] = defaultdict(Sums)
    for row in trace.rows:
        if holdable(row) and row.name in names:
            each = sums[row.thread, row.name]
            each.granted += row.acquired is not None
            each.held += trace.hold_of(row)
            each.waited += trace.wait_of(row)
            each.in_vain += row.outcome in IN_VAIN
    if len(sums) > MOST:
        return [_total(list(sums.values()), len(names), trace.unit)]
    order = {record.name: place for place, record in enumerate(trace.threads)}
    ranked = sorted(sums, key=lambda pair: (order.get(pair[0], len(order)), names.index(pair[1])))
    for each in sums.values():
        if each.waited < trace.duration * UNSEEN:
            each.waited = 0.0
    return [_pair(*pair, sums[pair], trace.unit) for pair in ranked]


def _pair(thread: str, name: str, sums: Sums, unit: str) -> str:
    parts = [f"holds {name} for {number(sums.held, unit)}"] if sums.granted else []
    parts += [f"waits for {name} for {number(sums.waited, unit)}"] if sums.waited else []
    parts += [f"asks for {name} {_count(sums.in_vain, 'time')} in vain"] if sums.in_vain else []
    return f"{thread} {', '.join(parts)}."


def _total(all_sums: Sequence[Sums], locks: int, unit: str) -> str:
    held, waited = sum(each.held for each in all_sums), sum(each.waited for each in all_sums)
    taken = sum(each.granted for each in all_sums)
    lengths = f"held for {number(held, unit)} and waited for {number(waited, unit)} in all"
    return f"{_count(locks, 'lock')} {'is' if locks == 1 else 'are'} taken {taken} times, {lengths}."


def _touches(trace: Trace) -> list[str]:
    touched = [row for row in trace.rows if row.kind in ("read", "write")]
    if not touched:
        return []
    order = ", ".join(
        f"{row.thread} {row.kind}s {row.name}{f' = {row.value}' if row.value else ''}"
        for row in touched[:MOST]
    )
    return [f"In order: {order}{', and so on' if len(touched) > MOST else ''}."]


def _others(lanes: Sequence[Lane], unit: str) -> list[str]:
    """Return a line for each thread about its other waits and its marks, while there are few."""
    lines = []
    for lane in lanes:
        waited: dict[str, float] = defaultdict(float)
        for bar in (bar for track in lane.tracks if not track.locks for bar in track.bars):
            if bar.style in ("elsewhere", "stuck"):
                waited[bar.texts[0]] += bar.end - bar.start
        told = [f"{what} for {number(length, unit)}" for what, length in waited.items()]
        marks = [(track, mark) for track in lane.tracks for mark in track.marks if mark.style != "vain"]
        told += [f"{track.label} {mark.text} at {_moment(mark.at, unit)}".strip() for track, mark in marks]
        if told:
            lines.append(
                f"{lane.record.name}: {', '.join(told[:MOST])}{', and so on' if told[MOST:] else ''}."
            )
    return lines[:MOST]


def _moment(at: float, unit: str) -> str:
    return f"step {int(at)}" if unit == "step" else number(at, unit)


def _count(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
