"""The wait-for graph: a circle a thread, an arrow from who waits to who holds; a cycle is a deadlock."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch

from ..trace import Trace, Wait
from .show import axes_for, describe
from .style import GREY, INK, NORMAL, SMALL, VERMILLION, check_trace, frame, number, title_at

RADIUS = 0.3  # of a thread's circle, where the circle of threads has radius 1
INSIDE = 5  # letters of a name that fit in its circle
ALARM = "#FBE0D2"

Point = tuple[float, float]


def wait_for(trace: Trace, ax: Axes | None = None, *, at: float | None = None) -> Axes:
    """Draw which thread waits for which, and for what; a cycle, which is a deadlock, stands out.

    Args:
        trace: what happened.
        ax: where to draw; None makes a figure of its own.
        at: the moment to show, in the trace's unit; None is the end.

    Raises:
        TypeError: `trace` is no Trace.
        ValueError: `at` is outside the trace.
    """
    check_trace("wait_for", trace)
    if at is not None and not 0 <= at <= trace.duration:
        whole = number(trace.duration, trace.unit)
        raise ValueError(f"at={at!r} is outside the trace, which lasts from 0 to {whole}")
    edges, cycle = trace.wait_edges(at), trace.cycle(at)
    ax = axes_for(ax, height_in=4.2, width_in=6.5)
    when = (
        "at the end"
        if at is None
        else f"at {number(at, trace.unit)}"
        if trace.unit == "ms"
        else f"at step {at:g}"
    )
    frame(ax, "", "", grid="")
    title_at(ax, f"Who waits for whom, {when}", pad=8)
    ax.set_axis_off()
    ax.set_aspect("equal")
    places = _places(edges, cycle)
    _draw_edges(ax, edges, cycle, places)
    for name, place in places.items():
        _draw_thread(ax, name, place, name in {wait.thread for wait in cycle}, places)
    _fit(ax, places, edges)
    verdict = f"a cycle of {len(cycle)}: deadlock" if cycle else "no cycle" if edges else "no thread waits"
    if len(cycle) == 1:
        verdict = "a cycle of one: the thread waits for itself"
    looks = {"color": VERMILLION, "fontweight": "bold"} if cycle else {"color": GREY}
    ax.text(
        0.5,
        0.5 if not edges else -0.02,
        verdict,
        transform=ax.transAxes,
        ha="center",
        va="top",
        fontsize=12,
        **looks,
    )
    return describe(ax, _told(edges, cycle, when))


def _places(edges: Sequence[Wait], cycle: Sequence[Wait]) -> dict[str, Point]:
    """Return a place for each thread that waits or is waited for: the cycle's on a circle, the others around it."""
    inner = [wait.thread for wait in cycle]
    everyone = dict.fromkeys(name for wait in edges for name in (wait.thread, wait.holder))
    outer = [name for name in everyone if name not in inner]
    if not inner:
        return _ring(outer, _ring_radius(len(outer)), 0.5)
    radius = _ring_radius(len(inner)) if len(inner) > 1 else 0.0
    return _ring(inner, radius, 0.5) | _ring(outer, radius + 1.3, 0.25)


def _ring_radius(count: int) -> float:
    return max(1.0, count * 0.36)


def _ring(names: Sequence[str], radius: float, turn: float) -> dict[str, Point]:
    """Return points on a circle; `turn` is where the first lies: 0.5 is left, 0.25 at the top."""
    places = {}
    for index, name in enumerate(names):
        angle = 2 * math.pi * (turn - index / len(names))
        places[name] = (radius * math.cos(angle), radius * math.sin(angle))
    return places


def _draw_thread(ax: Axes, name: str, place: Point, stuck: bool, places: dict[str, Point]) -> None:
    face, edge, width = (ALARM, VERMILLION, 2.5) if stuck else ("white", INK, 1.3)
    ax.add_patch(
        Circle(place, RADIUS, facecolor=face, edgecolor=edge, linewidth=width, zorder=3, gid=f"thread {name}")
    )
    x, y = place
    looks = {"fontsize": NORMAL, "fontweight": "bold", "color": INK, "zorder": 5, "parse_math": False}
    if len(name) <= INSIDE:
        ax.text(x, y, name, ha="center", va="center", **looks)
    else:
        below = y <= 0.01
        ax.text(
            x,
            y + (-1 if below else 1) * (RADIUS + 0.08),
            name,
            ha="center",
            va="top" if below else "bottom",
            **looks,
        )


def _draw_edges(ax: Axes, edges: Sequence[Wait], cycle: Sequence[Wait], places: dict[str, Point]) -> None:
    for wait in edges:
        strong = wait in cycle
        start, end = places[wait.thread], places[wait.holder]
        path, middle = _self_loop(start) if wait.thread == wait.holder else _bend(start, end)
        arrow = FancyArrowPatch(
            path[0],
            path[1],
            connectionstyle=path[2],
            arrowstyle="-|>,head_length=7,head_width=4",
            color=VERMILLION if strong else GREY,
            linewidth=3.0 if strong else 1.4,
            linestyle="-" if strong else (0, (5, 2)),
            shrinkA=0,
            shrinkB=0,
            zorder=2,
            gid="cycle" if strong else "wait",
        )
        ax.add_patch(arrow)
        ax.text(
            *middle,
            f"waits for {wait.name}",
            ha="center",
            va="center",
            fontsize=SMALL,
            color=INK,
            parse_math=False,
            zorder=4,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )


def _bend(start: Point, end: Point, bend: float = 0.28) -> tuple[tuple[Point, Point, str], Point]:
    """Return an arc between two circles, and its middle, where the label stands."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0)
    along, across = ((x1 - x0) / length, (y1 - y0) / length), ((y1 - y0) / length, -(x1 - x0) / length)
    # The arc leaves a circle at an angle to the straight line; so start and end lie where it crosses the rims.
    slant = math.atan(2 * bend)
    lead, side = RADIUS * 1.08 * math.cos(slant), RADIUS * 1.08 * math.sin(slant)
    first = (x0 + along[0] * lead + across[0] * side, y0 + along[1] * lead + across[1] * side)
    last = (x1 - along[0] * lead + across[0] * side, y1 - along[1] * lead + across[1] * side)
    short = math.hypot(last[0] - first[0], last[1] - first[1])
    rise = bend * short / 2
    middle = ((first[0] + last[0]) / 2 + across[0] * rise, (first[1] + last[1]) / 2 + across[1] * rise)
    return (first, last, f"arc3,rad={bend}"), middle


def _self_loop(place: Point) -> tuple[tuple[Point, Point, str], Point]:
    x, y = place
    reach = RADIUS * 0.72
    return ((x - reach, y + reach), (x + reach, y + reach), "arc3,rad=-1.9"), (x, y + RADIUS + 0.58)


def _fit(ax: Axes, places: dict[str, Point], edges: Sequence[Wait]) -> None:
    xs, ys = [x for x, _ in places.values()] or [0], [y for _, y in places.values()] or [0]
    ax.set_xlim(min(xs) - 1.0, max(xs) + 1.0)
    loop = any(wait.thread == wait.holder for wait in edges)
    ax.set_ylim(min(ys) - 0.7, max(ys) + (1.1 if loop else 0.7))


def _told(edges: Sequence[Wait], cycle: Sequence[Wait], when: str) -> str:
    if not edges:
        return f"Wait-for graph {when}: no thread waits for another."
    lines = ", ".join(f"{wait.thread} waits for {wait.name} held by {wait.holder}" for wait in edges)
    if not cycle:
        return f"Wait-for graph {when}: {lines}. There is no cycle."
    ring = " → ".join([wait.thread for wait in cycle] + [cycle[0].thread])
    return f"Wait-for graph {when}: {lines}. The cycle {ring} is a deadlock."
