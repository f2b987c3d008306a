"""The last seconds of a run that has ended, placed and added up: what a still view of it draws.

A moving view does the same with what `feed` tells (timeline/placing.js): both show one picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..trace import HOLDABLE, Row, Trace, pack
from .feed import HELD, NEVER_SHOWN

INSTANT_S = 0.0005  # a wait under this cannot be seen, and a free lock takes a moment too
IN_VAIN = ("refused", "timed out")
NOTHING_YET: dict[str, Any] = {
    "now": 0.0,
    "lanes": [],
    "levels": 1,
    "bars": [],
    "open": [],
    "marks": [],
    "sums": [],
}


class _Item(NamedTuple):
    """One request, in seconds; `granted` and `ended` are None where that has not happened."""

    lane: int
    style: str
    name: str
    asked: float
    granted: float | None
    ended: float | None
    outcome: str


def picture(trace: Trace, window_s: float, counts: str | None = None) -> dict[str, Any]:
    """Return what a still view shows of a run; all times are seconds since its start.

    `now` is the end. `lanes` names the threads; `levels` is how many things one thread has had at once. A bar
    of `bars` has ended, one of `open` goes on: lane, level, style, text, start, end. A mark is lane, level,
    style, text, time. `sums` has for each lane the part of its life that it waited for locks, what is
    counted, and its requests in vain.

    Args:
        trace: of a run, in milliseconds.
        window_s: how much of its end is shown, in seconds; the sums are of all of it.
        counts: the label of the progress marks that are counted, not shown; None counts grants.
    """
    lanes = _lanes(trace)
    items = [_item(lanes[row.thread], row) for row in trace.rows if _is_shown(row)]
    levels = _levels(items, len(lanes))
    oldest = trace.duration / 1000 - window_s
    bars, still, marks = [], [], []
    for item, level in zip(items, levels, strict=True):
        if item.ended is None or item.ended > oldest:
            (still if item.ended is None else bars).extend(_bars(item, level))
            if item.outcome in IN_VAIN:
                marks.append([item.lane, level, "vain", item.outcome, _rounded(item.ended)])
    for note in trace.marks():
        if note.name != counts and note.requested / 1000 > oldest:
            marks.append([lanes[note.thread], -1, "note", note.name, _rounded(note.requested / 1000)])
    return {
        "now": _rounded(trace.duration / 1000),
        "lanes": list(lanes),
        "levels": max(levels, default=0) + 1,
        "bars": bars,
        "open": still,
        "marks": marks,
        "sums": [_sums(trace, thread, counts) for thread in lanes],
    }


def _is_shown(row: Row) -> bool:
    return row.kind != "note" and row.kind not in NEVER_SHOWN


def _lanes(trace: Trace) -> dict[str, int]:
    """Return a number for each thread: those that began, but for the first, which starts them and waits."""
    began = [record.name for record in trace.threads[1:] if record.started >= 0]
    others = [row.thread for row in trace.rows if row.kind not in NEVER_SHOWN]
    return {thread: number for number, thread in enumerate(dict.fromkeys([*began, *others]))}


def _item(lane: int, row: Row) -> _Item:
    asked, granted, released = (
        None if time is None else time / 1000 for time in (row.requested, row.acquired, row.released)
    )
    if row.kind in HOLDABLE and row.mode in HELD:
        return _Item(lane, row.mode, row.name, asked, granted, released, row.outcome)
    return _Item(
        lane, "elsewhere", row.name, asked, None, granted if released is None else released, row.outcome
    )


def _levels(items: list[_Item], lanes: int) -> list[int]:
    """Return the level of each item in its lane: the first that is free when it is asked for."""
    levels = [0] * len(items)
    for lane in range(lanes):
        mine = [number for number, item in enumerate(items) if item.lane == lane]
        spans = ((items[number].asked, _end(items[number])) for number in mine)
        for number, level in zip(mine, pack(spans), strict=True):
            levels[number] = level
    return levels


def _end(item: _Item) -> float:
    return float("inf") if item.ended is None else item.ended


def _bars(item: _Item, level: int) -> Iterator[list[Any]]:
    """Yield the bars of an item: its wait, and its hold; the last is open-ended where it goes on."""
    wait_ends = item.ended if item.granted is None else item.granted
    if wait_ends is None or wait_ends - item.asked > INSTANT_S:
        style = "elsewhere" if item.style == "elsewhere" else "waiting"
        yield [item.lane, level, style, item.name, _rounded(item.asked), _rounded(wait_ends)]
    if item.granted is not None:
        yield [item.lane, level, item.style, item.name, _rounded(item.granted), _rounded(item.ended)]


def _sums(trace: Trace, thread: str, counts: str | None) -> list[Any]:
    known = any(record.name == thread for record in trace.threads)
    share = round(trace.wait_share(thread), 4) if known else 0.0
    done = [row for row in trace.marks(thread) if row.name == counts] if counts else trace.holds(thread)
    in_vain = [row for row in trace.select(thread) if row.outcome in IN_VAIN]
    return [share, len(done), len(in_vain)]


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 4)
