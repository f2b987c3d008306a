"""Tracks with more turns than a screen has room for: columns whose heights are parts of the time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy
from matplotlib.axes import Axes

from .style import LOOKS
from .tracks import Bar, Track, meets

COLUMNS = 200
MOST_BARS = 320  # of a track, in view; more would be narrower than a hatch can show
STACKED = ("exclusive", "shared", "orphaned", "waiting", "stuck", "elsewhere")


def dense(track: Track, span: tuple[float, float]) -> bool:
    """Return whether a track has too many bars in view to draw each of them."""
    if len(track.bars) <= MOST_BARS:
        return False
    return sum(meets(bar, span) for bar in track.bars) > MOST_BARS


def shares(bars: Sequence[Bar], edges: numpy.ndarray) -> numpy.ndarray:
    """Return for each column the part of its time that the bars cover; more than 1 where they overlap.

    >>> bars = [Bar("waiting", 0.0, 1.0, 0), Bar("waiting", 1.5, 4.0, 0)]
    >>> shares(bars, numpy.array([0.0, 2.0, 4.0, 6.0])).tolist()
    [0.75, 1.0, 0.0]
    """
    times = numpy.array([(bar.start, bar.end) for bar in bars], dtype=float).reshape(-1, 2)
    starts, ends = numpy.sort(times[:, 0]), numpy.sort(times[:, 1])
    # Time covered before an edge: the time since each bar that began by then, less that since each end.
    covered = _since(starts, edges) - _since(ends, edges)
    return numpy.diff(covered) / numpy.diff(edges)


def _since(times: numpy.ndarray, edges: numpy.ndarray) -> numpy.ndarray:
    sums = numpy.concatenate([[0.0], numpy.cumsum(times)])
    count = numpy.searchsorted(times, edges, side="right")
    return count * edges - sums[count]


def draw_shares(ax: Axes, track: Track, bottom: float, top: float, span: tuple[float, float]) -> None:
    """Draw a track as columns: holding from the bottom up, waiting on top of it."""
    edges = numpy.linspace(*span, COLUMNS + 1)
    low = numpy.zeros(COLUMNS)
    for style in STACKED:
        bars = [bar for bar in track.bars if bar.style == style]
        if not bars:
            continue
        high = numpy.minimum(low + shares(bars, edges), 1.0)
        ax.fill_between(
            edges,
            bottom + numpy.append(low, low[-1]) * (top - bottom) * 0.94,
            bottom + numpy.append(high, high[-1]) * (top - bottom) * 0.94,
            step="post",
            facecolor=LOOKS[style].face,
            edgecolor=LOOKS[style].edge,
            hatch=LOOKS[style].hatch,
            linewidth=0,
            gid=f"{style} shares",
        )
        low = high
