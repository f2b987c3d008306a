"""What passes for a program: something that can be called without arguments."""

from __future__ import annotations

import inspect
from typing import Any


def check_program(word: str, program: Any) -> None:
    """Refuse what is no program.

    Args:
        word: the word that takes it, such as "run", for the message.
        program: what was given.

    Raises:
        TypeError: it cannot be called without arguments; the message names it and says what to write.
    """
    if not callable(program):
        raise TypeError(
            f"{word} takes a function without arguments, not {program!r}: pass it without calling it"
        )
    try:
        signature = inspect.signature(program)
    except (TypeError, ValueError):  # some callables written in C do not say what they need
        return
    try:
        signature.bind()
    except TypeError:
        name = getattr(program, "__name__", repr(program))
        raise TypeError(
            f"{word} takes a function without arguments, not {name}{signature}: "
            f"wrap it, as in {word}(lambda: {name}(...))"
        ) from None
