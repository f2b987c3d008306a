"""The exercises of lesson 07: signs to diagnose, a random back-off, a livelock cured without chance."""

from ...question import Question
from .back_off import BACK_OFF
from .dinner import DINNER
from .signs import SIGNS, my_services

__all__ = ["QUESTIONS", "my_services"]

QUESTIONS: tuple[Question, ...] = (SIGNS, BACK_OFF, DINNER)
