"""The exercises of lesson 04: policies read from traces, a cache, a downgrade without a gap."""

from .cache import CACHE, Table
from .downgrade import DOWNGRADE, Sheet
from .traces import WHICH_LOCK, my_trace

__all__ = ["QUESTIONS", "Sheet", "Table", "my_trace"]

QUESTIONS = (WHICH_LOCK, CACHE, DOWNGRADE)
