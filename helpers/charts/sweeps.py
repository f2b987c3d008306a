"""An experiment's sweep: lines with bands where the knob is a number, bars with whiskers where a name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..sweeps import Sweep
from .show import axes_for, describe
from .style import BLUE, GREEN, INK, NORMAL, ORANGE, PURPLE, SERIES, SKY, SMALL, frame, key_above

FILLS = ((BLUE, ""), (ORANGE, "///"), (GREEN, "..."), (SKY, "xx"), (PURPLE, "\\\\\\"))
MOST_LABELS = 10  # points or bars that have their value written beside them


def sweep(result: Sweep, ax: Axes | None = None) -> Axes:
    """Draw what was measured at each setting: medians, the spread from least to greatest, every repetition.

    Args:
        result: what was measured.
        ax: where to draw; None makes a figure of its own.

    Raises:
        TypeError: `result` is no Sweep.
    """
    if not isinstance(result, Sweep):
        raise TypeError(f"sweep draws a Sweep, not {result!r} ({type(result).__name__})")
    ax = axes_for(ax, height_in=3.8)
    frame(ax, result.title, result.x_label, grid="y")
    ax.set_ylabel(result.y_label, fontsize=NORMAL, color=INK, parse_math=False)
    handles = (_draw_lines if result.numeric else _draw_bars)(ax, result)
    if len(handles) > 1:
        key_above(ax, handles, columns=5)
    ax.set_ylim(0, _greatest(result) * 1.15 or 1.0)
    return describe(ax, _told(result))


def _draw_lines(ax: Axes, result: Sweep) -> list[Line2D]:
    """Draw a line for each series; return what a legend needs: nothing where the lines bear their names."""
    handles = []
    for number, name in enumerate(result.series):
        colour, line, marker = SERIES[number % len(SERIES)]
        ax.fill_between(
            result.x, *zip(*result.spread(name), strict=True), color=colour, alpha=0.15, linewidth=0
        )
        _draw_dots(ax, result.x, result.series[name], colour, across=0.0)
        looks = {"color": colour, "linestyle": line, "marker": marker, "markersize": 6, "linewidth": 2}
        ax.plot(result.x, result.medians(name), gid=name, zorder=4, **looks)
        handles.append(Line2D([], [], label=name, **looks))
    _label_lines(ax, result)
    if len(result.x) <= MOST_LABELS:
        ax.set_xticks(result.x, [f"{value:g}" for value in result.x])
    if len(handles) == 1 or not _ends_apart(result):
        return handles
    for name, handle in zip(result.series, handles, strict=True):
        end = (result.x[-1], result.medians(name)[-1])
        looks = {"color": handle.get_color(), "fontsize": NORMAL, "fontweight": "bold", "va": "center"}
        ax.annotate(name, end, (10, 0), textcoords="offset points", annotation_clip=False, **looks)
    return []


def _ends_apart(result: Sweep) -> bool:
    """Return whether the lines end so far apart that each can bear its name there."""
    ends = sorted(result.medians(name)[-1] for name in result.series)
    return all(after - before > 0.08 * _greatest(result) for before, after in pairwise(ends))


def _greatest(result: Sweep) -> float:
    return max(high for name in result.series for _, high in result.spread(name))


def _label_lines(ax: Axes, result: Sweep) -> None:
    """Write the values of the highest line above it and those of the lowest below it, where there is room."""
    if len(result.x) * len(result.series) > MOST_LABELS:
        return
    room = 0.09 * _greatest(result)
    for place, x in enumerate(result.x):
        ranked = sorted(result.series, key=lambda name: result.medians(name)[place])
        points = [(result.medians(name)[place], *result.spread(name)[place]) for name in ranked]
        value, low, high = points[0]
        if len(points) > 1 and low > room:
            _write(ax, x, low, value, below=True)
        elif len(points) > 1 and points[1][1] - high > 2 * room:
            _write(ax, x, high, value, below=False)
        value, _, high = points[-1]
        _write(ax, x, high, value, below=False, beside=_falls_to(result.medians(ranked[-1]), place, room))


def _falls_to(line: Sequence[float], place: int, room: float) -> bool:
    """Return whether a line comes down to a place so steeply that it would run through words above it."""
    return place > 0 and line[place - 1] - line[place] > 2 * room


def _draw_bars(ax: Axes, result: Sweep) -> list[Patch]:
    handles, width = [], 0.8 / len(result.series)
    for number, name in enumerate(result.series):
        colour, hatch = FILLS[number % len(FILLS)]
        at = [place - 0.4 + (number + 0.5) * width for place in range(len(result.x))]
        looks = {"facecolor": colour, "edgecolor": "white", "hatch": hatch, "linewidth": 0}
        ax.bar(at, result.medians(name), width * 0.92, label=name, **looks)
        handles.append(Patch(label=name, **looks))
        for place, (low, high) in zip(at, result.spread(name), strict=True):
            ax.plot([place, place], [low, high], color=INK, linewidth=1.6, zorder=4, gid="whisker")
        _draw_dots(ax, at, result.series[name], INK, across=width * 0.3)
        if len(result.x) * len(result.series) <= MOST_LABELS:
            for place, value, (_, high) in zip(at, result.medians(name), result.spread(name), strict=True):
                _write(ax, place, high, value, below=False)
    ax.set_xticks(range(len(result.x)), result.x, parse_math=False)
    ax.tick_params(axis="x", length=0)
    return handles


def _draw_dots(
    ax: Axes, at: Sequence[float], lists: Sequence[Sequence[float]], colour: str, across: float
) -> None:
    """Draw each repetition as a dot, over a width of `across`, so that equal ones stay countable."""
    x, y = [], []
    for place, runs in zip(at, lists, strict=True):
        for number, value in enumerate(runs):
            x.append(place + across * ((number + 0.5) / len(runs) - 0.5))
            y.append(value)
    looks = {"markerfacecolor": "white", "markeredgecolor": colour, "markeredgewidth": 0.9, "markersize": 3.6}
    ax.plot(x, y, "o", linestyle="none", zorder=5 if across else 3, gid="repetitions", **looks)


def _write(ax: Axes, x: float, y: float, value: float, *, below: bool, beside: bool = False) -> None:
    """Write a value below its point or above it; `beside` puts it to the right of the middle."""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    up, side = (-7, "top") if below else (6, "bottom")
    right, middle = (4, "left") if beside else (0, "center")
    patch = {"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8}
    looks = {"fontsize": SMALL, "color": INK, "bbox": patch, "zorder": 6}
    ax.annotate(text, (x, y), (right, up), textcoords="offset points", ha=middle, va=side, **looks)


def _told(result: Sweep) -> str:
    lines = []
    for name in result.series:
        values = ", ".join(
            f"{x} {value:.3g}" for x, value in zip(result.x, result.medians(name), strict=True)
        )
        lines.append(f"{name}: {values}" if name else values)
    kind = "Lines" if result.numeric else "Bars"
    runs = result.repetitions()
    return (
        f"{result.title}. {kind} of {result.y_label} by {result.x_label or 'setting'}, "
        f"median of {runs} repetition{'' if runs == 1 else 's'}. {'; '.join(lines)}."
    )
