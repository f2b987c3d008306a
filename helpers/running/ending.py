"""Ending a program that does not end by itself, so that no thread of it is left.

Out of reach is only what is blocked outside Python, and, on Python 3.11, a loop that swallows every exception
in several ``try``s around one another: such a thread is named in an error.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any

from ..substitution.real import LOCK_TYPES, real_sleep
from .breaking import give_back
from .insisting import Ended, every_line_raises, insist, strike
from .session import RunSession
from .workers import Worker

GENTLE_S = 0.2
INSISTENT_S = 2.0
INTERVAL_S = 0.005


def deadlocked(session: RunSession, before: dict[str, Any]) -> tuple[bool, dict[str, Any]]:
    """Return whether nobody in the program can ever move again, and what to pass as `before` next time.

    Every thread must have been blocked, without a timeout, in one and the same wait at two looks, by
    something that was held at both. None of them ran in between, so none of them can release anything.
    A lock that was given back but whose next owner has not woken up yet has no owner: it is not held.
    Threads that are not the program's do not count: nobody waits for one of them to set an Event.
    """
    alive = [worker for worker in list(session.workers.all) if worker.ended is None]
    now_blocked = {}
    for worker in alive:
        blocked = session.waiting.blocked.get(worker.thread.ident or 0)
        if blocked is None or blocked.timed or not _is_held(blocked.lock):
            return False, {}
        now_blocked[worker.name] = blocked
    same = bool(alive) and now_blocked.keys() == before.keys()
    return same and all(now_blocked[name] is before[name] for name in before), now_blocked


def _is_held(lock: Any) -> bool:
    return lock.owner() is not None


def end_program(session: RunSession) -> list[Worker]:
    """End every thread of the program and return those that could not be ended.

    A thread blocked by a lock is let through and ended there; one that runs gets an exception that it
    cannot expect, and where it swallows that, more of them.
    """
    with _quiet_thread_ends():
        left = _end_within(session, GENTLE_S, strike)
        if left:
            with every_line_raises({worker.thread.ident or 0 for worker in left}):
                left = _end_within(session, INSISTENT_S, insist)
    for blocked in list(session.waiting.blocked.values()):  # threads that are not the program's go on
        blocked.lock.break_open()
    return left


def _end_within(session: RunSession, seconds: float, strike_worker: Callable[[Worker], None]) -> list[Worker]:
    """Let blocked threads through and strike running ones until all have ended or the time is up."""
    end = monotonic() + seconds
    while left := [worker for worker in list(session.workers.all) if worker.is_left()]:
        if monotonic() > end:
            break
        session.waiting.give_up()
        for lock in () if session.record else session.locks:
            _break_open_real(lock)
        for worker in left:
            blocked = session.waiting.blocked.get(worker.thread.ident or 0)
            if blocked is not None:
                blocked.lock.break_open()
            elif worker.inside:
                strike_worker(worker)
        real_sleep(INTERVAL_S)
    return left


def _break_open_real(lock: Any) -> None:
    """Let one waiter of one of Python's own locks through."""
    if isinstance(lock, LOCK_TYPES[1]):
        give_back(lock)
    else:
        with suppress(RuntimeError):  # nobody holds it
            lock.release()


@contextmanager
def _quiet_thread_ends() -> Iterator[None]:
    """Keep an `Ended` that strikes while a thread is already leaving from being reported as an error."""
    thread_hook, other_hook = threading.excepthook, sys.unraisablehook

    def on_thread(arguments: Any) -> None:
        if not issubclass(arguments.exc_type, Ended):
            thread_hook(arguments)

    def on_other(arguments: Any) -> None:
        if not issubclass(arguments.exc_type, Ended):
            other_hook(arguments)

    threading.excepthook, sys.unraisablehook = on_thread, on_other
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = thread_hook, other_hook
