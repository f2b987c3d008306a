"""The bars of a timeline, and the names on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .marks import TEXT_ROOM
from .style import INK, LOOKS, SMALL, FittedText
from .tracks import Bar, Track, meets

PIXELS = 1600  # what is narrower than 1/PIXELS of the picture is merged with its neighbours
NARROW = 4  # pixels under which a bar has neither outline nor hatch
WHITE_ON = ("exclusive", "write")
WAITS = ("waiting", "elsewhere")
NAMED_BY_TITLE = ("waiting", "shared", "exclusive")


class Box(NamedTuple):
    """A bar's place in the picture."""

    style: str
    start: float
    end: float
    low: float
    high: float
    texts: tuple[str, ...]


def boxes(track: Track, bottom: float, top: float, span: tuple[float, float], named: bool) -> list[Box]:
    """Return where a track's bars go that are in a span of time; with texts if they are to be `named`.

    Waits too short to be seen (a free lock takes a microsecond too) are left out.
    """
    level = (top - bottom) / track.levels
    least = (span[1] - span[0]) / PIXELS / 2
    return [
        _box(bar, bottom + bar.level * level, level, named)
        for bar in track.bars
        if meets(bar, span) and (bar.style not in WAITS or bar.end - bar.start > least)
    ]


def _box(bar: Bar, low: float, level: float, named: bool) -> Box:
    thick = LOOKS[bar.style].thick * level
    low += (level - thick) / 2
    told = named or bar.style not in NAMED_BY_TITLE
    return Box(bar.style, bar.start, bar.end, low, low + thick, bar.texts if told else ())


def draw_bars(ax: Axes, placed: Sequence[Box], span: tuple[float, float]) -> None:
    """Draw for each style a collection, one of its bars that are too narrow for an outline, and the hatch."""
    pixel = (span[1] - span[0]) / PIXELS
    grouped: dict[tuple[str, float, float], list[tuple[float, float]]] = defaultdict(list)
    for box in placed:
        grouped[box.style, box.low, box.high].append((max(box.start, span[0]), min(box.end, span[1])))
    drawn: dict[tuple[str, bool], list[numpy.ndarray]] = defaultdict(list)
    for (style, low, high), times in grouped.items():
        starts, ends = merged(numpy.array(times, dtype=float), pixel)
        narrow = ends - starts < NARROW * pixel
        for which in (False, True):
            drawn[style, which].append(_corners(starts[narrow == which], ends[narrow == which], low, high))
    for (style, narrow), parts in drawn.items():
        corners = numpy.concatenate(parts)
        ax.add_collection(_collection(style, narrow, corners), autolim=False)
        if LOOKS[style].hatch and not narrow and len(corners):
            ax.add_artist(_hatch(style, corners))


def _corners(starts: numpy.ndarray, ends: numpy.ndarray, low: float, high: float) -> numpy.ndarray:
    x = numpy.stack([starts, starts, ends, ends], axis=1)
    y = numpy.broadcast_to([low, high, high, low], x.shape)
    return numpy.stack([x, y], axis=2)


def _collection(style: str, narrow: bool, corners: numpy.ndarray) -> PolyCollection:
    return PolyCollection(
        corners,
        facecolor=LOOKS[style].face,
        edgecolor=LOOKS[style].edge,
        linewidth=0 if narrow else 0.8,
        zorder=_zorder(style),
        gid=f"{style} narrow" if narrow else style,
    )


def _hatch(style: str, corners: numpy.ndarray) -> PathPatch:
    # Matplotlib paints a hatch anew for each path that has one, in 2 ms: all bars of a style are one path.
    return PathPatch(
        Path.make_compound_path_from_polys(corners),
        facecolor="none",
        edgecolor=LOOKS[style].edge,
        linewidth=0,
        hatch=LOOKS[style].hatch,
        zorder=_zorder(style),
        gid=f"{style} hatch",
    )


def _zorder(style: str) -> int:
    return 3 if style in ("waiting", "stuck") else 2


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
    first, last = numpy.concatenate([[True], apart]), numpy.concatenate([apart, [True]])
    starts, ends = starts[first], numpy.where(wide[last], times[:, 1][last], ends[last])
    return starts, numpy.maximum(ends, starts + pixel)


def draw_names(ax: Axes, placed: Sequence[Box], span: tuple[float, float]) -> None:
    """Write on each bar that has room which lock it is about."""
    room = (span[1] - span[0]) * TEXT_ROOM
    for style, start, end, low, high, texts in placed:
        left, right = max(start, span[0]), min(end, span[1])
        if texts and right - left >= room:
            patch = {"facecolor": "white", "edgecolor": "none", "pad": 1.0} if LOOKS[style].hatch else None
            looks = {"fontsize": SMALL, "color": "white" if style in WHITE_ON else INK, "bbox": patch}
            ax.add_artist(FittedText((left, right, low, high), texts, zorder=4, **looks))
