"""Lesson 04: several charts that are to be seen together."""

from collections.abc import Mapping
from dataclasses import replace

from matplotlib.axes import Axes

from helpers import Sweep, Trace, alt_text, panels, sweep, timeline
from helpers.charts.show import describe
from helpers.charts.style import key_above, title_at
from helpers.trace import HOLDABLE

PAD = 8  # points between a title and its data, where no legend lies in between


def under_one_clock(traces: Mapping[str, Trace], *, end: float | None = None) -> Axes:
    """Draw timelines under one another to one scale of time, and return the last one's Axes.

    Only locks are shown; not those inside a reader-writer lock. What a legend has said is not said again.

    Args:
        traces: what happened, by the title that stands over it.
        end: time at which the picture ends, in ms; None is the end of the longest trace.
    """
    shown = {title: _only_locks(trace) for title, trace in traces.items()}
    lanes = max(len({row.thread for row in trace.rows}) for trace in shown.values())
    axes = panels(len(shown), height_in=0.7 + len(shown) * (0.75 + 0.27 * lanes))
    until = max(trace.duration for trace in shown.values()) if end is None else end
    told: set[str] = set()
    for ax, (title, trace) in zip(axes, shown.items(), strict=True):
        _draw(ax, title, trace, until)
        legend = ax.get_legend()  # None where nothing happened before `end`
        handles = [] if legend is None else legend.legend_handles
        new = [handle for handle in handles if handle.get_label() not in told]
        if legend is not None:
            legend.remove()
        title_at(ax, title, pad=PAD)
        key_above(ax, new)
        told |= {handle.get_label() for handle in new}
        if ax is not axes[-1]:
            ax.set_xlabel("")
    return axes[-1]


def _draw(ax: Axes, title: str, trace: Trace, until: float) -> None:
    before = alt_text(ax)
    timeline(trace, ax=ax, end=min(until, trace.duration))
    ax.set_xlim(0, until * 1.004)
    describe(ax, f"{title}. {alt_text(ax).removeprefix(before).strip()}")


def _only_locks(trace: Trace) -> Trace:
    kinds = ("rw",) if any(row.kind == "rw" for row in trace.rows) else HOLDABLE
    return replace(trace, rows=tuple(row for row in trace.rows if row.kind in kinds))


def beside_lock(result: Sweep) -> Axes:
    """Draw gains over a plain Lock, with a line at 1, where nothing is gained."""
    ax = sweep(result)
    ax.axhline(1, color="black", linewidth=1.6, linestyle="--", zorder=6)
    looks = {"ha": "left", "va": "center", "fontsize": 11, "transform": ax.get_yaxis_transform()}
    ax.text(1.01, 1, "a plain\nLock", **looks)
    return ax


def waits_side_by_side(sweeps: Mapping[str, Sweep]) -> Axes:
    """Draw the waits of readers and of writers beside each other, to the same scale."""
    axes = panels(1, len(sweeps), width_in=11, height_in=4)
    for ax, result in zip(axes, sweeps.values(), strict=True):
        sweep(result, ax=ax)
    highest = max(ax.get_ylim()[1] for ax in axes)
    for ax in axes:
        ax.set_ylim(0, highest)
    return axes[-1]
