"""The timeline: a lane a thread, a track a lock, a bar for each wait and each hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator

from ..trace import Trace
from .bars import Box, boxes, draw_bars, draw_names
from .density import COLUMNS, dense, draw_shares
from .marks import Spot, draw_marks, key_of_marks, spots
from .repeats import draw_repeats
from .show import axes_for, describe
from .style import BAND, GREY, INK, LOOKS, NORMAL, SMALL, check_trace, frame, key_above, number, swatch
from .tracks import Lane, Track, lanes_of
from .words import timeline_told

ROW_IN = 0.34  # height of a track of one level, the unit of the y axis
LEVEL, HIGHEST = 0.62, 5.0  # height of each further level, greatest height of a track; both in rows
GAP = 0.3  # space between lanes, in rows
TALL = 12  # tracks beyond which they get lower, down to 2/3

Span = tuple[float, float]


class Place(NamedTuple):
    """A track of a lane, and where it lies; y counts rows, from 0 at the top downwards."""

    lane: Lane
    track: Track
    bottom: float
    top: float


def timeline(
    trace: Trace,
    ax: Axes | None = None,
    *,
    locks: Sequence[str] | None = None,
    start: float | None = None,
    end: float | None = None,
) -> Axes:
    """Draw who held which lock when, and who waited: a lane a thread, in the order in which they began.

    A thread that only started and joined the others is left out, except where these are stuck. Calls that
    nest (an RLock taken several times) lie on one another. Where there are too many turns for bars, heights
    show parts of the time. Sleep, which mostly stands for work, is shown only where there is no lock.
    In steps, a hold from 2 to 5 fills the columns 2, 3 and 4, and a read or a write fills its own.

    Args:
        trace: what happened.
        ax: where to draw; None makes a figure of its own.
        locks: names of the locks to show; None shows all.
        start: time at which the picture begins, in the trace's unit; None is 0.
        end: time at which it ends, in the trace's unit; None is the trace's end.

    Raises:
        TypeError: `trace` is no Trace.
        ValueError: `locks` names one that is not in the trace, or `start` and `end` are not in order in it.
    """
    check_trace("timeline", trace)
    names, span = _checked_locks(trace, locks), _checked_span(trace, start, end)
    lanes = lanes_of(trace, names)
    places = _places(lanes)
    ax = axes_for(ax, height_in=_height_in(places))
    frame(ax, _title(lanes), "step" if trace.unit == "step" else "time (ms)", grid="")
    _draw_ground(ax, trace.unit, lanes, places, span)
    crowded = [place for place in places if dense(place.track, span)]
    for place in crowded:
        draw_shares(ax, place.track, place.bottom, place.top, span)
    bars: list[Box] = []
    for place in places:
        if place not in crowded:
            named = len(names) > 1 or place.track.levels > 1
            bars += boxes(place.track, place.bottom, place.top, span, named)
    draw_bars(ax, bars, span)
    draw_names(ax, bars, span)
    placed = [spot for place in places for spot in spots(place.track, place.bottom, place.top, span)]
    draw_marks(ax, placed, span)
    if crowded:
        width = number(float(f"{(span[1] - span[0]) / COLUMNS:.2g}"), trace.unit)
        ax.set_xlabel(f"{ax.get_xlabel()}\ntoo many turns to draw each: heights are parts of every {width}")
    styles = {box.style for box in bars} | {bar.style for place in crowded for bar in place.track.bars}
    repeats = draw_repeats(ax, trace, span)
    key_above(ax, [*_key(styles, _elsewhere(bars, bool(names)), placed), *repeats])
    return describe(ax, timeline_told(trace, names, lanes))


def _checked_locks(trace: Trace, locks: Sequence[str] | None) -> list[str]:
    known = trace.lock_names()
    if locks is None:
        return known
    names = [locks] if isinstance(locks, str) else list(locks)
    for name in names:
        if name not in known:
            has = ", ".join(map(repr, known)) or "none"
            raise ValueError(f"no lock {name!r} in this trace; it has {has}")
    return names


def _checked_span(trace: Trace, start: float | None, end: float | None) -> Span:
    span = (0.0 if start is None else start, trace.duration if end is None else end)
    for word, value in zip(("start", "end"), span, strict=True):
        if not 0 <= value <= trace.duration:
            whole = number(trace.duration, trace.unit)
            raise ValueError(f"{word}={value!r} is outside the trace, which lasts from 0 to {whole}")
    if span[0] >= span[1] and (start, end) != (None, None):
        raise ValueError(f"start={span[0]!r} is not before end={span[1]!r}")
    return span if span[1] > span[0] else (0.0, 1.0)


def _title(lanes: Sequence[Lane]) -> str:
    locks = {name for lane in lanes for track in lane.tracks for name in track.locks}
    if len(locks) == 1:
        return f"Who holds “{locks.pop()}” when, and who waits"
    if locks:
        return "Who holds which lock when, and who waits"
    styles = {bar.style for lane in lanes for track in lane.tracks for bar in track.bars}
    return "Who reads and writes what" if styles & {"read", "write"} else "What the threads did"


# ---- where things go


def _places(lanes: Iterable[Lane]) -> list[Place]:
    places, y = [], 0.0
    for lane in lanes:
        y -= GAP
        for track in lane.tracks:
            height = min(max(1.0, LEVEL * track.levels), HIGHEST)
            places.append(Place(lane, track, y - height, y))
            y -= height
    return places


def _height_in(places: Sequence[Place]) -> float:
    rows = max(2.0, -places[-1].bottom) if places else 2.0
    return 1.35 + ROW_IN * rows * max(2 / 3, min(1.0, TALL / max(len(places), 1)))


# ---- drawing what lies under the bars


def _draw_ground(ax: Axes, unit: str, lanes: Sequence[Lane], places: Sequence[Place], span: Span) -> None:
    ax.set_ylim(places[-1].bottom - GAP / 2 if places else -2.0, -GAP / 4)
    ax.set_xlim(span[0], span[1] + (span[1] - span[0]) * 0.004)
    ax.spines["left"].set_visible(False)
    if not places:
        ax.text(0.5, 0.5, "nothing to show", transform=ax.transAxes, ha="center", color=GREY, fontsize=NORMAL)
    if unit == "step":
        _draw_steps(ax, span)
    else:
        ax.xaxis.set_major_locator(MaxNLocator(9, steps=[1, 2, 5, 10]))
    for index, lane in enumerate(lanes):
        low, high = _extent(lane, places)
        if index % 2 == 0:
            ax.axhspan(low - GAP / 2, high + GAP / 2, color=BAND, zorder=-2, linewidth=0)
        _draw_life(ax, lane, low, high, span)
    _label_rows(ax, lanes, places)


def _extent(lane: Lane, places: Sequence[Place]) -> tuple[float, float]:
    mine = [place for place in places if place.lane is lane]
    return mine[-1].bottom, mine[0].top


def _draw_steps(ax: Axes, span: Span) -> None:
    """Number the steps, each in the middle of its column."""
    first, last = int(span[0]), math.ceil(span[1])
    every = max(1, (last - first) // 20)
    ticks = range(first, last, every)
    ax.set_xticks([tick + 0.5 for tick in ticks], [str(tick) for tick in ticks])
    if every == 1:
        for tick in range(first, last + 1):
            ax.axvline(tick, color="#E4E4E4", linewidth=0.7, zorder=-1)


def _draw_life(ax: Axes, lane: Lane, low: float, high: float, span: Span) -> None:
    """Draw a thin line while the thread lives, and a stroke where it ends holding something."""
    ended = span[1] if lane.record.ended is None else lane.record.ended
    begun, until = max(lane.record.started, span[0]), min(ended, span[1])
    if begun < until:
        ax.plot([begun, until], [low, low], color="#8A8A8A", linewidth=1.0, solid_capstyle="butt", gid="life")
    held_on = any(bar.style == "orphaned" for track in lane.tracks for bar in track.bars)
    if held_on and span[0] <= ended <= span[1]:
        ax.plot(
            [ended, ended], [low - 0.1, high + 0.1], color=INK, linewidth=2.0, zorder=5, gid="thread's end"
        )


def _label_rows(ax: Axes, lanes: Sequence[Lane], places: Sequence[Place]) -> None:
    """Write threads at the left and, where there are several locks, each track's lock beside them."""
    labels = {place.track.label for place in places if place.track.label}
    pad = 6.0
    ax.set_yticks([])
    if len(labels) > 1:
        ax.set_yticks([(place.bottom + place.top) / 2 for place in places])
        looks = {"fontsize": SMALL, "color": GREY, "parse_math": False}
        ax.set_yticklabels([place.track.label for place in places], **looks)
        pad += 8 + max(TextPath((0, 0), label, size=SMALL).get_extents().width for label in labels)
    ax.yaxis.remove_overlapping_locs = False  # else a thread with one track would lose its name
    ax.set_yticks([sum(_extent(lane, places)) / 2 for lane in lanes], minor=True)
    looks = {"fontsize": NORMAL, "color": INK, "fontweight": "bold", "parse_math": False}
    ax.set_yticklabels([lane.record.name for lane in lanes], minor=True, **looks)
    ax.tick_params(axis="y", which="major", length=0, pad=4)
    ax.tick_params(axis="y", which="minor", length=0, pad=pad)


def _key(there: set[str], elsewhere: str, placed: Sequence[Spot]) -> list[Any]:
    """Return a legend entry for each style that is there; `elsewhere` is what that style is called."""
    labels = {style: look.label for style, look in LOOKS.items() if style in there}
    if {"exclusive", "shared"} <= there:
        labels["exclusive"] += ", exclusive"
    if "elsewhere" in labels:
        labels["elsewhere"] = elsewhere
    return [*(swatch(style, label) for style, label in labels.items()), *key_of_marks(placed)]


def _elsewhere(bars: Sequence[Box], locks: bool) -> str:
    """Return what to call being blocked by something other than a lock."""
    if locks:
        return LOOKS["elsewhere"].label
    kinds = {"sleeps" if box.texts == ("sleeps",) else "waits" for box in bars if box.style == "elsewhere"}
    return " or ".join(sorted(kinds)) or LOOKS["elsewhere"].label
