"""readerwriterlock's classes: one lock with shared and exclusive holds instead of the locks inside."""

from __future__ import annotations

from typing import Any

from readerwriterlock import rwlock

from .constructors import Lock
from .real import RealThreadingLock
from .session import Operation


def lock_classes() -> list[Any]:
    """Return readerwriterlock's lock classes."""
    plain = [rwlock.RWLockRead, rwlock.RWLockWrite, rwlock.RWLockFair]
    return [*plain, rwlock.RWLockReadD, rwlock.RWLockWriteD, rwlock.RWLockFairD]


def captured_lock_makers() -> list[Any]:
    """Return the functions that caught `threading.Lock` in a default argument when they were defined."""
    return [owner.__init__ for owner in (*lock_classes(), rwlock._ThreadSafeInt)]


def with_our_lock(maker: Any) -> tuple[Any, ...]:
    """Return a function's default arguments with our constructor in the place of Python's."""
    return tuple(Lock if default is RealThreadingLock else default for default in maker.__defaults__)


def operations() -> list[tuple[type, str, Operation]]:
    """Return the operations of the handles: one lock with shared and exclusive holds."""
    found = []
    for owner in lock_classes():
        for handle, mode in ((owner._aReader, "shared"), (owner._aWriter, "exclusive")):
            found.append((handle, "acquire", Operation("rw", mode, "hold")))
            found.append((handle, "release", Operation("rw", mode, "release")))
        # RWLockReadD downgrades by releasing and acquiring: those two operations tell it as it is
        if hasattr(owner._aWriter, "downgrade") and owner.__name__ != "RWLockReadD":
            found.append((owner._aWriter, "downgrade", Operation("rw", "exclusive", "downgrade")))
    return found
