"""Lesson 04, reader-writer locks: what its notebook imports; its programs stand in the notebook in full."""

from .drawn import beside_lock, waits_side_by_side
from .fifo import FifoLock
from .knobs import flood
from .measures import (
    gains_by_hold,
    gains_by_reads,
    gains_by_work,
    order_of_entry,
    overlapping,
    times_overtaken,
    waits_in_flood,
    waits_of,
)

__all__ = [
    "FifoLock",
    "beside_lock",
    "flood",
    "gains_by_hold",
    "gains_by_reads",
    "gains_by_work",
    "order_of_entry",
    "overlapping",
    "times_overtaken",
    "waits_in_flood",
    "waits_of",
    "waits_side_by_side",
]
