"""Lesson 07, livelock: what its notebook imports; its programs stand in the notebook in full."""

from .drawings import on_theory, retries_and_meals
from .measures import (
    cpu_ms,
    first_round_in_theory,
    first_rounds,
    four_traces,
    hand_overs,
    hand_overs_in_theory,
    livelocked,
    meals,
    meals_by_cure,
    retries,
)
from .signs import signs

__all__ = [
    "cpu_ms",
    "first_round_in_theory",
    "first_rounds",
    "four_traces",
    "hand_overs",
    "hand_overs_in_theory",
    "livelocked",
    "meals",
    "meals_by_cure",
    "on_theory",
    "retries",
    "retries_and_meals",
    "signs",
]
