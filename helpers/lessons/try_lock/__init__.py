"""Lesson 03, try-lock: what its notebook imports; its programs stand in the notebook in full."""

from .knobs import asking, both_or_none, till
from .measures import cpu_ms, other_work, price_of_asking

__all__ = ["asking", "both_or_none", "cpu_ms", "other_work", "price_of_asking", "till"]
