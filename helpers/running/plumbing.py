"""The locks inside Events, Queues and the like: not told in a trace, but given up like any other."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ..substitution.real import RealLock, RealRLock
from ..substitution.standing_in import StandIn, check_timeout
from .callers import Callers
from .waiting import Waiting


class PlumbingLock(StandIn):
    """A `threading.Lock` whose waiters can be given up."""

    stands_for = "Lock"

    def __init__(self, callers: Callers, waiting: Waiting) -> None:
        self._callers, self._waiting = callers, waiting
        self._inner: Any = RealLock()
        self._owner: str | None = None

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Acquire the lock as `threading.Lock.acquire` does."""
        if timeout != -1:
            check_timeout(blocking, timeout)
        got = self._inner.acquire(blocking=False)
        if not got and blocking and timeout:
            got = self._waiting.wait_for(self, None, self._inner.acquire, timeout)
        if got:
            self._owner = self._callers.name()
        return got

    def release(self) -> None:
        """Release the lock, whichever thread acquired it."""
        self._owner = None
        self._inner.release()

    def locked(self) -> bool:
        """Return True while somebody holds it."""
        return self._inner.locked()

    def owner(self) -> str | None:
        """Return the thread that acquired it, or None."""
        return self._owner

    def break_open(self) -> None:
        """Let one waiter through, so that it can be ended."""
        self._owner = None
        with suppress(RuntimeError):  # it was given back, or broken open, a moment ago
            self._inner.release()

    def hold_for(self, thread: str) -> None:
        """Acquire the lock on behalf of a thread that is about to start."""
        self._inner.acquire()
        self._owner = thread

    def wait_until_free(self, blocking: bool, timeout: float) -> bool:
        """Wait until nobody holds the lock, without taking it; return False where the time was not enough."""
        free = self._inner.acquire(blocking, timeout)
        if free:
            self._inner.release()
        return free

    def _at_fork_reinit(self) -> None:
        self._inner._at_fork_reinit()

    __enter__ = acquire

    def __exit__(self, *exception: object) -> None:
        self.release()


class PlumbingRLock(PlumbingLock):
    """A `threading.RLock` whose waiters can be given up."""

    stands_for = "RLock"

    def __init__(self, callers: Callers, waiting: Waiting) -> None:
        super().__init__(callers, waiting)
        self._inner = RealRLock()

    def release(self) -> None:
        """Release one level of the lock; only its owner may."""
        depth = self._inner._recursion_count() if hasattr(self._inner, "_recursion_count") else None
        if depth == 1 or (depth is None and "count=1" in repr(self._inner)):
            self._owner = None
        self._inner.release()

    def locked(self) -> bool:
        """Return True while somebody holds it."""
        return self._owner is not None

    def break_open(self) -> None:
        """Let one waiter through, so that it can be ended."""
        self._owner = None
        with suppress(RuntimeError):
            self._inner._release_save()

    def _is_owned(self) -> bool:
        return self._inner._is_owned()

    def _release_save(self) -> Any:
        self._owner = None
        return self._inner._release_save()

    def _acquire_restore(self, state: tuple[int, int]) -> None:
        for _ in range(state[0]):
            self.acquire()
