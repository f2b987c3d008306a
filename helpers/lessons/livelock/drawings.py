"""Lesson 07: drawings that the charts do not have: retries against meals, and means on a theory's curve."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from math import sqrt
from statistics import fmean, stdev

from matplotlib.axes import Axes

from helpers import Sweep, Trace
from helpers.charts.show import axes_for, describe
from helpers.charts.style import (
    BLUE,
    GREEN,
    INK,
    NORMAL,
    VERMILLION,
    check_trace,
    frame,
    key_above,
)

Point = tuple[float, float]


def retries_and_meals(trace: Trace, ax: Axes | None = None) -> Axes:
    """Draw how many tries had been refused and how many meals eaten, as more and more forks were asked for.

    What is drawn against the requests does not depend on how fast the machine was.

    Args:
        trace: what happened.
        ax: where to draw; None makes a figure of its own.

    Raises:
        TypeError: `trace` is no Trace.
    """
    check_trace("retries_and_meals", trace)
    ax = axes_for(ax, height_in=3.8)
    requests = sorted(trace.select(), key=lambda row: row.requested)
    asked = [row.requested for row in requests]
    counted = {
        "retries": [number for number, row in enumerate(requests, start=1) if row.outcome == "refused"],
        "meals": [bisect(asked, note.requested) for note in trace.marks()],
    }
    told = " and ".join(_many(len(moments), what) for what, moments in counted.items())
    frame(ax, f"{told[0].upper()}{told[1:]}", "forks asked for so far", grid="y")
    ax.set_ylabel("refused or eaten so far", fontsize=NORMAL, color=INK)
    looks = {"retries": (VERMILLION, "--"), "meals": (GREEN, "-")}
    highest = max(len(moments) for moments in counted.values()) or 1
    for what, moments in counted.items():
        colour, line = looks[what]
        at, so_far = _stairs(moments, len(requests))
        ax.plot(at, so_far, color=colour, linestyle=line, linewidth=3, drawstyle="steps-post", gid=what)
        style = {"color": colour, "fontsize": 12, "fontweight": "bold", "va": "center"}
        text = _many(len(moments), what)
        ax.annotate(
            text,
            (len(requests), len(moments)),
            (8, 0),
            textcoords="offset points",
            annotation_clip=False,
            **style,
        )
    ax.set_xlim(0, len(requests) or 1)
    ax.set_ylim(-0.03 * highest, 1.1 * highest)
    return describe(ax, f"Lines over the forks asked for: {told} in {len(requests)} requests.")


def _many(count: int, what: str) -> str:
    """Return a count with its word.

    >>> _many(1, "retries"), _many(1, "meals"), _many(0, "meals")
    ('1 retry', '1 meal', '0 meals')
    """
    singular = {"retries": "retry", "meals": "meal"}
    return f"{count} {singular[what] if count == 1 else what}"


def _stairs(places: Sequence[int], end: int) -> tuple[list[int], list[int]]:
    """Return the corners of a line that climbs by one at each place.

    >>> _stairs([2, 3], 9)
    ([0, 2, 3, 9], [0, 1, 2, 2])
    """
    return [0, *places, end], [*range(len(places) + 1), len(places)]


def on_theory(result: Sweep, theory: Callable[[float], float], ax: Axes | None = None) -> Axes:
    """Draw the mean of what was measured at each setting, with its uncertainty, on the curve of a theory.

    Args:
        result: what was measured; its only series is named "", and its settings are numbers.
        theory: gives the expected mean at a setting.
        ax: where to draw; None makes a figure of its own.
    """
    ax = axes_for(ax, height_in=4.2)
    frame(ax, result.title, result.x_label, grid="y")
    ax.set_ylabel(result.y_label, fontsize=NORMAL, color=INK, parse_math=False)
    whole = all(isinstance(value, int) for value in result.x)
    xs = _between(result.x, whole)
    marker = {"marker": "_", "markersize": 16, "markeredgewidth": 2.5} if whole else {}
    (curve,) = ax.plot(
        xs,
        [theory(x) for x in xs],
        color=INK,
        linewidth=1.6,
        label="theory",
        gid="theory",
        zorder=2,
        **marker,
    )
    means = [mean_and_error(runs) for runs in result.series[""]]
    bars = ax.errorbar(
        result.x,
        [mean for mean, _ in means],
        yerr=[2 * error for _, error in means],
        label=f"mean of {result.repetitions():,} dinners, ± 2 standard errors",
        color=BLUE,
        fmt="o",
        markersize=9,
        capsize=6,
        linewidth=2,
        zorder=3,
        clip_on=False,
    )
    for x, (mean, _) in zip(result.x, means, strict=True):
        looks = {"fontsize": 12, "color": BLUE, "fontweight": "bold", "va": "center"}
        ax.annotate(
            f"{mean:.1f}" if mean >= 10 else f"{mean:.2f}",
            (x, mean),
            (12, 9),
            textcoords="offset points",
            **looks,
        )
    key_above(ax, [curve, bars])
    if whole:
        ax.set_xticks(xs)
    ax.set_ylim(0, 1.15 * max(mean + 2 * error for mean, error in means))
    measured = "; ".join(
        f"{x:g} measured {mean:.3g}, theory {theory(x):.3g}"
        for x, (mean, _) in zip(result.x, means, strict=True)
    )
    return describe(ax, f"{result.title}. Points on a curve, by {result.x_label}: {measured}.")


def mean_and_error(runs: Sequence[float]) -> Point:
    """Return the mean of some measurements, and its standard error.

    >>> mean_and_error([1, 3])
    (2.0, 1.0)
    """
    return fmean(runs), stdev(runs) / sqrt(len(runs))


def _between(settings: Sequence[float], whole: bool) -> list[float]:
    """Return where the theory is drawn: at each whole number, or at a hundred places.

    >>> _between([2, 5], whole=True)
    [2, 3, 4, 5]
    """
    low, high = min(settings), max(settings)
    if whole:
        return list(range(int(low), int(high) + 1))
    return [low + (high - low) * step / 100 for step in range(101)]
