"""Lesson 04: several charts that are to be seen together."""

from collections.abc import Mapping

from matplotlib.axes import Axes

from helpers import Sweep, panels, sweep


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
