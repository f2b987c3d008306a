"""Lesson 02, reentrancy: what its notebook imports; its programs stand in the notebook in full."""

from .bank import Bank, FlatBank, ReportingBank
from .measures import busy_span, depths, failure, price_of_reentrancy, under_one_another
from .programs import HOME

__all__ = [
    "HOME",
    "Bank",
    "FlatBank",
    "ReportingBank",
    "busy_span",
    "depths",
    "failure",
    "price_of_reentrancy",
    "under_one_another",
]
