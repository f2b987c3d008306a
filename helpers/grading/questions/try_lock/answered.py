"""03.2: programs that use `try_acquire`, which is to yield whether it got the lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from ....lessons.try_lock.programs import start_and_join
from .askers import askers

TryAcquire = Callable[[Any], Any]
Program = Callable[[], None]


def alone(try_acquire: TryAcquire, _: int) -> Program:
    """One thread asks for a free and for a held lock, with a good and with a bad end of the block."""

    def program() -> None:
        free, held = threading.Lock(), threading.Lock()
        held.acquire()
        began = time.monotonic()
        for _ in range(2):
            with try_acquire(free) as got:
                assert got is True, f"as got must be True where the lock was free, not {got!r}"
                assert free.locked(), "inside of the block the lock must be held"
            assert not free.locked(), "got without release: after the block the lock is still held"
        entered = False
        with try_acquire(held) as got:
            entered = True
            assert got is False, f"as got must be False where the lock was held, not {got!r}"
        assert entered, "the block must be entered without the lock, too"
        assert held.locked(), "release without got: after the block the lock of somebody else is free"
        for lock in (free, held):
            assert _lets_through(try_acquire, lock), "an error in the block must go through"
        assert not free.locked(), "got without release: after an error in the block the lock is still held"
        assert held.locked(), "release without got: after an error in the block somebody else's lock is free"
        with try_acquire(free) as outer, try_acquire(free) as inner:
            assert outer is True, f"as got must be True where the lock was free, not {outer!r}"
            assert inner is False, (
                f"as got must be False where the thread itself holds the lock, not {inner!r}"
            )
        assert not free.locked(), "got without release: after one block in another the lock is still held"
        assert time.monotonic() == began, "try_acquire must not wait, not even for a while"

    return program


def _lets_through(try_acquire: TryAcquire, lock: threading.Lock) -> bool:
    try:
        with try_acquire(lock):
            raise LookupError
    except LookupError:
        return True
    return False


def beside_others(try_acquire: TryAcquire, many: int) -> Program:
    """T1 works by the book, and stays inside until all others have asked, who work where they may."""

    def program() -> None:
        lock, total = threading.Lock(), 0
        gots: list[bool] = []

        def by_the_book() -> None:
            nonlocal total
            with lock:
                seen = total
                for each in others:
                    each.join()
                total = seen + 1

        def ask() -> None:
            nonlocal total
            with try_acquire(lock) as got:
                if got:
                    total += 1
            gots.append(got)

        others = askers(ask, many)
        start_and_join(by_the_book)
        wanted = 1 + gots.count(True)
        assert total == wanted, f"lost update: {wanted} threads with the lock held added 1 each: {total}"
        assert not lock.locked(), "got without release: all are done, and the lock is still held"

    return program
