"""The questions of the exercises: one module a lesson, named like it, with its `QUESTIONS`."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from ..question import Question
from ..released import notebook_of

__all__ = ["all_questions", "find", "of_lesson"]


@lru_cache
def all_questions() -> dict[str, Question]:
    """Return every question by its id, in the order of the lessons."""
    names = (each.name for each in pkgutil.iter_modules(__path__) if not each.name.startswith("_"))
    return _by_id(question for name in names for question in _in_module(name))


@lru_cache
def of_lesson(lesson: str) -> dict[str, Question]:
    """Return the questions of a lesson, such as "05", by their ids; none where it has no exercises.

    Only the lesson's own module is imported: those of some others bring in all that draws.
    """
    if not re.fullmatch(r"\d\d", lesson):
        return {}
    try:
        name = notebook_of(lesson).stem.partition("_")[2]
    except FileNotFoundError:
        return {}
    return _by_id(_in_module(name))


def find(id: str) -> Question:
    """Return a question.

    Raises:
        TypeError: where `id` is no text.
        ValueError: where there is no such question; the message names those that come close.
    """
    if not isinstance(id, str):
        raise TypeError(f'a question has an id such as "05.2", not {id!r}')
    if id in (known := of_lesson(id[:2])):
        return known[id]
    questions = all_questions()
    if id not in questions:
        same_lesson = [each for each in questions if each.startswith(id[:2])]
        close = get_close_matches(id, same_lesson or questions, n=3) or list(questions)[:3]
        raise ValueError(f"there is no question {id!r}; did you mean {' or '.join(close)}?")
    return questions[id]


def _by_id(questions: Iterable[Question]) -> dict[str, Question]:
    return {question.id: question for question in sorted(questions, key=lambda each: each.id)}


def _in_module(name: str) -> tuple[Question, ...]:
    return importlib.import_module(f"{__name__}.{name}").QUESTIONS
