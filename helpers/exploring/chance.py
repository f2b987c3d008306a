"""Random choices among a few outcomes, which the search makes instead of chance where it is asked to."""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence
from typing import Any

from ..substitution.session import current_session


def _pick(count: int) -> int | None:
    session: Any = current_session()
    return None if session is None or count < 1 else session.pick(count)


_choice, _randint, _randrange = random.choice, random.randint, random.randrange


@functools.wraps(_choice)
def choice(seq: Sequence[Any]) -> Any:
    """`random.choice`."""
    index = _pick(len(seq))
    return _choice(seq) if index is None else seq[index]


@functools.wraps(_randrange)
def randrange(start: int, stop: int | None = None, step: int = 1) -> int:
    """`random.randrange`."""
    numbers = range(start) if stop is None else range(start, stop, step)
    index = _pick(len(numbers))
    return _randrange(start, stop, step) if index is None else numbers[index]


@functools.wraps(_randint)
def randint(a: int, b: int) -> int:
    """`random.randint`."""
    index = _pick(len(range(a, b + 1)))
    return _randint(a, b) if index is None else a + index


# What a name that is bound to one of these functions is replaced by.
CHOICES: list[tuple[Any, Any]] = [(_choice, choice), (_randrange, randrange), (_randint, randint)]


def words() -> list[tuple[Any, str, Any]]:
    """Return (owner, name, replacement) for the functions of `random` that choose among a few outcomes."""
    return [(random, ours.__name__, ours) for _, ours in CHOICES]
