"""Lesson 07: a drawing of what tells deadlock, livelock, starvation and slow apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes

from helpers import Trace, panels
from helpers.charts.show import describe
from helpers.charts.style import BLUE, GREEN, GREY, INK, NORMAL, VERMILLION, frame
from helpers.lessons.livelock.measures import Signs, signs_of

COLUMNS = (
    ("processor time (ms)", BLUE, lambda signs: signs.cpu_ms),
    ("tries refused", VERMILLION, lambda signs: signs.refused),
    ("progress marks", GREEN, lambda signs: signs.progress),
)


def signs(traces: Mapping[str, Trace]) -> Axes:
    """Draw for each thread of some programs how busy it was, how often it was refused, and how far it got.

    Args:
        traces: what happened, by the program's name.

    Returns:
        The first of three Axes of one figure; the last expression of a cell shows them all.
    """
    seen = {name: signs_of(trace) for name, trace in traces.items()}
    places = _places(seen)
    axes = panels(1, 3, width_in=11, height_in=1.4 + 0.27 * max(places.values()))
    for ax, (what, colour, value) in zip(axes, COLUMNS, strict=True):
        frame(ax, what, "", grid="")
        values = {key: value(each) for key, each in _each(seen)}
        most = max(values.values()) or 1
        for key, place in places.items():
            ax.barh(place, values[key], 0.75, color=colour, gid=f"{key[0]} {key[1]}")
            strong = "bold" if values[key] >= 0.5 else "normal"
            looks = {"fontsize": NORMAL, "color": INK if strong == "bold" else GREY, "fontweight": strong}
            ax.text(values[key] + 0.03 * most, place, f"{values[key]:,.0f}", va="center", **looks)
        ax.set_xlim(0, 1.3 * most)
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
        ax.set_yticks(list(places.values()), [thread for _, thread in places], fontsize=NORMAL)
        ax.set_ylim(max(places.values()) + 0.8, -1.6)
        for name in seen:
            top = min(place for (program, _), place in places.items() if program == name)
            if ax is axes[0]:
                ax.text(0, top - 0.95, name, fontsize=12, fontweight="bold", color=INK, va="center")
        describe(ax, _told(what, seen, value))
    return axes[0]


def _each(seen: Mapping[str, Sequence[Signs]]) -> list[tuple[tuple[str, str], Signs]]:
    return [((name, each.thread), each) for name, threads in seen.items() for each in threads]


def _places(seen: Mapping[str, Sequence[Signs]]) -> dict[tuple[str, str], float]:
    """Return the row of each thread from the top, with room for a name above each program."""
    places, row = {}, 0.0
    for name, threads in seen.items():
        for each in threads:
            places[name, each.thread] = row
            row += 1
        row += 1.6
    return places


def _told(what: str, seen: Mapping[str, Sequence[Signs]], value: Callable[[Signs], float]) -> str:
    phrases = (
        f"{name}: " + ", ".join(f"{each.thread} {value(each):.0f}" for each in threads)
        for name, threads in seen.items()
    )
    return f"Bars, {what}. {'; '.join(phrases)}."
