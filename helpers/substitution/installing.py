"""Putting the substitutes in place for the time that a program is executed."""

from __future__ import annotations

import functools
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from . import reader_writer
from .constructors import Lock, RLock, SimpleQueue, sleep
from .methods import NAMED_CLASSES, OPERATIONS, join, new_name, noting_init, start, told
from .session import Session, active

Word = tuple[Any, str, Any]  # an owner, the name of its attribute, and what takes the attribute's place


@contextmanager
def installed(
    session: Session, methods: Callable[[], list[Word]], give_way: Callable[[], None] | None = None
) -> Iterator[None]:
    """Make `threading`, `queue` and `time` serve the session's threads; put everything back afterwards.

    Args:
        session: what the program's threads are served by.
        methods: gives the methods of Python's classes that it serves besides, as (class, name, replacement);
            called once nothing else is in their place.
        give_way: ends this execution soon where another thread wants one; None refuses it to that thread.

    Raises:
        RuntimeError: another program is being executed, by this thread or another.
    """
    with active(session, give_way), in_place([*_replacements(), *methods()]):
        yield


@contextmanager
def in_place(words: list[Word]) -> Iterator[None]:
    """Put words in place, and put everything back afterwards."""
    undo = [(owner, name, vars(owner).get(name) or getattr(owner, name)) for owner, name, _ in words]
    try:
        for owner, name, word in words:
            setattr(owner, name, word)
        yield
    finally:
        for owner, name, original in undo:
            setattr(owner, name, original)


@functools.cache
def _replacements() -> list[Word]:
    """Return (owner, attribute, replacement) for what is substituted in every session."""
    words: list[Word] = [
        (threading, "Lock", Lock),
        (threading, "RLock", RLock),
        (threading, "_allocate_lock", Lock),
        (threading, "_newname", new_name),
        (threading.Thread, "start", start),
        (threading.Thread, "join", join),
        (queue, "SimpleQueue", SimpleQueue),
        (time, "sleep", sleep),
    ]
    classes = [*NAMED_CLASSES, *reader_writer.lock_classes()]
    words += [(owner, "__init__", noting_init(owner.__init__)) for owner in classes]
    makers = reader_writer.captured_lock_makers()
    words += [(maker, "__defaults__", reader_writer.with_our_lock(maker)) for maker in makers]
    return words


@functools.cache
def told_methods() -> list[Word]:
    """Return methods that do as Python's own do and are told to the session, as `installed` takes them."""
    operations = [*OPERATIONS, *reader_writer.operations()]
    return [(owner, name, told(vars(owner)[name], operation)) for owner, name, operation in operations]
