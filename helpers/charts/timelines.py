"""Timelines under one another, to one scale of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from matplotlib.axes import Axes

from ..trace import HOLDABLE, Trace
from .lanes import timeline
from .show import describe, panels, told
from .style import TITLE_PAD, check_trace, key_above, title_at

HEAD_IN, LANE_IN, FOOT_IN = 0.75, 0.27, 0.7  # height of a title with its legend, of a lane, of the time axis


def timelines(
    traces: Mapping[str, Trace], *, locks: Sequence[str] | None = None, end: float | None = None
) -> Axes:
    """Draw timelines under one another, of locks only, to one scale of time; return the last one's Axes.

    What a legend has said is not said again further down.

    Args:
        traces: what happened, by the title that stands over it; all in the same unit.
        locks: names of the locks to show; None shows all.
        end: time at which the pictures end, in the traces' unit; None is the end of the longest trace.

    Raises:
        TypeError: one of `traces` is no Trace.
        ValueError: there is no trace, units differ, `locks` names one that is in none of the traces, or `end`
            is not after 0.
    """
    _check(traces, locks, end)
    shown = {title: _only_locks(trace, locks) for title, trace in traces.items()}
    lanes = max(len({row.thread for row in trace.rows}) for trace in shown.values())
    axes = panels(len(shown), height_in=FOOT_IN + len(shown) * (HEAD_IN + LANE_IN * lanes))
    until = max(trace.duration for trace in shown.values()) if end is None else end
    explained: set[str] = set()
    for ax, (title, trace) in zip(axes, shown.items(), strict=True):
        timeline(trace, ax=ax, end=min(until, trace.duration) or None)
        ax.set_xlim(0, until * 1.004)
        describe(ax, f"{title}. {told(ax)}")
        explained |= _retitle(ax, title, explained)
        if ax is not axes[-1]:
            ax.set_xlabel("")
    return axes[-1]


def _check(traces: Mapping[str, Trace], locks: Sequence[str] | None, end: float | None) -> None:
    for trace in traces.values():
        check_trace("timelines", trace)
    if not traces:
        raise ValueError("timelines needs at least one trace")
    units = sorted({trace.unit for trace in traces.values()})
    if len(units) > 1:
        raise ValueError(f"timelines needs traces of one unit, not of {' and '.join(units)}")
    known = {name for trace in traces.values() for name in trace.lock_names()}
    for name in locks or ():
        if name not in known:
            has = ", ".join(map(repr, sorted(known))) or "none"
            raise ValueError(f"no lock {name!r} in these traces; they have {has}")
    if end is not None and end <= 0:
        raise ValueError(f"end={end!r} is not after 0")


def _only_locks(trace: Trace, locks: Sequence[str] | None) -> Trace:
    rows = (row for row in trace.rows if row.kind in HOLDABLE and (locks is None or row.name in locks))
    return replace(trace, rows=tuple(rows))


def _retitle(ax: Axes, title: str, explained: set[str]) -> set[str]:
    """Give a timeline another title, and a legend of what is not explained yet; return what that explains."""
    legend = ax.get_legend()  # None where nothing happened before the end of the picture
    handles = [] if legend is None else legend.legend_handles
    if legend is not None:
        legend.remove()
    new = [handle for handle in handles if handle.get_label() not in explained]
    title_at(ax, title, pad=TITLE_PAD)
    key_above(ax, new)
    return {handle.get_label() for handle in new}
