"""How a chart reaches the reader: a figure that shows itself in a notebook, with alternative text."""

from __future__ import annotations

import base64
import html
import io
from typing import Any
from weakref import WeakKeyDictionary

from matplotlib.axes import Axes
from matplotlib.figure import Figure

WIDTH_IN = 9.0
CSS_DPI = 96
SHARPNESS = 2  # device pixels for each pixel on the page, so that a projector shows clean edges

_told: WeakKeyDictionary[Axes, str] = WeakKeyDictionary()


class ChartFigure(Figure):
    """A figure outside pyplot that shows itself in a notebook, as an image that carries alternative text."""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
        # JupyterLab gives no alt to an image/png, only to an <img> of ours; other readers take the png.
        png = base64.b64encode(self.png()).decode()
        alt = alt_text(self)
        bundle = {"text/html": self._image(png), "image/png": png, "text/plain": alt or repr(self)}
        return bundle, {"image/png": {"alt": alt, "width": self._width}}

    def html(self) -> str:
        """Return the picture as an HTML image that carries its alternative text."""
        return self._image(base64.b64encode(self.png()).decode())

    def _image(self, png: str) -> str:
        style = "max-width:100%; height:auto; background:white"
        source, alt = f"data:image/png;base64,{png}", html.escape(alt_text(self))
        return f'<img src="{source}" alt="{alt}" width="{self._width}" style="{style}">'

    @property
    def _width(self) -> int:
        """How wide it stands on a page, in CSS pixels."""
        return round(self.get_figwidth() * CSS_DPI)

    def png(self) -> bytes:
        """Return the picture as the bytes of a PNG file."""
        file = io.BytesIO()
        self.savefig(file, format="png", dpi=CSS_DPI * SHARPNESS)
        return file.getvalue()


class ChartAxes(Axes):
    """Axes whose figure is shown where they are the last expression of a cell."""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
        return self.figure._repr_mimebundle_()


def panels(
    rows: int = 1, columns: int = 1, *, width_in: float | None = None, height_in: float | None = None
) -> tuple[Axes, ...]:
    """Return the empty Axes of a new figure, row by row, for charts that are to be seen together.

    Args:
        rows: number of rows, at least 1.
        columns: number of columns, at least 1.
        width_in: width of the whole figure in inches; None is 9, or 4.5 a column if that is more.
        height_in: height of the whole figure in inches; None gives each row 3.

    Raises:
        ValueError: there would be no Axes, or no figure.

    >>> len(panels(2, 3))
    6
    """
    if rows < 1 or columns < 1:
        raise ValueError(f"panels needs at least 1 row and 1 column, not {rows} and {columns}")
    size = (width_in or max(WIDTH_IN, 4.5 * columns), height_in or 3.0 * rows)
    figure = ChartFigure(figsize=size, layout="constrained", facecolor="white")
    return tuple(
        figure.add_subplot(rows, columns, place + 1, axes_class=ChartAxes) for place in range(rows * columns)
    )


def axes_for(ax: Axes | None, height_in: float, width_in: float = WIDTH_IN) -> Axes:
    """Return `ax`, or the only Axes of a new figure.

    Raises:
        TypeError: `ax` is neither None nor an Axes.
    """
    if ax is None:
        return panels(width_in=width_in, height_in=height_in)[0]
    if not isinstance(ax, Axes):
        raise TypeError(f"ax must be a matplotlib Axes or None, not {ax!r} ({type(ax).__name__})")
    return ax


def describe(ax: Axes, text: str) -> Axes:
    """Keep what a chart shows, in words, and return its Axes."""
    _told[ax] = text
    return ax


def told(ax: Axes) -> str:
    """Return in words what this Axes alone shows; empty where it has no chart of ours."""
    return _told.get(ax, "")


def alt_text(chart: Axes | Figure) -> str:
    """Return in words what a chart's whole figure shows; empty where it has no chart of ours.

    Raises:
        TypeError: `chart` is neither an Axes nor a Figure.
    """
    if not isinstance(chart, Axes | Figure):
        raise TypeError(f"alt_text takes a chart's Axes or Figure, not {chart!r} ({type(chart).__name__})")
    figure = chart.figure if isinstance(chart, Axes) else chart
    return " ".join(_told[ax] for ax in figure.axes if ax in _told)
