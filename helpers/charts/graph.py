"""The wait-for graph: a circle a thread, an arrow from who waits to who holds; a cycle is a deadlock."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from ..trace import Trace, Wait
from .show import axes_for, describe
from .style import GREY, INK, NORMAL, SMALL, VERMILLION, check_trace, frame, number, wrapped

RADIUS = 0.3  # of a thread's circle, where a ring of few threads has radius 1
INSIDE = 5  # letters of a name that fit in its circle
BEND = 0.3  # how far an arrow leaves the straight line, as a part of its length
FEW = 4  # arrows up to which each says "waits for"
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
    ax = axes_for(ax, height_in=4.2 if edges else 1.6, width_in=6.5)
    when = _when(trace.unit, at)
    frame(ax, f"Who waits for whom, {when}", "", grid="")
    ax.set_axis_off()
    places = _places(edges, cycle)
    _fit(ax, places, loop=any(wait.thread == wait.holder for wait in edges))
    for wait in edges:
        _draw_wait(
            ax, wait, wait in cycle, places, f"waits for {wait.name}" if len(edges) <= FEW else wait.name
        )
    for name, place in places.items():
        _draw_thread(ax, name, place, stuck=name in {wait.thread for wait in cycle})
    _draw_verdict(ax, edges, cycle)
    return describe(ax, _told(edges, cycle, when))


def _when(unit: str, at: float | None) -> str:
    if at is None:
        return "at the end"
    return f"at {number(at, unit)}" if unit == "ms" else f"at step {at:g}"


# ---- where threads stand


def _places(edges: Sequence[Wait], cycle: Sequence[Wait]) -> dict[str, Point]:
    """Return a place for each thread that waits or is waited for.

    Those of the cycle stand on a ring and the others around it; one that all wait for stands in the middle.
    """
    everyone = list(dict.fromkeys(name for wait in edges for name in (wait.thread, wait.holder)))
    holders = {wait.holder for wait in edges}
    inner = [wait.thread for wait in cycle]
    if not inner and len(holders) == 1 and len(everyone) > 3:
        inner = list(holders)
    outer = [name for name in everyone if name not in inner]
    long = 1.4 if any(len(name) > INSIDE for name in everyone) else 1.0
    if not inner:
        return _ring(outer, long * _ring_radius(len(outer)), turn=0.5)
    radius = _ring_radius(len(inner)) if len(inner) > 1 else 0.0
    around = max(radius + 1.2, _ring_radius(len(outer)) * 1.1)
    return _ring(inner, radius, turn=0.5) | _ring(outer, around, turn=0.25)


def _ring_radius(count: int) -> float:
    return max(1.0, count * 0.27)


def _ring(names: Sequence[str], radius: float, turn: float) -> dict[str, Point]:
    """Return points on a circle, clockwise; `turn` is where the first lies: 0.5 is left, 0.25 at the top."""
    angles = [2 * math.pi * (turn - index / len(names)) for index in range(len(names))]
    points = [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]
    return dict(zip(names, points, strict=True))


def _fit(ax: Axes, places: dict[str, Point], loop: bool) -> None:
    """Choose limits that leave room for arcs, labels and long names."""
    xs, ys = [x for x, _ in places.values()] or [0.0], [y for _, y in places.values()] or [0.0]
    middle, half = (min(xs) + max(xs)) / 2, (max(xs) - min(xs)) / 2 + 1.2
    long = max((TextPath((0, 0), name, size=NORMAL).get_extents().width for name in places), default=0.0)
    beside = any(len(name) > INSIDE and abs(place[0]) > 0.5 for name, place in places.items())
    if beside:
        width = 72 * ax.get_position().width * ax.figure.get_figwidth()
        half /= max(0.35, 1 - 2 * long / width)
    ax.margins(0)
    ax.update_datalim([(middle - half, min(ys) - 0.9), (middle + half, max(ys) + 0.9 + 0.5 * loop)])
    ax.autoscale_view()
    # Wider limits, not a smaller picture: so the title stays at the left edge.
    ax.set_aspect("equal", adjustable="datalim")


# ---- drawing


def _draw_thread(ax: Axes, name: str, place: Point, stuck: bool) -> None:
    face, edge, width = (ALARM, VERMILLION, 2.5) if stuck else ("white", INK, 1.3)
    looks = {"facecolor": face, "edgecolor": edge, "linewidth": width, "zorder": 3}
    ax.add_patch(Circle(place, RADIUS, gid=f"thread {name}", **looks))
    anchor = {"ha": "center", "va": "center"} if len(name) <= INSIDE else _outward(place)
    distance = 0.0 if len(name) <= INSIDE else RADIUS + 0.08
    x, y = _moved(place, place if place != (0.0, 0.0) else (0.0, -1.0), distance)
    text = {"fontsize": NORMAL, "fontweight": "bold", "color": INK, "parse_math": False, "in_layout": False}
    ax.text(x, y, name, zorder=5, **text, **anchor)


def _draw_wait(ax: Axes, wait: Wait, strong: bool, places: dict[str, Point], label: str) -> None:
    start, end = places[wait.thread], places[wait.holder]
    looks: dict[str, Any] = {"color": GREY, "linewidth": 1.4, "linestyle": (0, (5, 2)), "gid": "wait"}
    if strong:
        looks = {"color": VERMILLION, "linewidth": 3.0, "linestyle": "-", "gid": "cycle"}
    if wait.thread == wait.holder:
        path, middle, away = _loop(start)
    else:
        path, middle, away = _arc(start, end, BEND if strong else 0.0)
    head = "-|>,head_length=7,head_width=4"
    ax.add_patch(FancyArrowPatch(path=path, arrowstyle=head, mutation_scale=1, zorder=2, **looks))
    level = abs(away[1]) > 3 * abs(away[0])  # a label on a level arrow would hide it
    x, y = _moved(middle, away, 0.14 if strong else RADIUS + 0.12 if level else 0.0)
    anchor = _outward(away) if strong or level else {"ha": "center", "va": "center"}
    patch = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
    text = {"fontsize": SMALL, "color": INK, "parse_math": False, "in_layout": False}
    ax.text(x, y, label, zorder=4, bbox=patch, **text, **anchor)


def _arc(start: Point, end: Point, bend: float) -> tuple[Path, Point, Point]:
    """Return an arc from rim to rim that bends to its left, its middle, and the direction of the bend."""
    (x0, y0), (x1, y1) = start, end
    across = (y0 - y1, x1 - x0)
    control = ((x0 + x1) / 2 + bend * across[0], (y0 + y1) / 2 + bend * across[1])
    first = _moved(start, (control[0] - x0, control[1] - y0), RADIUS)
    last = _moved(end, (control[0] - x1, control[1] - y1), RADIUS + 0.05)
    middle = tuple(0.25 * a + 0.5 * b + 0.25 * c for a, b, c in zip(first, control, last, strict=True))
    return Path([first, control, last], [Path.MOVETO, Path.CURVE3, Path.CURVE3]), middle, across


def _loop(place: Point) -> tuple[Path, Point, Point]:
    """Return an arc that leaves a circle at its upper left and comes back at its upper right."""
    x, y = place
    first, last = _moved(place, (-0.7, 1.0), RADIUS), _moved(place, (0.7, 1.0), RADIUS + 0.05)
    controls = [(x - 0.7, y + 1.0), (x + 0.7, y + 1.0)]
    codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    return Path([first, *controls, last], codes), (x, y + 0.82), (0.0, 1.0)


def _moved(point: Point, direction: Point, distance: float) -> Point:
    length = math.hypot(*direction) or 1.0
    return point[0] + direction[0] / length * distance, point[1] + direction[1] / length * distance


def _outward(direction: Point) -> dict[str, str]:
    """Return the alignment of a text that stands in a direction from its point.

    >>> _outward((1.0, 0.1)), _outward((0.0, 0.0)), _outward((0.3, -1.0))
    ({'ha': 'left', 'va': 'center'}, {'ha': 'center', 'va': 'top'}, {'ha': 'left', 'va': 'top'})
    """
    x, y = direction
    slant = abs(x) / (math.hypot(x, y) or 1.0)
    return {
        "ha": "center" if slant <= 0.2 else "left" if x > 0 else "right",
        "va": "center" if slant > 0.4 else "bottom" if y > 0 else "top",
    }


# ---- in words


def _draw_verdict(ax: Axes, edges: Sequence[Wait], cycle: Sequence[Wait]) -> None:
    looks = {"color": VERMILLION, "fontweight": "bold"} if cycle else {"color": GREY}
    height = 0.5 if not edges else 0.0
    ax.text(
        0.5,
        height,
        wrapped(ax, _verdict(edges, cycle), 12),
        transform=ax.transAxes,
        ha="center",
        va="top",
        fontsize=12,
        **looks,
    )


def _verdict(edges: Sequence[Wait], cycle: Sequence[Wait]) -> str:
    if len(cycle) == 1:
        return "a cycle of one: the thread waits for itself"
    if cycle:
        return f"a cycle of {len(cycle)}: deadlock"
    return "no cycle" if edges else "no thread waits for another"


def _told(edges: Sequence[Wait], cycle: Sequence[Wait], when: str) -> str:
    if not edges:
        return f"Wait-for graph {when}: no thread waits for another."
    lines = ", ".join(_told_wait(wait) for wait in edges)
    if not cycle:
        return f"Wait-for graph {when}: {lines}. There is no cycle."
    ring = " → ".join([wait.thread for wait in cycle] + [cycle[0].thread])
    return f"Wait-for graph {when}: {lines}. The cycle {ring} is a deadlock."


def _told_wait(wait: Wait) -> str:
    whole = f"{wait.thread} waits for {wait.name}"
    return whole if wait.name == f"end of {wait.holder}" else f"{whole} held by {wait.holder}"
