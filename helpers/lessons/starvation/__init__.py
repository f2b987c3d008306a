"""Lesson 06, starvation: what its notebook imports; its programs stand in the notebook in full."""

from helpers.charts import timelines as under_one_scale

from .drawn import waits_and_longest
from .measures import (
    after,
    as_trace,
    at_percent,
    longest,
    most_overtaken,
    request_of,
    shares,
    shut_out,
    told,
    turns_of,
    waits_by_think,
)

__all__ = [
    "after",
    "as_trace",
    "at_percent",
    "longest",
    "most_overtaken",
    "request_of",
    "shares",
    "shut_out",
    "told",
    "turns_of",
    "under_one_scale",
    "waits_and_longest",
    "waits_by_think",
]
