"""Lesson 00, start here: what its notebook imports; its programs stand in the notebook in full."""

from .knobs import box_office, greetings, soup, threads_at_once, worker
from .measures import (
    as_script,
    cores_used,
    most_asleep_at_once,
    most_holding_at_once,
    spoke_first,
    times_failed,
)

__all__ = [
    "as_script",
    "box_office",
    "cores_used",
    "greetings",
    "most_asleep_at_once",
    "most_holding_at_once",
    "soup",
    "spoke_first",
    "threads_at_once",
    "times_failed",
    "worker",
]
