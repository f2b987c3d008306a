"""`Lock`, `RLock`, `SimpleQueue`, `sleep`: they serve a program's threads and give all others Python's own.

The constructors are classes, so that `threading.Lock | None` and `isinstance` go on working.
"""

from __future__ import annotations

import queue
import sys
from typing import Any

from .real import (
    LOCK_TYPES,
    RealLock,
    RealRLock,
    RealSimpleQueue,
    RealThreadingLock,
    RealThreadingRLock,
    real_sleep,
)
from .session import current_session


class _ConstructorType(type):
    real: tuple[type, ...]

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, cls.real)


class Lock(metaclass=_ConstructorType):
    """`threading.Lock`: gives a program's threads the session's lock."""

    real = (LOCK_TYPES[0],)

    def __new__(cls) -> Any:
        """Return a new unlocked lock."""
        session = current_session()
        return RealLock() if session is None else session.new_lock(sys._getframe(1))


class RLock(metaclass=_ConstructorType):
    """`threading.RLock`: gives a program's threads the session's reentrant lock."""

    real = (LOCK_TYPES[1],)

    def __new__(cls) -> Any:
        """Return a new unlocked reentrant lock."""
        session = current_session()
        return RealRLock() if session is None else session.new_rlock(sys._getframe(1))


class SimpleQueue(metaclass=_ConstructorType):
    """`queue.SimpleQueue`: the C one cannot be given up while it waits, so a program gets Python's."""

    real = (RealSimpleQueue, queue._PySimpleQueue)  # type: ignore[attr-defined]

    def __new__(cls) -> Any:
        """Return a new empty queue."""
        session = current_session()
        if session is None:
            return RealSimpleQueue()
        made = queue._PySimpleQueue()  # type: ignore[attr-defined]
        session.created(made, sys._getframe(1))
        return made


def sleep(seconds: float, /) -> None:
    """`time.sleep`: lets the session end a sleeping thread."""
    session = current_session()
    if session is None:
        real_sleep(seconds)
    else:
        session.sleep(seconds, sys._getframe(1))


# What a name bound to one of Python's constructors (`from threading import Lock`) is replaced by.
CONSTRUCTORS: list[tuple[Any, Any]] = [
    (RealThreadingLock, Lock),
    (RealThreadingRLock, RLock),
    (RealSimpleQueue, SimpleQueue),
    (real_sleep, sleep),
]
