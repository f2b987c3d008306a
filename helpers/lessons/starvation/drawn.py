"""Lesson 06: timelines to one scale of time, and waits with the longest one marked."""

from collections.abc import Mapping
from dataclasses import replace

from matplotlib.axes import Axes

from helpers import Trace, alt_text, panels, timeline, waits
from helpers.charts.show import describe
from helpers.charts.style import INK, NORMAL, VERMILLION, key_above, number, title_at
from helpers.lessons.starvation.measures import longest
from helpers.trace import HOLDABLE

PAD = 8  # points between a title and its data, where no legend lies in between


def under_one_scale(traces: Mapping[str, Trace], *, end: float | None = None) -> Axes:
    """Draw timelines under one another, of locks only, to one scale of time; return the last one's Axes.

    Args:
        traces: what happened, by the title that stands over it.
        end: time at which the pictures end, in ms; None is the end of the longest trace.
    """
    shown = {title: _only_locks(trace) for title, trace in traces.items()}
    lanes = sum(len({row.thread for row in trace.rows}) for trace in shown.values())
    axes = panels(len(shown), height_in=0.9 * len(shown) + 0.5 + 0.34 * lanes)
    until = max(trace.duration for trace in shown.values()) if end is None else end
    for ax, (title, trace) in zip(axes, shown.items(), strict=True):
        before = alt_text(ax)
        timeline(trace, ax=ax, end=min(until, trace.duration))
        ax.set_xlim(0, until * 1.004)
        describe(ax, f"{title}. {alt_text(ax).removeprefix(before).strip()}")
        handles = ax.get_legend().legend_handles
        ax.get_legend().remove()
        title_at(ax, title, pad=PAD)
        if ax is axes[0]:
            key_above(ax, handles)
        if ax is not axes[-1]:
            ax.set_xlabel("")
    return axes[-1]


def waits_and_longest(trace: Trace) -> Axes:
    """Draw how long requests waited, as `waits` does, with the longest wait marked and its thread named."""
    ax = waits(trace)
    wait, thread = longest(trace)
    ax.plot([wait, wait], [0, 100], color=VERMILLION, linewidth=1.6, linestyle="--", zorder=1)
    point = {"marker": "D", "color": VERMILLION, "markeredgecolor": "white", "markersize": 11}
    ax.plot([wait], [100], clip_on=False, zorder=6, gid="longest", **point)
    text = f"the longest:\n{thread} waited\n{number(wait, trace.unit)}"
    looks = {"fontsize": NORMAL + 1, "fontweight": "bold", "color": INK, "va": "top"}
    ax.annotate(text, (wait, 50), (9, 0), textcoords="offset points", **looks)
    return describe(ax, f"{alt_text(ax)} The longest wait, {number(wait, trace.unit)}, was that of {thread}.")


def _only_locks(trace: Trace) -> Trace:
    return replace(trace, rows=tuple(row for row in trace.rows if row.kind in HOLDABLE))
