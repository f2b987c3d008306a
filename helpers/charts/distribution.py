"""Waits as a distribution: for each time, the share of requests that waited no longer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from ..trace import Trace
from .show import axes_for, describe
from .style import INK, NORMAL, SERIES, check_trace, frame, key_above, number

MARKED = (50, 99)
ROOM = 1.4  # of the x axis, in lengths of what is drawn: labels stand at the right of their points
DECADES = 30  # greatest over median from which a logarithmic axis reads better


def waits(trace: Trace | Mapping[str, Trace], ax: Axes | None = None, *, name: str | None = None) -> Axes:
    """Draw how long requests waited: the height at a time is the share of requests that waited no longer.

    The median and the 99th percentile are marked.

    Args:
        trace: what happened; or several traces by label, to be compared.
        ax: where to draw; None makes a figure of its own.
        name: the lock whose requests count; None takes all locks.

    Raises:
        TypeError: `trace` is neither a Trace nor a mapping of labels to Traces.
        ValueError: the traces are in different units, there is none, or none has a lock of that name.
    """
    traces = _checked(trace, name)
    unit = next(iter(traces.values())).unit
    samples = {label: numpy.sort(each.waits(name=name)) for label, each in traces.items()}
    samples = {label: values for label, values in samples.items() if len(values)}
    ax = axes_for(ax, height_in=3.4)
    of = f" for {name}" if name else ""
    frame(ax, f"How long requests{of} waited", f"wait ({'steps' if unit == 'step' else 'ms'})", grid="both")
    smallest = _scale(ax, samples)
    handles = []
    for (label, values), style in zip(samples.items(), _styles(len(samples)), strict=True):
        handles.append(_draw_one(ax, label, values, style, smallest, unit, alone=len(samples) == 1))
    if len(samples) > 1:
        key_above(ax, handles, columns=1)
    ax.set_ylim(0, 104)
    ax.set_ylabel("requests that waited\nno longer (%)", fontsize=NORMAL, color=INK)
    return describe(ax, _told(samples, unit, of))


def _checked(trace: Trace | Mapping[str, Trace], name: str | None) -> dict[str, Trace]:
    traces = dict(trace) if isinstance(trace, Mapping) else {"": trace}
    if not traces:
        raise ValueError("waits needs at least one Trace; the mapping is empty")
    for each in traces.values():
        check_trace("waits", each)
    units = sorted({each.unit for each in traces.values()})
    if len(units) > 1:
        raise ValueError(f"waits compares traces in one unit, not in {' and '.join(units)}")
    known = list(dict.fromkeys(lock for each in traces.values() for lock in each.lock_names()))
    if name is not None and name not in known:
        raise ValueError(f"no lock {name!r} in this trace; it has {', '.join(map(repr, known)) or 'none'}")
    return traces


def _styles(count: int) -> list[tuple[str, str, str]]:
    return [SERIES[number_ % len(SERIES)] for number_ in range(count)]


def _scale(ax: Axes, samples: Mapping[str, numpy.ndarray]) -> float:
    """Choose a linear or a logarithmic axis, and return the shortest wait it can show."""
    if not samples:
        ax.text(0.5, 0.5, "no request for a lock", transform=ax.transAxes, ha="center", color=INK)
        return 0.0
    values = numpy.concatenate(list(samples.values()))
    greatest, positive = values.max(), values[values > 0]
    if greatest <= 0 or greatest < DECADES * numpy.median(positive):
        ax.set_xlim(0, greatest * ROOM or 1.0)
        return 0.0
    smallest = 10 ** numpy.floor(numpy.log10(numpy.percentile(positive, 1)))
    ax.set_xscale("log")
    ax.set_xlim(smallest, smallest * (greatest / smallest) ** ROOM)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    return smallest


def _draw_one(
    ax: Axes,
    label: str,
    values: numpy.ndarray,
    style: tuple[str, str, str],
    smallest: float,
    unit: str,
    alone: bool,
) -> Line2D:
    colour, line, marker = style
    shown = numpy.maximum(values, smallest)
    share = 100 * numpy.arange(1, len(values) + 1) / len(values)
    x, y = numpy.concatenate([shown[:1], shown]), numpy.concatenate([[0.0], share])
    ax.plot(x, y, color=colour, linestyle=line, linewidth=2.0, drawstyle="steps-post", gid=label or "waits")
    told = []
    for percent in MARKED:
        value = at_percent(values, percent)
        at = max(value, smallest)
        ax.plot([at, at], [0, percent], color=colour, linewidth=1.0, linestyle=":", zorder=1)
        point = {"marker": marker, "color": colour, "markeredgecolor": "white", "markersize": 9}
        ax.plot([at], [percent], clip_on=False, zorder=5, gid=f"{percent} %", **point)
        told.append(f"{percent} % ≤ {number(value, unit)}")
        if alone:
            _label(ax, at, percent, told[-1].replace("≤", "waited ≤"))
    return Line2D([], [], color=colour, linestyle=line, marker=marker, label=f"{label}:  " + ",  ".join(told))


def at_percent(values: numpy.ndarray, percent: float) -> float:
    """Return the shortest of the sorted waits that at least `percent` % of the requests did not exceed.

    >>> at_percent(numpy.array([0.0, 1.0, 2.0, 30.0]), 50), at_percent(numpy.array([0.0, 1.0, 2.0, 30.0]), 99)
    (1.0, 30.0)
    """
    return float(values[max(0, int(numpy.ceil(len(values) * percent / 100)) - 1)])


def _label(ax: Axes, value: float, percent: float, text: str) -> None:
    """Write below and at the right of the point, where the curve never is."""
    patch = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
    looks = {"fontsize": NORMAL, "color": INK, "bbox": patch, "zorder": 4}
    ax.annotate(text, (value, percent), (9, -13), textcoords="offset points", **looks)


def _told(samples: Mapping[str, numpy.ndarray], unit: str, of: str) -> str:
    if not samples:
        return "Distribution of waits: no request for a lock."
    lines = []
    for label, values in samples.items():
        marks = ", ".join(
            f"{mark} % waited at most {number(at_percent(values, mark), unit)}" for mark in MARKED
        )
        lines.append(f"{label + ': ' if label else ''}of {len(values)} requests {marks}")
    return f"Distribution of the waits{of}: {'; '.join(lines)}."
