"""The part of a timeline that repeats for ever."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from ..trace import Trace
from .style import PURPLE

LABEL = "repeats for ever"


def draw_repeats(ax: Axes, trace: Trace, span: tuple[float, float]) -> list[Patch]:
    """Shade the part of the trace that repeats, between two broken lines; return its legend entry, if any."""
    if trace.loop is None or trace.loop >= span[1]:
        return []
    begin, end = max(trace.loop, span[0]), min(trace.duration, span[1])
    ax.axvspan(begin, end, color=PURPLE, alpha=0.16, zorder=-1.5, linewidth=0, gid="repeats")
    for edge in (begin, end):
        ax.axvline(edge, color=PURPLE, linewidth=2.2, linestyle=(0, (4, 2)), zorder=3.5)  # under the names
    return [Patch(facecolor=PURPLE, alpha=0.3, edgecolor=PURPLE, linestyle="--", label=LABEL)]


def repeats_told(trace: Trace) -> list[str]:
    """Return the same in words."""
    if trace.loop is None:
        return []
    never = f", and {trace.victim} never gets in" if trace.victim else ""
    return [f"From step {trace.loop:g} on it repeats for ever{never}."]
