"""What a timeline shows where: each thread's lane is cut into tracks, one a lock, and each track into bars.

Pure arithmetic on a `Trace`; nothing is drawn here.
"""

from __future__ import annotations

import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..trace import HOLDABLE, Row, ThreadRecord, Trace, pack

# More tracks than this make a figure that no screen shows whole: then all locks of a thread share one track.
MOST_TRACKS = 32
IN_VAIN = ("timed out", "refused")
BLOCKING = {"wait": "waits for", "get": "gets from", "put": "puts into", "join": "waits for all of"}
INSTANT = {"set": "sets", "clear": "clears", "notify": "notifies", "locked?": "looks at"}


class Bar(NamedTuple):
    """A stretch of time in a track, on one of its levels (0 is the lowest); texts, the longest first."""

    style: str
    start: float
    end: float
    level: int
    texts: tuple[str, ...] = ()


class Mark(NamedTuple):
    """A moment in a track.

    Its style is "vain" (a try), "given" (back by another thread), "did" (an act), "note" (a progress
    mark) or "raised" (an error).
    """

    style: str
    at: float
    text: str
    level: int = 0


@dataclass
class Track:
    """A row of a lane: one lock's bars, or what else its thread did; `levels` lie on one another."""

    label: str
    locks: tuple[str, ...] = ()
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

    Sleep mostly stands for work, so it is shown only where there is no lock to look at.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in trace.rows:
        if row.kind != "sleep" or not locks:
            rows[row.thread].append(row)
    shown = [record for record in trace.threads if not _only_joined(trace, rows[record.name])]
    users = {(row.thread, row.name) for row in trace.rows if holdable(row) and row.name in locks}
    groups = [[lock] for lock in locks] if len(users) <= MOST_TRACKS else [list(locks)]
    lanes = (Lane(record, list(_tracks(trace, record, rows[record.name], groups))) for record in shown)
    return [lane for lane in lanes if lane.tracks]


def holdable(row: Row) -> bool:
    """Return whether a row asks for something that is held."""
    return row.kind in HOLDABLE and row.mode in ("exclusive", "shared")


def meets(bar: Bar, span: tuple[float, float]) -> bool:
    """Return whether some of a bar is in a span of time."""
    return bar.start <= span[1] and bar.end >= span[0]


def _only_joined(trace: Trace, rows: Sequence[Row]) -> bool:
    # Beside a loop, waiting for its threads to end says nothing: they go on.
    return all(row.kind == "join" and (row.outcome != "waiting" or trace.loop is not None) for row in rows)


def _stuck(trace: Trace, row: Row) -> bool:
    """Return whether a row waits for ever: what begins in a loop has ended when that comes again."""
    return row.outcome == "waiting" and (trace.loop is None or row.requested <= trace.loop)


def _tracks(
    trace: Trace, record: ThreadRecord, rows: Sequence[Row], groups: Sequence[Sequence[str]]
) -> Iterator[Track]:
    for group in groups:
        asked = [row for row in rows if row.name in group and holdable(row)]
        if asked:
            used = tuple(dict.fromkeys(row.name for row in asked))
            label = used[0] if len(group) == 1 else f"{len(used)} lock{'' if len(used) == 1 else 's'}"
            yield _lock_track(trace, record, asked, Track(label, used))
    rest = [row for row in rows if not holdable(row)]
    track = Track("", (), list(_other_bars(trace, rest)), list(_other_marks(trace, rest)))
    if track.bars and track.marks:  # the words of a mark stand above the bars, not on them
        track.marks = [mark._replace(level=1) for mark in track.marks]
        track.levels = 2
    if track.bars or track.marks:
        yield track


def _lock_track(trace: Trace, record: ThreadRecord, rows: Sequence[Row], track: Track) -> Track:
    granted = [row.requested + trace.wait_of(row) for row in rows]
    ends = [start + trace.hold_of(row) for start, row in zip(granted, rows, strict=True)]
    levels = pack(zip((row.requested for row in rows), ends, strict=True))
    track.levels = max(levels) + 1
    held: dict[str, list[float]] = defaultdict(list)
    for row, start, end, level in zip(rows, granted, ends, levels, strict=True):
        if start > row.requested:
            style = "stuck" if _stuck(trace, row) else "waiting"
            track.bars.append(Bar(style, row.requested, start, level, _texts(row.name, 0)))
        if row.acquired is not None:
            held[row.name] = [until for until in held[row.name] if until > start] + [end]
            texts = _texts(row.name, len(held[row.name]))
            style = "shared" if row.mode == "shared" else "exclusive"
            track.bars += _hold_bars(record, row, Bar(style, start, end, level, texts))
            if row.released_by not in (None, row.thread):
                track.marks.append(Mark("given", end, f"given back by {row.released_by}", level))
        elif row.outcome in IN_VAIN:
            at = start if start > row.requested else _moment(trace, row)
            track.marks.append(Mark("vain", at, row.outcome, level))
    return track


def _hold_bars(record: ThreadRecord, row: Row, whole: Bar) -> list[Bar]:
    """Return a hold; one that outlives its thread in two parts."""
    ended = math.inf if record.ended is None else record.ended
    if whole.end <= ended:
        return [whole]
    alive = [whole._replace(end=ended)] if whole.start < ended else []
    start = max(whole.start, ended)
    return [*alive, whole._replace(style="orphaned", start=start, texts=_kept(record, row))]


@functools.cache
def _texts(name: str, depth: int) -> tuple[str, ...]:
    """Return what to write on a hold of some depth, or on a wait (depth 0), longest first.

    >>> _texts("accounts[3].lock", 1)
    ('accounts[3].lock', '[3]')
    >>> _texts("lock", 0), _texts("lock", 2)
    (('waits for lock', 'lock'), ('lock ×2', '×2'))
    """
    if depth > 1:
        return f"{name} ×{depth}", f"×{depth}"
    names = (name, *re.findall(r"\[[^\]]*\]", name)[:1])
    return names if depth else (f"waits for {name}", *names)


def _kept(record: ThreadRecord, row: Row) -> tuple[str, ...]:
    if row.released is not None:
        return ()
    return (f"{record.name} has ended and never gave it back", "never given back", "kept")


def _other_bars(trace: Trace, rows: Sequence[Row]) -> Iterator[Bar]:
    for row in rows:
        if row.kind in ("read", "write"):
            letter = row.kind[0].upper()
            step = 1.0 if trace.unit == "step" else 0.0
            texts = (f"{letter} {row.name} = {row.value}",) if row.value else ()
            texts += (f"{letter} {row.name}", letter)
            yield Bar(row.kind, row.requested, row.requested + step, 0, texts)
        elif row.kind != "note" and row.mode not in INSTANT and _elsewhere_until(trace, row) > row.requested:
            stuck = _stuck(trace, row) and row.kind != "sleep"  # a sleeper wakes up by itself
            style = "stuck" if stuck else "elsewhere"
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
    return (f"{BLOCKING.get(row.mode, row.mode)} {row.kind} {row.name}", f"{row.kind} {row.name}", row.name)


def _other_marks(trace: Trace, rows: Sequence[Row]) -> Iterator[Mark]:
    for row in rows:
        if row.kind == "note":
            style = "raised" if row.outcome == "raised" else "did" if row.mode == "chance" else "note"
            yield Mark(style, _moment(trace, row), row.name)
        elif row.mode in INSTANT:
            yield Mark("did", _moment(trace, row), f"{INSTANT[row.mode]} {row.name}")


def _moment(trace: Trace, row: Row) -> float:
    """Return when something without length happened: a step's is the middle of its column."""
    return row.requested + (0.5 if trace.unit == "step" else 0.0)
