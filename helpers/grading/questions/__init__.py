"""The questions of the exercises: one module a lesson, named like it, with its `QUESTIONS`."""

from __future__ import annotations

import importlib
import pkgutil
from difflib import get_close_matches
from functools import lru_cache

from ..question import Question

__all__ = ["all_questions", "find"]


@lru_cache
def all_questions() -> dict[str, Question]:
    """Return every question by its id, in the order of the lessons."""
    names = (each.name for each in pkgutil.iter_modules(__path__) if not each.name.startswith("_"))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    questions = [question for module in modules for question in module.QUESTIONS]
    return {question.id: question for question in sorted(questions, key=lambda each: each.id)}


def find(id: str) -> Question:
    """Return a question.

    Raises:
        TypeError: where `id` is no text.
        ValueError: where there is no such question; the message names those that come close.
    """
    if not isinstance(id, str):
        raise TypeError(f'a question has an id such as "05.2", not {id!r}')
    questions = all_questions()
    if id not in questions:
        same_lesson = [each for each in questions if each.startswith(id[:2])]
        close = get_close_matches(id, same_lesson or questions, n=3) or list(questions)[:3]
        raise ValueError(f"there is no question {id!r}; did you mean {' or '.join(close)}?")
    return questions[id]
