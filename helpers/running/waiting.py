"""Who waits for what right now: what the program sees a thread wait for, and the lock that blocks it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import TIMEOUT_MAX, get_ident
from time import perf_counter as now
from typing import Any

from ..substitution.real import RealLock, real_sleep
from .callers import Callers
from .insisting import Ended
from .records import Request

SHORT_S = 0.1  # who sleeps no longer than this ends soon enough without being woken
SLICE_S = 0.1


@dataclass(eq=False)
class Blocked:
    """What a thread is blocked by; a new object for each time that it blocks."""

    lock: Any
    timed: bool


class Waiting:
    """The requests and blocked threads of one program, and the end of all waiting when it is given up."""

    def __init__(self, callers: Callers) -> None:
        self._callers = callers
        self.blocked: dict[int, Blocked] = {}
        self.requests: dict[int, list[Request]] = {}
        self.giving_up = False
        self._end_of_sleep = RealLock()  # held until all sleepers are to wake up
        self._end_of_sleep.acquire()

    def show(self, request: Request) -> None:
        """Show a request of the calling thread as waiting, until `hide` is called."""
        self.requests.setdefault(get_ident(), []).append(request)

    def hide(self, request: Request) -> None:
        """Show a request of the calling thread no longer."""
        self.requests[get_ident()].remove(request)

    def wait_for(
        self, lock: Any, request: Request | None, acquire: Callable[[bool, float], bool], timeout: float
    ) -> bool:
        """Block in `acquire` as Python's own lock does, and say so while it lasts.

        Args:
            lock: what blocks; has `owner` and `break_open`.
            request: what the program sees; None for the inside of something.
            acquire: takes `blocking` and `timeout`, returns whether it was granted.
            timeout: in seconds; -1 is none.

        Raises:
            Ended: the program is being given up.
        """
        me = get_ident()
        if request is not None:
            self.show(request)
        self.blocked[me] = Blocked(lock, timed=timeout >= 0)
        try:
            granted = acquire(True, timeout)
        finally:
            self.blocked.pop(me, None)
            if request is not None:
                self.hide(request)
        self.end_if_giving_up()
        return granted

    def sleep(self, seconds: float, request: Request) -> None:
        """Sleep, but wake up as soon as the program is given up where that could be long.

        Raises:
            Ended: the program is being given up.
        """
        if seconds <= SHORT_S:
            real_sleep(seconds)
            return
        self.show(request)
        try:
            self._end_of_sleep.acquire(timeout=min(seconds, TIMEOUT_MAX))
        finally:
            self.hide(request)
            if self.giving_up:
                self.give_up()  # wakes the next sleeper
        self.end_if_giving_up()

    def in_slices(self, seconds: float | None, wait: Callable[[float], Any]) -> None:
        """Wait for some seconds (None: for ever) in slices, or until `wait` returns something true.

        Raises:
            Ended: the program is being given up.
        """
        end = None if seconds is None else now() + seconds
        while end is None or now() < end:
            if wait(SLICE_S if end is None else max(0.0, min(SLICE_S, end - now()))):
                return
            self.end_if_giving_up()

    def give_up(self) -> None:
        """End all waiting of the program from now on; may be called again and again, from any thread."""
        self.giving_up = True
        with suppress(RuntimeError):  # the last sleeper has left it free
            self._end_of_sleep.release()

    def end_if_giving_up(self) -> None:
        """Raise `Ended` in a thread of a program that is being given up."""
        if self.giving_up and self._callers.is_ours():
            raise Ended
