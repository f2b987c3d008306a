"""The philosophers' table, drawn from a Trace: who holds which fork, and who waits for which."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch
from matplotlib.path import Path

from helpers.charts.show import axes_for, describe
from helpers.charts.style import BLUE, GREY, INK, NORMAL, VERMILLION, check_trace, frame, number
from helpers.trace import Trace

SEAT, FORK, TABLE = 1.0, 0.56, 0.74  # distances from the middle: of philosophers, of forks; the table's edge
RADIUS = 0.17  # of a philosopher's circle
EATS, WAITS, IDLE = "#CDEBDF", "#FBE0D2", "white"  # faces: has both forks; has to wait; neither

Point = tuple[float, float]


@dataclass(frozen=True)
class Seat:
    """One philosopher at a moment: the forks that are held, by number, and the lock that is waited for."""

    number: int
    holds: tuple[int, ...]
    waits_for: str | None

    @property
    def wants(self) -> int | None:
        """The number of the fork that is waited for, or None."""
        return fork_number(self.waits_for)

    def state(self) -> str:
        """Return in a few words what the philosopher does.

        >>> Seat(0, (0, 1), None).state(), Seat(0, (0,), "forks[1]").state(), Seat(0, (), "waiter").state()
        ('has both', 'waits for 1', 'waits for waiter')
        """
        if self.waits_for is not None:
            return f"waits for {self.waits_for if self.wants is None else self.wants}"
        return "has both" if len(self.holds) == 2 else f"has {self.holds[0]}" if self.holds else ""


def table(trace: Trace, ax: Axes | None = None, *, at: float | None = None) -> Axes:
    """Draw philosophers around their table: a fork lies between two of them, or in front of who holds it.

    The philosophers are the threads P0, P1, and so on, and the forks the locks forks[0], forks[1], and so
    on: fork k lies to the left of Pk, and fork k + 1 to the right.

    Args:
        trace: what happened.
        ax: where to draw; None makes a figure of its own.
        at: the moment to show, in the trace's unit; None is the end.

    Raises:
        TypeError: `trace` is no Trace.
        ValueError: the trace has no such threads, or `at` is outside it.
    """
    check_trace("table", trace)
    if at is not None and not 0 <= at <= trace.duration:
        whole = number(trace.duration, trace.unit)
        raise ValueError(f"at={at!r} is outside the trace, which lasts from 0 to {whole}")
    seats = seats_at(trace, at)
    when = "at the end" if at is None else f"after {number(at, trace.unit)}"
    ax = axes_for(ax, height_in=4.6, width_in=7.2)
    frame(ax, f"The table {when}", "", grid="")
    ax.set_axis_off()
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0)
    ax.update_datalim([(-1.95, -1.25), (1.95, 1.2)])
    ax.autoscale_view()
    ax.add_patch(Circle((0, 0), TABLE, facecolor="#F3ECE2", edgecolor=GREY, linewidth=1.2, gid="table"))
    places = _fork_places(seats)
    for fork, (place, holder) in enumerate(places):
        _draw_fork(ax, fork, place, held=holder is not None)
    for seat in seats:
        _draw_seat(ax, seat, _on_ring(seat.number, len(seats), SEAT))
        if seat.wants is not None:
            _draw_wish(ax, seat, len(seats), places[seat.wants][0])
    looks = {"fontsize": 12, "color": GREY, "ha": "center", "va": "bottom", "in_layout": False}
    ax.text(0.5, 0.0, _finding(seats), transform=ax.transAxes, **looks)
    return describe(ax, _told(seats, when))


def seats_at(trace: Trace, at: float | None = None) -> tuple[Seat, ...]:
    """Return what each philosopher holds and waits for, at a moment (the end where None), by seat.

    Raises:
        ValueError: the trace has no threads P0, P1, and so on.
    """
    count = len([record for record in trace.threads if re.fullmatch(r"P\d+", record.name)])
    if not count:
        raise ValueError("the trace has no philosophers: no thread is named P0, P1, and so on")
    waits = {wait.thread: wait.name for wait in trace.wait_edges(at)}
    return tuple(Seat(seat, _holds(trace, f"P{seat}", at), waits.get(f"P{seat}")) for seat in range(count))


def _holds(trace: Trace, philosopher: str, at: float | None) -> tuple[int, ...]:
    moment = trace.duration if at is None else at
    held = []
    for row in trace.select(philosopher):
        fork = fork_number(row.name)
        if fork is None or row.acquired is None:
            continue
        until = math.inf if row.outcome == "held" else row.acquired + trace.hold_of(row)
        if row.acquired <= moment < until:
            held.append(fork)
    return tuple(held)


def fork_number(name: str | None) -> int | None:
    """Return the number of a fork, or None where the name is not that of a fork.

    >>> fork_number("forks[3]"), fork_number("table.forks[3]"), fork_number("waiter"), fork_number(None)
    (3, 3, None, None)
    """
    found = re.fullmatch(r"(?:\w+\.)?forks\[(\d+)\]", name or "")
    return int(found[1]) if found else None


# ---- places: seat 0 is at the top, and the numbers go round clockwise


def _on_ring(place: float, count: int, distance: float) -> Point:
    """Return the point at a distance from the middle; place 0 is at the top, and `count` places go round."""
    angle = math.pi / 2 - 2 * math.pi * place / count
    return distance * math.cos(angle), distance * math.sin(angle)


def _fork_places(seats: Sequence[Seat]) -> list[tuple[Point, int | None]]:
    """Return for each fork where it lies, and the seat of its holder or None."""
    count, places = len(seats), []
    for fork in range(count):
        holder = next((seat.number for seat in seats if fork in seat.holds), None)
        place = fork - 0.5  # between the philosophers fork - 1 and fork
        if holder is not None:
            place = holder - 0.16 if fork == holder else holder + 0.16
        places.append((_on_ring(place, count, FORK), holder))
    return places


# ---- drawing


def _draw_fork(ax: Axes, fork: int, place: Point, held: bool) -> None:
    """Draw a fork that points to the middle: blue and thick where it is held."""
    length = math.hypot(*place)
    out = (place[0] / length, place[1] / length)
    side = (-out[1], out[0])
    colour, width = (BLUE, 3.4) if held else (INK, 1.6)

    def at(along: float, across: float) -> Point:
        return (
            place[0] + along * out[0] + across * side[0],
            place[1] + along * out[1] + across * side[1],
        )

    strokes = [
        [at(0.13, 0), at(-0.06, 0)],
        [at(-0.15, -0.05), at(-0.06, -0.05), at(-0.06, 0.05), at(-0.15, 0.05)],
    ]
    strokes.append([at(-0.06, 0), at(-0.15, 0)])
    for stroke in strokes:
        xs, ys = zip(*stroke, strict=True)
        ax.plot(xs, ys, color=colour, linewidth=width, solid_capstyle="round", zorder=3, gid=f"fork {fork}")
    x, y = at(-0.25, 0)
    looks = {"fontsize": NORMAL, "fontweight": "bold", "color": colour, "ha": "center", "va": "center"}
    ax.text(x, y, str(fork), zorder=5, in_layout=False, **looks)


def _draw_seat(ax: Axes, seat: Seat, place: Point) -> None:
    waits, both = seat.waits_for is not None, len(seat.holds) == 2
    face = WAITS if waits else EATS if both else IDLE
    edge, width = (VERMILLION, 2.4) if waits else (INK, 2.0 if both else 1.2)
    looks = {"facecolor": face, "edgecolor": edge, "linewidth": width, "zorder": 4}
    ax.add_patch(Circle(place, RADIUS, gid=f"seat {seat.number}", **looks))
    text = {"color": INK, "zorder": 5, "in_layout": False}
    ax.text(*place, f"P{seat.number}", fontsize=12, fontweight="bold", ha="center", va="center", **text)
    beside = abs(place[0]) > 0.1
    shift = RADIUS + 0.06
    x = place[0] + math.copysign(shift, place[0]) if beside else place[0] + shift
    ha = "right" if beside and place[0] < 0 else "left"
    ax.text(x, place[1], seat.state(), fontsize=NORMAL + 1, ha=ha, va="center", **text)


def _draw_wish(ax: Axes, seat: Seat, count: int, fork: Point) -> None:
    """Draw an arrow from who waits to the fork that is waited for."""
    start = _on_ring(seat.number, count, SEAT)
    away = (fork[0] - start[0], fork[1] - start[1])
    length = math.hypot(*away)
    first = (start[0] + away[0] / length * (RADIUS + 0.02), start[1] + away[1] / length * (RADIUS + 0.02))
    last = (fork[0] - away[0] / length * 0.1, fork[1] - away[1] / length * 0.1)
    looks = {"color": VERMILLION, "linewidth": 2.2, "zorder": 4}
    head = "-|>,head_length=7,head_width=4"
    path = Path([first, last])
    ax.add_patch(FancyArrowPatch(path=path, arrowstyle=head, mutation_scale=1, gid="waits", **looks))


def _finding(seats: Sequence[Seat]) -> str:
    """Return in one line how far the dinner is.

    >>> _finding([Seat(0, (0,), "forks[1]"), Seat(1, (1,), "forks[0]")])
    'everybody has a fork, and waits for another'
    >>> _finding([Seat(0, (0, 1), None), Seat(1, (), "forks[0]")])
    '1 can eat, 1 waits'
    """
    if all(seat.holds and seat.wants is not None for seat in seats):
        return "everybody has a fork, and waits for another"
    eat = sum(len(seat.holds) == 2 for seat in seats)
    wait = sum(seat.waits_for is not None for seat in seats)
    return f"{eat} can eat, {wait} wait{'s' if wait == 1 else ''}"


def _told(seats: Sequence[Seat], when: str) -> str:
    """Return the picture in words."""
    phrases = []
    for seat in seats:
        holds = " and ".join(f"fork {fork}" for fork in seat.holds)
        wanted = seat.waits_for if seat.wants is None else f"fork {seat.wants}"
        wants = f"waits for {wanted}" if wanted else ""
        doing = ", ".join(filter(None, [f"holds {holds}" if holds else "", wants])) or "has no fork"
        phrases.append(f"P{seat.number} {doing}")
    return f"The philosophers' table {when}: {'; '.join(phrases)}."
