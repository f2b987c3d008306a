"""Lesson 01, mutual exclusion: what its notebook imports; its programs stand in the notebook in full."""

from .knobs import audit, dying_holder, price_adders, tellers, two_customers, updaters
from .measures import (
    between_read_and_write,
    different_locks_hit,
    gain_by_locks,
    lock_costs,
    mean_wait_share,
    trace_of,
    waiting_by_threads,
    waiting_in_turns,
)

__all__ = [
    "audit",
    "between_read_and_write",
    "different_locks_hit",
    "dying_holder",
    "gain_by_locks",
    "lock_costs",
    "mean_wait_share",
    "price_adders",
    "tellers",
    "trace_of",
    "two_customers",
    "updaters",
    "waiting_by_threads",
    "waiting_in_turns",
]
