"""An experiment's sweep: lines with bands where the knob is a number, bars with whiskers where it is a name."""

from __future__ import annotations

from collections.abc import Sequence

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
        key_above(ax, handles, columns=4)
    greatest = max(high for name in result.series for _, high in result.spread(name))
    ax.set_ylim(0, greatest * 1.15 or 1.0)
    return describe(ax, _told(result))


def _draw_lines(ax: Axes, result: Sweep) -> list[Line2D]:
    handles = []
    for number, name in enumerate(result.series):
        colour, line, marker = SERIES[number % len(SERIES)]
        middle, spread = result.medians(name), result.spread(name)
        ax.fill_between(result.x, *zip(*spread, strict=True), color=colour, alpha=0.15, linewidth=0)
        _draw_dots(ax, result.x, result.series[name], colour)
        ax.plot(
            result.x, middle, color=colour, linestyle=line, marker=marker, markersize=6, linewidth=2, gid=name
        )
        handles.append(Line2D([], [], color=colour, linestyle=line, marker=marker, label=name))
        _label_values(ax, result, result.x, middle, spread)
    if len(result.x) <= MOST_LABELS:
        ax.set_xticks(result.x, [f"{value:g}" for value in result.x])
    return handles


def _draw_bars(ax: Axes, result: Sweep) -> list[Patch]:
    handles, width = [], 0.8 / len(result.series)
    for number, name in enumerate(result.series):
        colour, hatch = FILLS[number % len(FILLS)]
        at = [place - 0.4 + (number + 0.5) * width for place in range(len(result.x))]
        middle, spread = result.medians(name), result.spread(name)
        bars = ax.bar(
            at, middle, width * 0.9, color=colour, edgecolor="white", hatch=hatch, linewidth=0, alpha=0.8
        )
        handles.append(Patch(facecolor=colour, edgecolor="white", hatch=hatch, alpha=0.8, label=name))
        bars.set_label(name)
        for place, (low, high) in zip(at, spread, strict=True):
            ax.plot([place, place], [low, high], color=INK, linewidth=1.4, zorder=4, gid="whisker")
        _draw_dots(ax, at, result.series[name], INK)
        _label_values(ax, result, at, middle, spread)
    ax.set_xticks(range(len(result.x)), result.x, parse_math=False)
    ax.tick_params(axis="x", length=0)
    return handles


def _draw_dots(ax: Axes, at: Sequence[float], lists: Sequence[Sequence[float]], colour: str) -> None:
    x = [place for place, runs in zip(at, lists, strict=True) for _ in runs]
    y = [value for runs in lists for value in runs]
    ax.plot(x, y, ".", color=colour, alpha=0.45, markersize=5, markeredgewidth=0, gid="repetitions", zorder=5)


def _label_values(
    ax: Axes,
    result: Sweep,
    at: Sequence[float],
    middle: Sequence[float],
    spread: Sequence[tuple[float, float]],
) -> None:
    """Write the medians above the spread, where there are few."""
    if len(result.x) * len(result.series) > MOST_LABELS:
        return
    for x, value, (_, high) in zip(at, middle, spread, strict=True):
        text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
        ax.annotate(
            text, (x, high), (0, 5), textcoords="offset points", ha="center", fontsize=SMALL, color=INK
        )


def _told(result: Sweep) -> str:
    lines = []
    for name in result.series:
        values = ", ".join(
            f"{x} {value:.3g}" for x, value in zip(result.x, result.medians(name), strict=True)
        )
        lines.append(f"{name}: {values}")
    kind = "Lines" if result.numeric else "Bars"
    runs = result.repetitions()
    return (
        f"{result.title}. {kind} of {result.y_label} by {result.x_label}, "
        f"median of {runs} repetition{'' if runs == 1 else 's'}. {'; '.join(lines)}."
    )
