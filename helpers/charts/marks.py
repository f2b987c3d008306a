"""Moments on a timeline: tries in vain, locks given back by another thread, acts, progress notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .style import GREY, INK, SMALL, VERMILLION, FittedText
from .tracks import Mark, Track

OUTLINE = {"markeredgecolor": INK, "markeredgewidth": 0.8}
SHAPES: dict[str, dict[str, Any]] = {
    "vain": {"marker": "x", "markersize": 7, "color": INK, "markeredgewidth": 2.2},
    "given": {"marker": "<", "markersize": 8, "color": "white", **OUTLINE},
    "did": {"marker": "D", "markersize": 5, "color": GREY, **OUTLINE},
    "note": {"marker": "v", "markersize": 6, "color": VERMILLION, **OUTLINE},
    "raised": {"marker": "X", "markersize": 8, "color": VERMILLION, **OUTLINE},
}
TEXT_ROOM = 0.015  # part of the picture under which no text can fit
LAST_ROOM = 0.12  # part of the picture that a last mark's words should have at its right
AFTER = 0.012  # part of the picture between a mark and its text


class Spot(NamedTuple):
    """A mark and the stripe of the picture that it stands in."""

    mark: Mark
    low: float
    high: float


def spots(track: Track, bottom: float, top: float, span: tuple[float, float]) -> list[Spot]:
    """Return a track's marks that lie in a span of time, each in the stripe of its level."""
    level = (top - bottom) / track.levels
    return [
        Spot(mark, bottom + mark.level * level, bottom + (mark.level + 1) * level)
        for mark in track.marks
        if span[0] <= mark.at <= span[1]
    ]


def draw_marks(ax: Axes, placed: Sequence[Spot], span: tuple[float, float]) -> None:
    """Draw a marker for each moment, and its text where there is room up to the next one."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for mark, low, high in placed:
        points[mark.style].append((mark.at, (low + high) / 2))
    for style, places in points.items():
        x, y = zip(*places, strict=True)
        ax.plot(x, y, linestyle="none", zorder=6, clip_on=False, gid=style, **SHAPES[style])
    for words in _texts(placed, span):
        ax.add_artist(words)


def key_of_marks(placed: Sequence[Spot]) -> list[Line2D]:
    """Return a legend entry for each kind of mark that does not say itself what it is."""
    vain = sorted({spot.mark.text for spot in placed if spot.mark.style == "vain"})
    labels = {"vain": " or ".join(vain), "note": "progress mark", "raised": "raises"}
    there = {spot.mark.style for spot in placed}
    return [
        Line2D([], [], linestyle="none", label=label, **SHAPES[style])
        for style, label in labels.items()
        if style in there
    ]


def _texts(placed: Sequence[Spot], span: tuple[float, float]) -> Iterator[FittedText]:
    """Yield the words of each mark: at its right, or at its left for a last one that has no room there."""
    told = [spot for spot in placed if spot.mark.style != "vain"]
    for _, stripe in groupby(told, key=lambda spot: spot.low):
        yield from _texts_of_stripe(list(stripe), span)


def _texts_of_stripe(row: list[Spot], span: tuple[float, float]) -> Iterator[FittedText]:
    whole, last = span[1] - span[0], row[-1]
    ends = [*(spot.mark.at for spot in row[1:]), span[1]]
    free = (row[-2].mark.at + last.mark.at) / 2 if len(row) > 1 else span[0]
    if span[1] - last.mark.at < min(whole * LAST_ROOM, last.mark.at - free):
        yield _words(last, (free, last.mark.at - whole * AFTER, last.low, last.high), "right")
        row, ends = row[:-1], [*ends[:-2], free]
    for spot, end in zip(row, ends, strict=False):
        if end - spot.mark.at > whole * TEXT_ROOM:
            yield _words(spot, (spot.mark.at + whole * AFTER, end, spot.low, spot.high), "left")


def _words(spot: Spot, box: tuple[float, float, float, float], align: str) -> FittedText:
    looks: dict[str, Any] = {"fontsize": SMALL, "color": INK, "zorder": 6}
    if spot.mark.style == "given" and align == "right":  # these words stand on the hold that ends here
        looks["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
    return FittedText(box, (spot.mark.text,), align=align, **looks)
