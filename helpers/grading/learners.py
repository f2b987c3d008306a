"""Whose answers these are: questions with numbers in them give each learner other numbers."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager

_current = ""


def learner(name: str) -> None:
    """Say whose answers this notebook holds, for questions whose numbers differ from learner to learner.

    Args:
        name: your name or student number, as your teacher knows it; "" for nobody in particular.

    Raises:
        TypeError: where it is no text.
    """
    global _current
    if not isinstance(name, str):
        raise TypeError(f'learner takes your name as a text, such as learner("Ada"), not {name!r}')
    _current = " ".join(name.split())


def current_learner() -> str:
    """Return the name that `learner` was told last; "" where it was told none."""
    return _current


@contextmanager
def answering(name: str) -> Iterator[None]:
    """Let the answers inside be a learner's; afterwards they are again whose they were."""
    before = current_learner()
    learner(name)
    try:
        yield
    finally:
        learner(before)


def chance_of(name: str, question: str) -> random.Random:
    """Return the source of a learner's numbers in a question: the same on every machine, at any time.

    >>> chance_of("Ada", "02.1").random() == chance_of(" ada ", "02.1").random()
    True
    >>> chance_of("Ada", "02.1").random() == chance_of("Bo", "02.1").random()
    False
    """
    plain = " ".join(name.casefold().split())
    return random.Random(hashlib.sha256(f"{plain}\n{question}".encode()).digest())
