"""Lesson 08, capstone: what its notebook imports; the notebook shows all its programs but the cases."""

from .knobs import LOADS, Load
from .measures import (
    bad_runs,
    cpu_chart,
    gain,
    gains,
    helping,
    jobs_chart,
    referee,
    signs_of,
    throughput,
    watch_all,
)

__all__ = [
    "LOADS",
    "Load",
    "bad_runs",
    "cpu_chart",
    "gain",
    "gains",
    "helping",
    "jobs_chart",
    "referee",
    "signs_of",
    "throughput",
    "watch_all",
]
