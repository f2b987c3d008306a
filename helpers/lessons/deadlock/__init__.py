"""Lesson 05, deadlock: what its notebook imports; its programs stand in the notebook in full."""

from .knobs import FIXES, long_dinner
from .measures import (
    all_meals,
    cycle_span,
    dine_long,
    fairness,
    kept_waiting,
    meals_by_seat,
    most_eating_at_once,
    most_per_least,
    stuck_runs,
)
from .table import seats_at, table

__all__ = [
    "FIXES",
    "all_meals",
    "cycle_span",
    "dine_long",
    "fairness",
    "kept_waiting",
    "long_dinner",
    "meals_by_seat",
    "most_eating_at_once",
    "most_per_least",
    "seats_at",
    "stuck_runs",
    "table",
]
