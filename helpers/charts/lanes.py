"""The timeline: a lane a thread, a track a lock, a bar for each wait and each hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator

from ..trace import Trace
from .density import COLUMNS, dense, draw_shares
from .show import axes_for, describe
from .style import (
    BAND,
    GREY,
    INK,
    LOOKS,
    NORMAL,
    SMALL,
    VERMILLION,
    FittedText,
    check_trace,
    frame,
    key_above,
    number,
    swatch,
)
from .tracks import Bar, Lane, Mark, Track, lanes_of
from .words import timeline_told

ROW_IN = 0.34  # height of a track of one level, the unit of the y axis
LEVEL, GAP = 0.62, 0.3  # height of each further level, space between lanes; both in rows
TALL = 12  # tracks beyond which they get lower, down to 2/3
PIXELS = 1600  # what is narrower than 1/PIXELS of the picture is merged with its neighbours
NARROW = 4  # pixels under which a bar has no outline
TEXT_ROOM = 0.015  # part of the picture under which no text can fit
DARK = {"exclusive": "white", "write": "white"}


def timeline(
    trace: Trace,
    ax: Axes | None = None,
    *,
    locks: Sequence[str] | None = None,
    start: float | None = None,
    end: float | None = None,
) -> Axes:
    """Draw who held which lock when, and who waited: a lane a thread, in the order in which they began.

    A thread that only started and joined the others is left out. Calls that nest (an RLock taken several
    times) lie on one another. Bars too narrow to be seen are merged with their neighbours.

    Args:
        trace: what happened.
        ax: where to draw; None makes a figure of its own.
        locks: names of the locks to show; None shows all.
        start: time at which the picture begins, in the trace's unit; None is 0.
        end: time at which it ends, in the trace's unit; None is the trace's end.

    Raises:
        TypeError: `trace` is no Trace.
        ValueError: `locks` names one that is not in the trace, or `start` and `end` are outside it or not in order.
    """
    check_trace("timeline", trace)
    names = _checked_locks(trace, locks)
    span = _checked_span(trace, start, end)
    lanes = lanes_of(trace, names)
    places = _places(lanes)
    height = -places[-1][2] if places else 2.0
    ax = axes_for(
        ax, height_in=1.35 + ROW_IN * max(height, 2.0) * max(0.67, min(1.0, TALL / len(places or "1")))
    )
    frame(ax, _title(trace, lanes), "step" if trace.unit == "step" else "time (ms)", grid="")
    _draw_ground(ax, trace, lanes, places, span)
    boxes: list[Box] = []
    for _, track, bottom, top in places:
        if dense(track, span):
            draw_shares(ax, track, bottom, top, span)
        else:
            named = len(names) > 1 or track.levels > 1
            boxes += [_placed(bar, bottom, top, track, named) for bar in track.bars if _meets(bar, span)]
    _draw_bars(ax, boxes, span)
    _draw_texts(ax, boxes, span)
    marks = [(mark, bottom, top, track) for _, track, bottom, top in places for mark in track.marks]
    _draw_marks(ax, marks, span)
    key_above(ax, _key(ax, places, marks, span))
    return describe(ax, timeline_told(trace, names))


def _checked_locks(trace: Trace, locks: Sequence[str] | None) -> list[str]:
    known = trace.lock_names()
    if locks is None:
        return known
    names = [locks] if isinstance(locks, str) else list(locks)
    for name in names:
        if name not in known:
            raise ValueError(
                f"no lock {name!r} in this trace; it has {', '.join(map(repr, known)) or 'none'}"
            )
    return names


def _checked_span(trace: Trace, start: float | None, end: float | None) -> tuple[float, float]:
    span = (0.0 if start is None else start, trace.duration if end is None else end)
    for word, value in zip(("start", "end"), span, strict=True):
        if not 0 <= value <= trace.duration:
            whole = number(trace.duration, trace.unit)
            raise ValueError(f"{word}={value!r} is outside the trace, which lasts from 0 to {whole}")
    if span[0] >= span[1] and (start, end) != (None, None):
        raise ValueError(f"start={span[0]!r} is not before end={span[1]!r}")
    return span if span[1] > span[0] else (0.0, 1.0)


def _title(trace: Trace, lanes: Sequence[Lane]) -> str:
    labels = {track.label for lane in lanes for track in lane.tracks if track.label}
    if len(labels) == 1 and not next(iter(labels)).endswith(" locks"):
        return f"Who holds “{labels.pop()}” when, and who waits"
    if labels:
        return "Who holds which lock when, and who waits"
    styles = {bar.style for lane in lanes for track in lane.tracks for bar in track.bars}
    return "Who reads and writes what" if styles & {"read", "write"} else "What the threads did"


# ---- where things go; y counts rows, downwards from 0


Place = tuple[Lane, Track, float, float]


def _places(lanes: Iterable[Lane]) -> list[Place]:
    """Return each track with its lane, its bottom and its top."""
    places, y = [], 0.0
    for lane in lanes:
        y -= GAP
        for track in lane.tracks:
            height = min(max(1.0, LEVEL * track.levels), 5.0)
            places.append((lane, track, y - height, y))
            y -= height
    return places


Box = tuple[str, float, float, float, float, tuple[str, ...]]


def _meets(bar: Bar, span: tuple[float, float]) -> bool:
    return bar.start <= span[1] and bar.end >= span[0]


def _placed(bar: Bar, bottom: float, top: float, track: Track, named: bool) -> Box:
    """Return a bar as style, start, end, low, high, texts; where all is one lock, its name is in the title."""
    level = (top - bottom) / track.levels
    thick = LOOKS[bar.style].thick * level
    low = bottom + (bar.level + 0.5) * level - thick / 2
    told = named or bar.style not in ("waiting", "shared", "exclusive")
    return bar.style, bar.start, bar.end, low, low + thick, bar.texts if told else ()


# ---- drawing


def _draw_ground(
    ax: Axes, trace: Trace, lanes: Sequence[Lane], places: Sequence[Place], span: tuple[float, float]
) -> None:
    bottom = places[-1][2] - GAP / 2 if places else -2.0
    ax.set_ylim(bottom, 0.0 - GAP / 4)
    ax.set_xlim(span[0], span[1] + (span[1] - span[0]) * 0.004)
    ax.spines["left"].set_visible(False)
    if not places:
        ax.text(0.5, 0.5, "nothing to show", transform=ax.transAxes, ha="center", color=GREY, fontsize=NORMAL)
    if trace.unit == "step":
        _draw_steps(ax, span)
    middles = []
    for number_, lane in enumerate(lanes):
        mine = [(low, high) for owner, _, low, high in places if owner is lane]
        low, high = mine[-1][0], mine[0][1]
        middles.append((low + high) / 2)
        if number_ % 2 == 0:
            ax.axhspan(low - GAP / 2, high + GAP / 2, color=BAND, zorder=-2, linewidth=0)
        _draw_life(ax, lane, low, high, span)
    _label_rows(ax, lanes, places, middles)


def _draw_steps(ax: Axes, span: tuple[float, float]) -> None:
    first, last = int(span[0]), int(numpy.ceil(span[1]))
    every = max(1, (last - first) // 20)
    ticks = range(first, last, every)
    ax.set_xticks([tick + 0.5 for tick in ticks], [str(tick) for tick in ticks])
    if every == 1:
        for tick in range(first, last + 1):
            ax.axvline(tick, color="#E4E4E4", linewidth=0.7, zorder=-1)


def _draw_life(ax: Axes, lane: Lane, low: float, high: float, span: tuple[float, float]) -> None:
    """Draw a thin line while the thread lives, and a stroke where it ends while it still holds something."""
    ended = span[1] if lane.record.ended is None else lane.record.ended
    begun = max(lane.record.started, span[0])
    if begun < span[1]:
        ax.plot(
            [begun, min(ended, span[1])], [low, low], color="#8A8A8A", linewidth=1.0, solid_capstyle="butt"
        )
    if any(bar.style == "orphaned" for track in lane.tracks for bar in track.bars) and ended <= span[1]:
        ax.plot([ended, ended], [low - 0.1, high + 0.1], color=INK, linewidth=2.0, zorder=5)


def _label_rows(ax: Axes, lanes: Sequence[Lane], places: Sequence[Place], middles: Sequence[float]) -> None:
    """Write threads at the left and, where there are several locks, each track's lock between them and the data."""
    labels = {track.label for _, track, _, _ in places if track.label}
    pad = 6.0
    if len(labels) > 1:
        ax.set_yticks([(low + high) / 2 for _, _, low, high in places])
        ax.set_yticklabels(
            [track.label for _, track, _, _ in places], fontsize=SMALL, color=GREY, parse_math=False
        )
        pad += 8 + max(TextPath((0, 0), label, size=SMALL).get_extents().width for label in labels)
    else:
        ax.set_yticks([])
    ax.yaxis.remove_overlapping_locs = False  # else a thread with one track would lose its name
    ax.set_yticks(middles, minor=True)
    ax.set_yticklabels(
        [lane.record.name for lane in lanes],
        minor=True,
        fontsize=NORMAL,
        color=INK,
        fontweight="bold",
        parse_math=False,
    )
    ax.tick_params(axis="y", which="major", length=0, pad=4)
    ax.tick_params(axis="y", which="minor", length=0, pad=pad)
    if ax.get_xlabel() != "step":
        ax.xaxis.set_major_locator(MaxNLocator(9, steps=[1, 2, 5, 10]))


def _draw_bars(ax: Axes, boxes: Sequence[Box], span: tuple[float, float]) -> None:
    """Draw a collection for each style, and another for its bars that are too narrow for an outline."""
    pixel = (span[1] - span[0]) / PIXELS
    grouped: dict[tuple[str, float, float], list[tuple[float, float]]] = defaultdict(list)
    for style, start, end, low, high, _ in boxes:
        grouped[style, low, high].append((max(start, span[0]), min(end, span[1])))
    drawn: dict[tuple[str, bool], list[Any]] = defaultdict(list)
    for (style, low, high), times in grouped.items():
        starts, ends = merged(numpy.array(times, dtype=float), pixel)
        for narrow in (False, True):
            chosen = (ends - starts < NARROW * pixel) == narrow
            x0, x1 = starts[chosen], ends[chosen]
            y0, y1 = numpy.full_like(x0, low), numpy.full_like(x0, high)
            corners = [(x0, y0), (x0, y1), (x1, y1), (x1, y0)]
            drawn[style, narrow].append(numpy.stack([numpy.stack(corner, -1) for corner in corners], 1))
    for (style, narrow), parts in drawn.items():
        look = LOOKS[style]
        bars = PolyCollection(
            numpy.concatenate(parts),
            facecolor=look.face,
            edgecolor=look.edge,
            linewidth=0 if narrow else 0.8,
            hatch=None if narrow else look.hatch,
            zorder=3 if style in ("waiting", "stuck") else 2,
        )
        bars.set_gid(style + (" narrow" if narrow else ""))
        ax.add_collection(bars, autolim=False)


def merged(times: numpy.ndarray, pixel: float) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Return starts and ends of bars, where those that are narrow and less than a pixel apart are one bar.

    Args:
        times: a row for each bar, its start and its end.
        pixel: width of a pixel, in the unit of the times; no bar returned is narrower.

    >>> starts, ends = merged(numpy.array([[0.0, 50.0], [50.0, 90.0], [200.0, 201.0], [201.5, 202.0]]), 1.0)
    >>> starts.tolist(), ends.tolist()
    ([0.0, 50.0, 200.0], [50.0, 90.0, 202.0])
    """
    times = times[numpy.argsort(times[:, 0], kind="stable")]
    starts, ends = times[:, 0], numpy.maximum.accumulate(times[:, 1])
    wide = times[:, 1] - times[:, 0] > NARROW * pixel
    apart = (starts[1:] - ends[:-1] > pixel) | wide[1:] | wide[:-1]
    first = numpy.concatenate([[True], apart])
    last = numpy.concatenate([apart, [True]])
    starts, ends = starts[first], numpy.where(wide[last], times[:, 1][last], ends[last])
    return starts, numpy.maximum(ends, starts + pixel)


def _draw_texts(ax: Axes, boxes: Sequence[Box], span: tuple[float, float]) -> None:
    room = (span[1] - span[0]) * TEXT_ROOM
    for style, start, end, low, high, texts in boxes:
        left, right = max(start, span[0]), min(end, span[1])
        if texts and right - left >= room:
            ax.add_artist(_text((left, right, low, high), texts, style))


def _text(box: tuple[float, float, float, float], texts: Sequence[str], style: str) -> FittedText:
    patch = (
        {"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.9} if LOOKS[style].hatch else None
    )
    colour = DARK.get(style, INK)
    return FittedText(box, texts, fontsize=SMALL, color=colour, bbox=patch, zorder=4)


def _draw_marks(
    ax: Axes, marks: Sequence[tuple[Mark, float, float, Track]], span: tuple[float, float]
) -> None:
    inside = [each for each in marks if span[0] <= each[0].at <= span[1]]
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for mark, bottom, top, track in inside:
        level = (top - bottom) / track.levels
        points[mark.style].append((mark.at, bottom + (mark.level + 0.5) * level))
    for style, places in points.items():
        x, y = zip(*places, strict=True)
        shape = _mark_shape(style)
        ax.plot(x, y, linestyle="none", zorder=6, clip_on=False, gid=style, **shape)
    for box, text in _note_boxes(inside, span):
        ax.add_artist(FittedText(box, (text,), left=True, fontsize=SMALL, color=INK, zorder=6))


def _mark_shape(style: str) -> dict[str, Any]:
    if style == "vain":
        return {"marker": "x", "markersize": 7, "markeredgewidth": 2.2, "color": INK}
    return {
        "marker": "v",
        "markersize": 6,
        "color": VERMILLION,
        "markeredgecolor": INK,
        "markeredgewidth": 0.6,
    }


def _note_boxes(
    marks: Sequence[tuple[Mark, float, float, Track]], span: tuple[float, float]
) -> Iterator[tuple[tuple[float, float, float, float], str]]:
    """Yield each note's text with the room it has, up to the next note of its track."""
    notes = [each for each in marks if each[0].style == "note"]
    offset, room = (span[1] - span[0]) * 0.008, (span[1] - span[0]) * TEXT_ROOM
    for number_, (mark, bottom, top, _) in enumerate(notes):
        after = notes[number_ + 1] if number_ + 1 < len(notes) else None
        end = after[0].at if after and after[1] == bottom else span[1]
        if end - mark.at > room:
            yield (mark.at + offset, end, bottom, top), mark.text


def _key(
    ax: Axes,
    places: Sequence[Place],
    marks: Sequence[tuple[Mark, float, float, Track]],
    span: tuple[float, float],
) -> list[Any]:
    """Return a legend entry for each style that is there."""
    there = {bar.style for _, track, _, _ in places for bar in track.bars if _meets(bar, span)}
    entries = [
        swatch(style, look.label + (", exclusive" if style == "exclusive" and "shared" in there else ""))
        for style, look in LOOKS.items()
        if style in there
    ]
    inside = [mark for mark, *_ in marks if span[0] <= mark.at <= span[1]]
    vain = sorted({mark.text for mark in inside if mark.style == "vain"})
    for style, label in (("vain", " or ".join(vain)), ("note", "progress mark")):
        if any(mark.style == style for mark in inside):
            entries.append(Line2D([], [], linestyle="none", label=label, **_mark_shape(style)))
    if any(dense(track, span) for _, track, _, _ in places):
        width = number((span[1] - span[0]) / COLUMNS, "ms" if ax.get_xlabel() != "step" else "step")
        ax.set_xlabel(f"{ax.get_xlabel()}\ntoo many turns for bars: heights are parts of each {width}")
    return entries
