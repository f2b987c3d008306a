"""What moves in class: `Live` shows an experiment while real threads run, and `step` lets one schedule them.

`experiments` says what an experiment is, `session` runs one and watches it through `feed` and `cycles`,
`timeline` shows it in the browser while it moves, and `picture` is what is left of it at the end;
`stepping` is the stepper's. `modules` joins the JavaScript beside them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .experiments import Choice, Experiment, Scene, Slider

if TYPE_CHECKING:
    from .timeline import Live

__all__ = ["Choice", "Experiment", "Live", "Scene", "Slider"]


def __getattr__(name: str) -> Any:
    """Fetch the widget when it is first used: a lesson's experiments are declared without it."""
    if name != "Live":
        raise AttributeError(f"helpers.live has no {name!r}. It has: {', '.join(__all__)}.")
    return import_module("helpers.live.timeline").Live
