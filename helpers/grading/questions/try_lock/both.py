"""03.3: programs that use `acquire_both`, which takes two locks or none and holds none while it waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from ....lessons.try_lock.programs import start_and_join

AcquireBoth = Callable[[threading.Lock, threading.Lock, float], bool]
Program = Callable[[], None]

#: How long a request may wait, in seconds of the program's own clock.
TIMEOUT_S = 0.02
#: More tries than anybody needs who pauses in between, and than anybody has time for without a timeout.
TRIES, TRIES_AT_ONCE = 100, 4


class Asked:
    """A lock as one thread sees it: it counts how often the thread was refused, and fails after too many."""

    def __init__(self, lock: threading.Lock, name: str, tries: int, complaint: str) -> None:
        self.lock = lock
        self._name = name
        self._tries = tries
        self._complaint = complaint
        self._got = False

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Acquire the lock, as a Lock does."""
        self._got = got = self.lock.acquire(blocking, timeout)
        self._tries -= not got
        assert self._tries, self._complaint
        return got

    def release(self) -> None:
        """Release the lock, as a Lock does; fail where this thread did not get it."""
        assert self._got, f"release without got: {self._name} was released, which somebody else held"
        self._got = False
        self.lock.release()

    def locked(self) -> bool:
        """Return True where somebody holds the lock."""
        return self.lock.locked()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *error: object) -> None:
        self.release()


def gives_up(acquire_both: AcquireBoth, which: int) -> Program:
    """One thread asks for two locks, of which somebody keeps none, one, the other, or both."""
    kept = ("", "a", "b", "ab")[which]

    def program() -> None:
        a, b = threading.Lock(), threading.Lock()
        locks = {"a": a, "b": b}
        for name in kept:
            locks[name].acquire()
        seen = [Asked(lock, name, TRIES, _SPINS.format(name)) for name, lock in locks.items()]
        for timeout in (TIMEOUT_S, 0):
            began = time.monotonic()
            got = acquire_both(*seen, timeout)
            waited = time.monotonic() - began
            if kept:
                _must_hold_none(got, kept, locks)
                assert waited <= timeout + 0.001, (
                    f"a timeout of {timeout} s, and it came back after {waited:.3g} s"
                )
            else:
                _must_hold_both(got, timeout, locks)
                assert waited == 0, "with both locks free, there is nothing to wait for"

    return program


_SPINS = f"spinning: it tried for {{}} {TRIES} times in {TIMEOUT_S} s; wait for it, or pause"


def _must_hold_both(got: object, timeout: float, locks: dict[str, threading.Lock]) -> None:
    assert got is True, f"with both locks free and a timeout of {timeout}, it must return True, not {got!r}"
    for name, lock in locks.items():
        assert lock.locked(), f"where it returns True, both locks must be held, and {name} is free"
        lock.release()


def _must_hold_none(got: object, kept: str, locks: dict[str, threading.Lock]) -> None:
    who = " and ".join(kept)
    assert got is False, f"with {who} held by somebody else, it must return False, not {got!r}"
    for name, lock in locks.items():
        if name in kept:
            assert lock.locked(), f"release without got: {name} is free, which somebody else held"
        else:
            assert not lock.locked(), f"got without release: it returned False, and {name} is still held"


def crosswise(acquire_both: AcquireBoth, threads: int) -> Program:
    """T1 asks for a and b, T2 for b and a, and so on, each with a timeout of 0; who gets both adds 1."""

    def program() -> None:
        a, b, total = threading.Lock(), threading.Lock(), 0
        got: list[bool] = []

        def ask(*wanted: str) -> None:
            nonlocal total
            locks = {"a": a, "b": b}
            if acquire_both(*[Asked(locks[name], name, TRIES_AT_ONCE, _GOES_ON) for name in wanted], 0):
                total += 1
                a.release()
                b.release()
                got.append(True)

        jobs = [lambda: ask("a", "b"), lambda: ask("b", "a")]
        start_and_join(*[jobs[each % 2] for each in range(threads)])
        assert total == len(got), f"lost update: {len(got)} threads had both locks and added 1: {total}"
        for name, lock in (("a", a), ("b", b)):
            assert not lock.locked(), f"got without release: all are done, and {name} is still held"

    return program


_GOES_ON = "with a timeout of 0 it tries again and again: look at the clock after each refusal"


def waits_in_time(acquire_both: AcquireBoth, which: int) -> Program:
    """Somebody holds the first or the second lock for half of the timeout; or so, and keeps the second."""

    def program() -> None:
        a, b = threading.Lock(), threading.Lock()
        kept, name = ((a, "a"), (b, "b"), (a, "a"))[which]
        kept.acquire()
        if which == 2:
            b.acquire()

        def ask() -> None:
            began = time.monotonic()
            got = acquire_both(a, b, TIMEOUT_S)
            waited = time.monotonic() - began
            if which == 2:
                assert waited <= TIMEOUT_S + 0.001, (
                    f"a timeout of {TIMEOUT_S} s in all, and it came back after {waited:.3g} s"
                )
            else:
                assert got is True, (
                    f"it gave up, though {name} was free after half of the timeout: wait for {name}"
                )

        def leave() -> None:
            time.sleep(TIMEOUT_S / 2)
            kept.release()

        start_and_join(ask, leave)

    return program


def holds_none_while_waiting(acquire_both: AcquireBoth, which: int) -> Program:
    """Somebody keeps the first or the second lock; meanwhile another thread asks for the other one."""

    def program() -> None:
        a, b = threading.Lock(), threading.Lock()
        kept, other, names = ((a, b, ("b", "a")), (b, a, ("a", "b")))[which]
        kept.acquire()

        def look() -> None:
            time.sleep(TIMEOUT_S * 0.41)
            got = other.acquire(timeout=TIMEOUT_S * 0.1)
            assert got, f"hold and wait: T1 holds {names[0]} while it waits for {names[1]}"
            other.release()

        start_and_join(lambda: acquire_both(a, b, TIMEOUT_S), look)

    return program
