"""Contention: which part of their lives threads spent waiting, and for which locks."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from ..trace import Trace
from .show import axes_for, describe
from .style import GREY, INK, LOOKS, NORMAL, SMALL, check_trace, frame

ROW_IN = 0.32
MOST = 16  # bars of a group; the rest, which waited less, are counted in one line


def contention(trace: Trace, ax: Axes | None = None) -> Axes:
    """Draw the part of its life that each thread waited for locks, and what each lock cost all threads.

    Args:
        trace: what happened.
        ax: where to draw; None makes a figure of its own.

    Raises:
        TypeError: `trace` is no Trace.
    """
    check_trace("contention", trace)
    askers = {row.thread for row in trace.select()}
    threads = [record.name for record in trace.threads if record.name in askers]
    by_thread = [(name, trace.wait_share(name)) for name in threads]
    by_lock = [(name, trace.lock_wait_share(name)) for name in trace.lock_names()]
    groups = (
        []
        if not threads
        else [
            ("by thread (% of its own life)", _most(by_thread, "threads")),
            ("by lock (% of all threads' lives)", _most(by_lock, "locks")),
        ]
    )
    rows = sum(len(bars) + 1 for _, bars in groups)
    ax = axes_for(ax, height_in=1.0 + ROW_IN * max(rows, 3))
    frame(ax, "How much of the time is lost to waiting", "waiting (% of time)")
    _draw(ax, groups)
    if not groups:
        ax.text(0.5, 0.5, "no thread asked for a lock", transform=ax.transAxes, ha="center", color=GREY)
    return describe(ax, _told(by_thread, by_lock))


Share = tuple[str, float | None]


def _most(shares: Sequence[Share], what: str) -> list[Share]:
    """Return all shares, or the greatest and a line that counts the others (its share is None)."""
    if len(shares) <= MOST:
        return list(shares)
    ranked = sorted(shares, key=lambda share: -share[1])
    return [*ranked[: MOST - 1], (f"{len(shares) - MOST + 1} other {what}", None)]


def _draw(ax: Axes, groups: Sequence[tuple[str, Sequence[Share]]]) -> None:
    look, y, ticks = LOOKS["waiting"], 0.0, []
    for title, shares in groups:
        patch = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        ax.text(0.5, y, title, fontsize=SMALL, color=GREY, va="center", bbox=patch)
        y -= 1
        for name, share in shares:
            ticks.append((y, name))
            if share is not None:
                width = 100 * share
                ax.barh(y, width, 0.7, color=look.face, edgecolor=look.edge, hatch=look.hatch, linewidth=0.8)
                ax.text(width + 0.8, y, percent(share), va="center", fontsize=NORMAL, color=INK)
            y -= 1
    ax.set_yticks([at for at, _ in ticks], [name for _, name in ticks], parse_math=False)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(y + 0.3, 0.6)
    ax.set_xlim(0, 110)
    ax.set_xticks(range(0, 101, 20))
    ax.spines["left"].set_bounds(y + 0.5, 0)


def percent(share: float) -> str:
    """Return a share in percent: whole numbers, one decimal below ten.

    >>> percent(0.834), percent(0.0123), percent(0.0), percent(1.0), percent(0.0001)
    ('83 %', '1.2 %', '0 %', '100 %', '< 0.1 %')
    """
    if 0 < share < 0.0005:
        return "< 0.1 %"
    return f"{100 * share:.0f} %" if share == 0 or share >= 0.0995 else f"{100 * share:.1f} %"


def _told(by_thread: Sequence[Share], by_lock: Sequence[Share]) -> str:
    if not by_thread:
        return "Bars of waiting: no thread asked for a lock."

    def listed(shares: Sequence[Share]) -> str:
        ranked = sorted(shares, key=lambda share: -share[1])[:8]
        return ", ".join(f"{name} {percent(share)}" for name, share in ranked)

    return (
        f"Bars of the part of their lives that threads spent waiting for locks: {listed(by_thread)}. "
        f"Of all threads' lives, each lock cost: {listed(by_lock)}."
    )
