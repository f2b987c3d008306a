"""The look that all charts share: colours that everybody tells apart, hatches, quiet axes, fitting text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.patches import Patch
from matplotlib.text import Text

# M. Okabe, K. Ito, "Color Universal Design", 2008: eight colours that colour-blind readers tell apart.
ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILLION, PURPLE, BLACK = "#0072B2", "#D55E00", "#CC79A7", "#000000"
INK, GREY, FAINT, BAND = "#222222", "#666666", "#D8D8D8", "#F5F5F5"

# Each series of a line chart, in this order, has a colour, a line style and a marker of its own.
SERIES = (
    (BLUE, "-", "o"),
    (VERMILLION, "--", "s"),
    (GREEN, "-.", "^"),
    (PURPLE, ":", "D"),
    (BLACK, "-", "v"),
)

SMALL, NORMAL, LARGE = 9, 10, 12.5
TITLE_PAD = 8  # points between a title and its data, where no legend lies in between


class Look(NamedTuple):
    """How bars of one meaning look; `edge` colours the hatch too, `thick` is a part of the row's height."""

    label: str
    face: str
    edge: str
    hatch: str
    thick: float


LOOKS = {
    "elsewhere": Look("blocked elsewhere", "#E3E3E3", "#9A9A9A", "", 0.45),
    "waiting": Look("waits", "#FBE3B3", "#B87A00", "////", 0.55),
    "shared": Look("holds, shared", SKY, "white", "....", 0.9),
    "exclusive": Look("holds", BLUE, "white", "", 0.9),
    "orphaned": Look("held on after its thread ended", "white", BLUE, "\\\\\\\\", 0.9),
    "stuck": Look("stuck: waits to the end", VERMILLION, "white", "xxx", 0.55),
    "read": Look("R reads", "white", INK, "", 0.8),
    "write": Look("W writes", "#4A4A4A", INK, "", 0.8),
}


def swatch(style: str, label: str) -> Patch:
    """Return a legend's sample of a bar."""
    look = LOOKS[style]
    edge = look.edge if look.edge != "white" or look.hatch else look.face
    return Patch(facecolor=look.face, edgecolor=edge, hatch=look.hatch, linewidth=0.8, label=label)


def frame(ax: Axes, title: str, x_label: str, grid: str = "x") -> None:
    """Give an Axes its title, its x label and a quiet frame."""
    ax.set_facecolor("white")
    title_at(ax, title, pad=TITLE_PAD)
    ax.set_xlabel(x_label, fontsize=NORMAL, color=INK, parse_math=False)
    ax.tick_params(labelsize=NORMAL, colors=INK, length=3)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GREY)
    ax.set_axisbelow(True)
    if grid:
        ax.grid(axis=grid, color=FAINT, linewidth=0.7)


def title_at(ax: Axes, title: str, pad: float) -> None:
    """Write the title, `pad` points above the data."""
    looks = {"fontsize": LARGE, "color": INK, "fontweight": "bold", "parse_math": False}
    ax.set_title(wrapped(ax, title, LARGE), loc="left", pad=pad, **looks)


def wrapped(ax: Axes, text: str, size: float) -> str:
    """Return a text with line breaks, so that it is no wider than its Axes; `size` is in points."""
    room = 72 * ax.get_position().width * ax.figure.get_figwidth()
    return textwrap.fill(text, max(12, int(room / (0.62 * size))), break_long_words=False)


def key_above(ax: Axes, handles: Sequence[Any], columns: int = 6) -> None:
    """Put the legend between title and data, where it cannot cover anything."""
    if not handles:
        return
    columns = _columns_that_fit(ax, [handle.get_label() for handle in handles], columns)
    lines = -(-len(handles) // columns)
    ax.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=columns,
        frameon=False,
        fontsize=SMALL,
        borderaxespad=0.2,
        borderpad=0.2,
        handlelength=1.8,
        handleheight=0.9,
        columnspacing=1.4,
    )
    title_at(ax, ax.get_title(loc="left"), pad=TITLE_PAD + 15 * lines)


def _columns_that_fit(ax: Axes, labels: Sequence[str], most: int) -> int:
    """Return in how many columns the entries of a legend can stand beside one another, at most `most`."""
    room = 72 * ax.get_position().width * ax.figure.get_figwidth()
    for columns in range(min(len(labels), most), 1, -1):
        lines = -(-len(labels) // columns)
        widest = [max(map(len, labels[first : first + lines])) for first in range(0, len(labels), lines)]
        if sum(0.6 * SMALL * letters + 40 for letters in widest) <= room:
            return columns
    return 1


class FittedText(Text):
    """Text in a box, in its middle or at a side: the first of `choices` that fits as it is drawn, or none."""

    def __init__(
        self,
        box: tuple[float, float, float, float],
        choices: Sequence[str],
        *,
        align: str = "center",
        **looks: Any,
    ) -> None:
        x0, x1, y0, y1 = box
        super().__init__(
            {"left": x0, "center": (x0 + x1) / 2, "right": x1}[align],
            (y0 + y1) / 2,
            choices[0],
            ha=align,
            va="center_baseline",
            parse_math=False,
            clip_on=True,
            **looks,
        )
        self.box, self.choices = box, tuple(choices)
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the first text that fits."""
        self.set_text(next((choice for choice in self.choices if self._fits(choice, renderer)), ""))
        super().draw(renderer)

    def _fits(self, choice: str, renderer: RendererBase) -> bool:
        x0, x1, y0, y1 = self.box
        (left, low), (right, high) = self.axes.transData.transform([(x0, y0), (x1, y1)])
        self.set_text(choice)
        extent = self.get_window_extent(renderer)
        return extent.width <= abs(right - left) - 2 and extent.height <= abs(high - low) * 1.25


def number(value: float, unit: str) -> str:
    """Return a time with its unit, to three digits.

    >>> number(12.3456, "ms"), number(0.00123, "ms"), number(1234.5, "ms")
    ('12.3 ms', '0.00123 ms', '1,234 ms')
    >>> number(1, "step"), number(7, "step")
    ('1 step', '7 steps')
    """
    if unit == "step":
        return f"{value:g} step" + ("" if value == 1 else "s")
    return f"{value:,.0f} ms" if abs(value) >= 100 else f"{value:.3g} ms"


def check_trace(word: str, trace: Any) -> None:
    """Refuse what is no Trace.

    Raises:
        TypeError: it is something else; the message names it.
    """
    from ..trace import Trace

    if not isinstance(trace, Trace):
        # A learner who has mended a program runs the old cell, which draws verdict.trace, once more.
        hint = "; a verdict has a trace only where explore found something bad" if trace is None else ""
        raise TypeError(f"{word} draws a Trace, not {trace!r} ({type(trace).__name__}){hint}")
