"""Loops that can go on for ever.

`fairness` finds those that even a fair scheduler allows, `loops` says what is wrong with one, and `lasso` is
the way in and one round of it.
"""

from .lasso import Lasso, lasso
from .loops import Loop, loops, states_that_may_wait

__all__ = ["Lasso", "Loop", "lasso", "loops", "states_that_may_wait"]
