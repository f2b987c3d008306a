"""Putting the substitutes in place for the time that a program is executed."""

from __future__ import annotations

import functools
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import reader_writer
from .constructors import Lock, RLock, SimpleQueue, sleep
from .methods import NAMED_CLASSES, OPERATIONS, join, new_name, noting_init, start, told
from .session import Session, active


@contextmanager
def installed(session: Session) -> Iterator[None]:
    """Make `threading`, `queue` and `time` serve the session's threads; put everything back afterwards.

    Raises:
        RuntimeError: another program is being executed, by this thread or another.
    """
    with active(session):
        words = _replacements()
        undo = [(owner, name, vars(owner).get(name) or getattr(owner, name)) for owner, name, _ in words]
        try:
            for owner, name, word in words:
                setattr(owner, name, word)
            yield
        finally:
            for owner, name, original in undo:
                setattr(owner, name, original)


@functools.cache
def _replacements() -> list[tuple[Any, str, Any]]:
    """Return (owner, attribute, replacement) for everything that is substituted."""
    words: list[tuple[Any, str, Any]] = [
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
    operations = [*OPERATIONS, *reader_writer.operations()]
    words += [(owner, name, told(vars(owner)[name], operation)) for owner, name, operation in operations]
    return words
