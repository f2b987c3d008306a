"""What a timeline shows where: each thread's lane is cut into tracks, one a lock, and each track into bars.

Pure arithmetic on a `Trace`; nothing is drawn here.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..trace import HOLDABLE, Row, ThreadRecord, Trace

# More tracks than this make a figure that no screen shows whole: then all locks of a thread share one track.
MOST_TRACKS = 32
IN_VAIN = ("timed out", "refused")


class Bar(NamedTuple):
    """A stretch of time in a track, on one of its levels (0 is the lowest), with texts for it, longest first."""

    style: str
    start: float
    end: float
    level: int
    texts: tuple[str, ...] = ()


class Mark(NamedTuple):
    """A moment in a track: something tried in vain ("vain"), or a progress note ("note")."""

    style: str
    at: float
    text: str
    level: int = 0


@dataclass
class Track:
    """A row of a lane: one lock's bars, or whatever else its thread did; `levels` bars lie on one another."""

    label: str
    bars: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    levels: int = 1


@dataclass
class Lane:
    """A thread and its tracks, top to bottom."""

    record: ThreadRecord
    tracks: list[Track]


def lanes_of(trace: Trace, locks: Sequence[str]) -> list[Lane]:
    """Return a lane for each thread that has something to show, in thread order.

    Args:
        trace: what to show.
        locks: names of the locks to show, each in a track of its own, in this order, while there is room.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in trace.rows:
        rows[row.thread].append(row)
    shown = [record for record in trace.threads if not _only_joined(rows[record.name])]
    users = {(row.thread, row.name) for row in trace.rows if holdable(row) and row.name in locks}
    groups = [[lock] for lock in locks] if len(users) <= MOST_TRACKS else [list(locks)]
    lanes = (Lane(record, list(_tracks(trace, record, rows[record.name], groups))) for record in shown)
    return [lane for lane in lanes if lane.tracks]


def holdable(row: Row) -> bool:
    """Return whether a row asks for something that is held."""
    return row.kind in HOLDABLE and row.mode in ("exclusive", "shared")


def pack(spans: Iterable[tuple[float, float]]) -> list[int]:
    """Return for each span of time, ordered by start, the lowest level on which no earlier one is still there.

    So calls that nest in time lie on one another like a stack.

    >>> pack([(0, 9), (1, 8), (2, 3), (4, 5), (9, 10)])
    [0, 1, 2, 2, 0]
    """
    levels, ends = [], []
    for start, end in spans:
        level = next((level for level, busy in enumerate(ends) if busy <= start), len(ends))
        if level == len(ends):
            ends.append(end)
        ends[level] = end
        levels.append(level)
    return levels


def _only_joined(rows: Sequence[Row]) -> bool:
    return all(row.kind == "join" and row.outcome != "waiting" for row in rows)


def _tracks(
    trace: Trace, record: ThreadRecord, rows: Sequence[Row], groups: Sequence[Sequence[str]]
) -> Iterator[Track]:
    for group in groups:
        asked = [row for row in rows if row.name in group and holdable(row)]
        if asked:
            label = group[0] if len(group) == 1 else f"{len({row.name for row in asked})} locks"
            yield _lock_track(trace, record, asked, label)
    rest = [row for row in rows if not holdable(row)]
    track = Track("", list(_other_bars(trace, rest)), _notes(rest))
    if track.bars or track.marks:
        yield track


def _lock_track(trace: Trace, record: ThreadRecord, rows: Sequence[Row], label: str) -> Track:
    track = Track(label)
    levels = pack((row.requested, row.requested + trace.wait_of(row) + trace.hold_of(row)) for row in rows)
    track.levels = max(levels) + 1
    depth: dict[str, list[Row]] = defaultdict(list)
    for row, level in zip(rows, levels, strict=True):
        depth[row.name] = [held for held in depth[row.name] if _until(trace, held) > row.requested]
        track.bars += _lock_bars(trace, record, row, level, len(depth[row.name]) + 1)
        if row.acquired is not None:
            depth[row.name].append(row)
        if row.outcome in IN_VAIN:
            track.marks.append(Mark("vain", row.requested + trace.wait_of(row), row.outcome, level))
    return track


def _until(trace: Trace, row: Row) -> float:
    return row.requested + trace.wait_of(row) + trace.hold_of(row)


def _lock_bars(trace: Trace, record: ThreadRecord, row: Row, level: int, depth: int) -> Iterator[Bar]:
    granted = row.requested + trace.wait_of(row)
    if granted > row.requested:
        style = "stuck" if row.outcome == "waiting" else "waiting"
        yield Bar(style, row.requested, granted, level, (f"waits for {row.name}", *_names(row.name)))
    if row.acquired is None:
        return
    texts = _names(row.name) if depth == 1 else (f"{row.name} ×{depth}", f"×{depth}")
    end, ended = _until(trace, row), math.inf if record.ended is None else record.ended
    style = "shared" if row.mode == "shared" else "exclusive"
    if granted < ended or granted == end:
        yield Bar(style, granted, min(end, ended), level, texts)
    if end > ended:
        yield Bar(
            "orphaned", max(granted, ended), end, level, ("never given back",) if row.released is None else ()
        )


def _names(name: str) -> tuple[str, ...]:
    """Return a lock's name, and its index alone for where the name does not fit.

    >>> _names("accounts[3].lock"), _names("lock")
    (('accounts[3].lock', '[3]'), ('lock',))
    """
    return (name, *re.findall(r"\[[^\]]*\]", name)[:1])


def _never(record: ThreadRecord, row: Row) -> tuple[str, ...]:
    if row.released is not None:
        return (f"given back by {row.released_by}",)
    return (f"{record.name} has ended and never gave it back", "never given back", "kept")


def _other_bars(trace: Trace, rows: Sequence[Row]) -> Iterator[Bar]:
    for row in rows:
        if row.kind in ("read", "write"):
            letter = row.kind[0].upper()
            step = 1.0 if trace.unit == "step" else 0.0
            yield Bar(row.kind, row.requested, row.requested + step, 0, (f"{letter} {row.name}", letter))
        elif row.kind != "note" and _elsewhere_until(trace, row) > row.requested:
            style = "stuck" if row.outcome == "waiting" else "elsewhere"
            yield Bar(style, row.requested, _elsewhere_until(trace, row), 0, _what(row))


def _elsewhere_until(trace: Trace, row: Row) -> float:
    if row.outcome == "waiting":
        return trace.duration
    ends = [time for time in (row.acquired, row.released) if time is not None]
    return max(ends, default=row.requested)


def _what(row: Row) -> tuple[str, ...]:
    if row.kind == "join":
        return (f"waits for {row.name} to end", f"joins {row.name}", "join")
    if row.kind == "sleep":
        return ("sleeps",)
    return (f"{row.kind} {row.name}: {row.mode}", f"{row.kind} {row.name}", row.name)


def _notes(rows: Sequence[Row]) -> list[Mark]:
    return [Mark("note", row.requested, row.name) for row in rows if row.kind == "note"]
