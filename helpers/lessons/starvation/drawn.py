"""Lesson 06: waits with the longest one marked."""

from matplotlib.axes import Axes

from helpers import Trace, alt_text, waits
from helpers.charts.show import describe
from helpers.charts.style import INK, NORMAL, VERMILLION, number
from helpers.lessons.starvation.measures import longest


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
