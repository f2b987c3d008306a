"""The few words a notebook needs, such as ``from helpers import run, timeline``.

Importing `helpers` is quick: each word is fetched from its module when it is first used, so matplotlib
and its like are loaded only by a notebook that draws.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.charts import alt_text, contention, panels, sweep, timeline, timelines, wait_for, waits
    from helpers.environment import check_environment
    from helpers.exploring import Choices, Verdict, enabled, explore, replay
    from helpers.live import Live
    from helpers.predictions import predict, reveal
    from helpers.running import mark, run
    from helpers.sweeps import Sweep
    from helpers.trace import Trace

__all__ = [
    "Choices",
    "Live",
    "Sweep",
    "Trace",
    "Verdict",
    "alt_text",
    "check_environment",
    "contention",
    "enabled",
    "explore",
    "mark",
    "panels",
    "predict",
    "replay",
    "reveal",
    "run",
    "sweep",
    "timeline",
    "timelines",
    "wait_for",
    "waits",
]

_HOMES = {
    "helpers.charts": (
        "alt_text",
        "contention",
        "panels",
        "sweep",
        "timeline",
        "timelines",
        "wait_for",
        "waits",
    ),
    "helpers.environment": ("check_environment",),
    "helpers.exploring": ("Choices", "Verdict", "enabled", "explore", "replay"),
    "helpers.live": ("Live",),
    "helpers.predictions": ("predict", "reveal"),
    "helpers.running": ("mark", "run"),
    "helpers.sweeps": ("Sweep",),
    "helpers.trace": ("Trace",),
}
_HOME_OF = {word: home for home, words in _HOMES.items() for word in words}


def __getattr__(name: str) -> Any:
    """Fetch a word from its module the first time it is used."""
    if name not in _HOME_OF:
        raise AttributeError(f"helpers has no {name!r}. It has: {', '.join(__all__)}.")
    word = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = word
    return word


def __dir__() -> list[str]:
    """Name every word, fetched or not, for completion in an editor."""
    return sorted({*globals(), *__all__})
