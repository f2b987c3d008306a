"""What passes for one of Python's own locks in the eyes of a program."""

from __future__ import annotations

from typing import Any, SupportsIndex

from .real import LOCK_TYPES, RealLock

_REAL = dict(zip(("Lock", "RLock"), LOCK_TYPES, strict=True))


class StandIn:
    """A lock of ours: `isinstance` takes it for Python's own, and like it, it cannot be pickled or copied."""

    __slots__ = ("__weakref__",)
    stands_for: str

    @property
    def __class__(self) -> type:
        return _REAL[self.stands_for]

    def __reduce_ex__(self, _protocol: SupportsIndex) -> Any:
        raise TypeError(f"cannot pickle '_thread.{_REAL[self.stands_for].__name__}' object")


class LockType(type):
    """The type of a lock's class: each lock has a class of its own, but all count as of one class."""

    stands_for: str

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _REAL[cls.stands_for])


def check_timeout(blocking: bool, timeout: float) -> None:
    """Refuse what Python's own locks refuse, with their own message."""
    if not blocking or timeout < 0:
        RealLock().acquire(blocking, timeout)
