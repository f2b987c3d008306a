"""The exercises of lesson 06: who starves, a gate that bounds a writer's wait, a lock that serves in turn."""

from ...question import Question
from .gate import GATE
from .jobs import JOBS, my_trace
from .tickets import TICKETS

__all__ = ["QUESTIONS", "my_trace"]

QUESTIONS: tuple[Question, ...] = (JOBS, GATE, TICKETS)
