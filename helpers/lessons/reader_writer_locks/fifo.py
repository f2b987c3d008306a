"""A lock that lets threads in strictly in the order in which they asked."""

import threading
from collections import deque


class FifoLock:
    """A lock that is handed to whoever has waited longest, so that nobody who comes later overtakes.

    It knows no time limits.

    >>> lock = FifoLock()
    >>> lock.acquire(), lock.acquire(blocking=False)
    (True, False)
    >>> lock.release()
    >>> lock.acquire(blocking=False)
    True
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._queue: deque[threading.Lock] = deque()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take the lock, after all who asked before; return whether it was got.

        Args:
            blocking: False to be refused at once where it is held.
            timeout: -1, for no limit.

        Raises:
            ValueError: there is a time limit.
        """
        if blocking and timeout >= 0:
            raise ValueError(f"a FifoLock knows no time limits, such as timeout={timeout!r}")
        with self._guard:
            if not self._held:
                self._held = True
                return True
            if not blocking:
                return False
            turn = threading.Lock()
            turn.acquire()
            self._queue.append(turn)
        return turn.acquire()  # until `release` hands the lock over

    def release(self) -> None:
        """Hand the lock to whoever has waited longest; where nobody waits, it is free."""
        with self._guard:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._held = False
