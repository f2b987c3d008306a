"""Lesson 03, try-lock: what its notebook imports; its programs stand in the notebook in full."""

from .knobs import asking, both_or_none, counter
from .measures import asker_cpu_ms, other_work, shortest_hold, ways_to_ask

__all__ = ["asker_cpu_ms", "asking", "both_or_none", "counter", "other_work", "shortest_hold", "ways_to_ask"]
