"""A key of multiple-choice answers that nobody reads by accident: each verdict is sealed with its option.

Who looks into the file sees neither options nor verdicts; who tries an option learns what `check` would say
of it. So the file that learners get holds nothing that `check` does not tell. It hides no more than that:
the options of a question are few, and can be tried.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

KEYS = Path(__file__).parent / "keys"


def sealed(item: str, options: Mapping[str, str]) -> dict[str, str]:
    """Return the verdicts on the options of an item, each under a name and in a form that need the option.

    Args:
        item: the item's id, such as "05.1 ordering".
        options: for each option why it is wrong; "" where it is right.

    >>> table = sealed("05.1 ordering", {"circular wait": "", "no preemption": "no fork is taken away"})
    >>> opened("05.1 ordering", "Circular  wait", table), opened("05.1 ordering", "no preemption", table)
    ('', 'no fork is taken away')
    >>> print(opened("05.1 ordering", "luck", table))
    None
    """
    return {_name(item, option): _mixed(item, option, why.encode()) for option, why in options.items()}


def opened(item: str, option: str, table: Mapping[str, str]) -> str | None:
    """Return why an option is wrong, "" where it is right, None where it is no option of the item."""
    text = table.get(_name(item, option))
    if text is None:
        return None
    mixed = base64.b85decode(text)
    return _stream(item, option, mixed).decode().rstrip("\0")


@lru_cache
def key_of(lesson: str) -> dict[str, str]:
    """Return the sealed key of a lesson, such as "05"; all its items are in one table."""
    return json.loads((KEYS / f"{lesson}.json").read_text(encoding="utf-8"))


def plain(option: str) -> str:
    """Return an option as it is compared: without case and outer or double blanks."""
    return " ".join(option.casefold().split())


def _name(item: str, option: str) -> str:
    return hashlib.sha256(f"name\n{item}\n{plain(option)}".encode()).hexdigest()[:16]


def _mixed(item: str, option: str, text: bytes) -> str:
    # Filled up to the same length, so that no length tells the right ones.
    filled = text + b"\0" * (-len(text) % 256 or 256 * (not text))
    return base64.b85encode(_stream(item, option, filled)).decode()


def _stream(item: str, option: str, text: bytes) -> bytes:
    stream = hashlib.shake_256(f"text\n{item}\n{plain(option)}".encode()).digest(len(text))
    return bytes(one ^ other for one, other in zip(text, stream, strict=True))
