"""Lesson 04: several charts that are to be seen together."""

from collections.abc import Mapping

from matplotlib.axes import Axes

from helpers import Sweep, Trace, panels, sweep, timelines


def under_one_clock(traces: Mapping[str, Trace], *, end: float | None = None) -> Axes:
    """Draw `timelines`, without the locks that a reader-writer lock is made of.

    Args:
        traces: what happened, by the title that stands over it.
        end: time at which the pictures end, in ms; None is the end of the longest trace.
    """
    locks = [name for trace in traces.values() for name in _outermost(trace)]
    return timelines(traces, locks=locks, end=end)


def _outermost(trace: Trace) -> list[str]:
    return list({row.name for row in trace.rows if row.kind == "rw"}) or trace.lock_names()


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
