"""When a run that goes on is looked at: ten times a second, from its own thread or from an event loop's."""

from __future__ import annotations

import threading
from asyncio import AbstractEventLoop
from collections.abc import Callable
from contextlib import suppress

from ..substitution.real import real_sleep

FRAME_S = 0.1
STALLED_S = 2.0

Pace = Callable[[Callable[[], bool]], None]


def by_sleeping(look: Callable[[], bool]) -> None:
    """Call `look` every `FRAME_S` seconds until it returns True."""
    while True:
        real_sleep(FRAME_S)  # a wait for an Event takes twice the processor time
        if look():
            return


def by_loop(loop: AbstractEventLoop) -> Pace:
    """Return what has the thread of an event loop call `look`, and waits until it returned True.

    It serves where that thread has to be woken at each look anyway, to send what was seen. A loop that has
    not called for `STALLED_S` seconds, as it is closed or busy, is asked no longer: the waiting thread looks.

    Raises:
        RuntimeError: a look does not come back; it is left behind in the loop's thread.
        Exception: whatever a look raised.
    """
    return lambda look: _Looking(loop, look).until_true()


class _Looking:
    def __init__(self, loop: AbstractEventLoop, look: Callable[[], bool]) -> None:
        self._loop, self._look = loop, look
        self._turn = threading.Lock()  # held while the loop's thread looks
        self._over = threading.Event()
        self._looks = 0
        self._error: Exception | None = None

    def until_true(self) -> None:
        try:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._loop.call_later, FRAME_S, self._tick)
            is_called = self._is_over_while_called()
        finally:  # also where Ctrl-C ends the wait
            comes_back = self._turn.acquire(timeout=STALLED_S)
            was_over = self._over.is_set()
            self._over.set()
            if comes_back:
                self._turn.release()
        if not comes_back:
            raise RuntimeError(
                "a look at the run does not come back: does it wait for a lock of the program?"
            )
        if self._error is not None:
            raise self._error
        if not is_called and not was_over:
            by_sleeping(self._look)

    def _is_over_while_called(self) -> bool:
        """Wait until it is over (True), or the loop does not call any more (False)."""
        looks = 0
        while not self._over.wait(STALLED_S):
            if looks == self._looks:
                return False
            looks = self._looks
        return True

    def _tick(self) -> None:
        with self._turn:
            if self._over.is_set():
                return
            self._looks += 1
            try:
                if self._look():
                    self._over.set()
                else:
                    self._loop.call_later(FRAME_S, self._tick)
            except Exception as error:  # to be raised where the run is
                self._error = error
                self._over.set()
