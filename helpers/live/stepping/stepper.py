"""The stepper as a widget: it sends the model's view to the browser, and does what was pressed there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import HTML, DisplayHandle, display

from ..modules import joined
from .model import Model
from .still import still_of
from .view import view_of

_HERE = Path(__file__).parent


class Stepper(anywidget.AnyWidget):
    """A program that stands still in a notebook, with a button for each thread.

    Under it lies a still picture of the same, which a saved notebook or an HTML export shows where there is
    no kernel and no widget.

    Args:
        model: the schedule that is built.

    Attributes:
        view: what is to be seen, as the browser draws it.
    """

    _esm = joined(_HERE / "stepper.js")
    _css = _HERE / "stepper.css"
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, model: Model) -> None:
        self.steps = model
        self._still: DisplayHandle | None = None
        super().__init__(view=view_of(model))
        self.on_msg(self._on_message)

    def press(self, action: str, value: Any = None) -> None:
        """Do what a button does.

        Args:
            action: "move", "draw", "undo", "reset", "finish", "show" or "next".
            value: the number of the thread that moves, or of the outcome that is drawn.
        """
        if action not in ("move", "draw", "undo", "reset", "finish", "show", "next"):
            raise ValueError(f"there is no button {action!r}")
        try:
            getattr(self.steps, action)(*([] if value is None else [value]))
        except (ValueError, RuntimeError) as error:  # a second click on the way, or a cell that is running
            self.steps.message = f"{error}."
        self._show()

    @property
    def still(self) -> Any:
        """The present state as a still picture, which shows itself in a notebook."""
        return still_of(self.view)

    def __repr__(self) -> str:
        return f"step({self.view['program']})"

    def _on_message(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        self.press(content.get("action", ""), content.get("value"))

    def _show(self) -> None:
        self.view = view_of(self.steps)
        if self._still is not None:
            self._still.update(HTML(self.still.html))

    def _ipython_display_(self) -> None:
        """Show the widget and, under it, a still picture, which the widget hides for as long as it lives."""
        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)
        self._still = display(HTML(self.still.html), display_id=True)
