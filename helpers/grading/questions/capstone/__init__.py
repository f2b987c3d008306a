"""The exercises of lesson 08: programs to diagnose, a stock to mend, and a whole service."""

from ...question import Question
from .diagnosis import DIAGNOSIS, my_programs
from .service import SERVICE
from .stock import STOCK, Stock

__all__ = ["QUESTIONS", "Stock", "my_programs"]

QUESTIONS: tuple[Question, ...] = (DIAGNOSIS, STOCK, SERVICE)
