"""The locks inside Events, Queues and the like: not told in a trace, but given up like any other."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ..substitution.real import RealLock, RealRLock
from ..substitution.standing_in import StandIn, check_timeout
from .breaking import give_back
from .waiting import Waiting


class PlumbingLock(StandIn):
    """A `threading.Lock` whose waiters can be given up."""

    stands_for = "Lock"

    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self._inner: Any = RealLock()
        self._has_owner = False

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Acquire the lock as `threading.Lock.acquire` does."""
        if timeout != -1:
            check_timeout(blocking, timeout)
        got = self._inner.acquire(blocking=False)
        if not got and blocking and timeout:
            got = self._waiting.wait_for(self, None, self._inner.acquire, timeout)
        if got:
            self._has_owner = True
        return got

    def release(self) -> None:
        """Release the lock, whichever thread acquired it."""
        self._has_owner = False
        self._inner.release()

    def locked(self) -> bool:
        """Return True while somebody holds it."""
        return self._inner.locked()

    def owner(self) -> str | None:
        """Return a word where some thread has acquired it, else None: inside of things, nobody asks which."""
        return "somebody" if self._has_owner else None

    def break_open(self) -> None:
        """Let one waiter through, so that it can be ended."""
        self._has_owner = False
        with suppress(RuntimeError):  # it was given back, or broken open, a moment ago
            self._inner.release()

    def hold(self) -> None:
        """Acquire the lock, which nobody has yet, on behalf of a thread that is about to start."""
        self._inner.acquire()
        self._has_owner = True

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

    def __init__(self, waiting: Waiting) -> None:
        super().__init__(waiting)
        self._inner = RealRLock()

    def release(self) -> None:
        """Release one level of the lock; only its owner may."""
        depth = self._inner._recursion_count() if hasattr(self._inner, "_recursion_count") else None
        if depth == 1 or (depth is None and "count=1" in repr(self._inner)):
            self._has_owner = False
        self._inner.release()

    def locked(self) -> bool:
        """Return True while somebody holds it."""
        return self._has_owner

    def break_open(self) -> None:
        """Let one waiter through, so that it can be ended."""
        self._has_owner = False
        give_back(self._inner)

    def _is_owned(self) -> bool:
        return self._inner._is_owned()

    def _release_save(self) -> Any:
        self._has_owner = False
        return self._inner._release_save()

    def _acquire_restore(self, state: tuple[int, int]) -> None:
        for _ in range(state[0]):
            self.acquire()
