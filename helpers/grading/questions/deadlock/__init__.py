"""The exercises of lesson 05: conditions of a deadlock, transfers, a lock with an order, retrying."""

from .conditions import CONDITIONS, my_changes
from .ordered_lock import ORDERED_LOCK, LockOrderError
from .philosophers import PHILOSOPHERS
from .transfers import TRANSFER, Account

__all__ = ["QUESTIONS", "Account", "LockOrderError", "my_changes"]

QUESTIONS = (CONDITIONS, TRANSFER, ORDERED_LOCK, PHILOSOPHERS)
