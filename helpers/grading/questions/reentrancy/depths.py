"""02.1: a learner's own program with an RLock, and how deep the lock is held in it, found by playing it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from ...learners import chance_of, current_learner
from ...properties import Item


@dataclass(frozen=True)
class Numbers:
    """The numbers in a learner's program.

    Args:
        before: how often the lock is taken and given back before it is taken to stay.
        more: how many levels are added inside the `with`.
        back: how many of these are given back before the recursion; at most `more`.
        steps: what the recursion begins with.
    """

    before: int
    more: int
    back: int
    steps: int


def my_numbers() -> Numbers:
    """Return the numbers in your program; they depend on the name that `learner` was told."""
    return _numbers(chance_of(current_learner(), "02.1"))


def _numbers(random: Random) -> Numbers:
    more = random.randint(2, 4)
    return Numbers(random.randint(1, 3), more, random.randint(1, more - 1), random.randint(2, 5))


def depths(random: Random) -> list[Item]:
    """Return what a learner is asked about a program, with what is right as playing it shows."""
    numbers = _numbers(random)
    program, played = source(numbers), played_with_rlock(numbers)
    asked = "How deep does T1 hold the lock at `here({!r})`?"
    return [
        Item(
            "A",
            f"T1 runs `work()`:\n\n```python\n{program}```\n\n{asked.format('A')}",
            played.at["A"],
            "count every acquire that T1 made and did not release until there; with lock: is one of them",
        ),
        Item(
            "B",
            asked.format("B"),
            played.at["B"],
            "each call of descend that has not ended holds the lock once more, the last one too",
        ),
        Item(
            "C",
            asked.format("C"),
            played.at["C"],
            "leaving a with block releases once: how many blocks were entered since A, and how many left?",
        ),
        Item(
            "D",
            "While T1 is at `here('A')`, T2 calls `lock.acquire()` and waits. How many releases does T1 make "
            "from then on, until T2 gets in? (Leaving a `with` block is a release.)",
            played.releases_until_free,
            "T2 gets in when the depth is 0: every acquire has to be paid back, those still to come too",
        ),
        Item(
            "E",
            "Now `lock = threading.Lock()`. At which acquire does T1 wait for itself? "
            "(Count from 1; `with lock:` is an acquire.)",
            refused_with_lock(numbers),
            "a Lock that is free lets T1 in; T1 waits at its first acquire with the lock still held",
        ),
    ]


def source(numbers: Numbers) -> str:
    """Return a learner's program as a text.

    >>> print(source(Numbers(before=1, more=2, back=1, steps=3)))
    lock = threading.RLock()
    <BLANKLINE>
    def descend(steps):
        with lock:
            if steps > 0:
                descend(steps - 1)
            else:
                here("B")
    <BLANKLINE>
    def work():
        for _ in range(1):
            with lock:
                pass
        with lock:
            for _ in range(2):
                lock.acquire()
            here("A")
            for _ in range(1):
                lock.release()
            descend(3)
            here("C")
            for _ in range(1):
                lock.release()
    <BLANKLINE>
    """
    return f"""\
lock = threading.RLock()

def descend(steps):
    with lock:
        if steps > 0:
            descend(steps - 1)
        else:
            here("B")

def work():
    for _ in range({numbers.before}):
        with lock:
            pass
    with lock:
        for _ in range({numbers.more}):
            lock.acquire()
        here("A")
        for _ in range({numbers.back}):
            lock.release()
        descend({numbers.steps})
        here("C")
        for _ in range({numbers.more - numbers.back}):
            lock.release()
"""


@dataclass
class Played:
    """What playing a program with an RLock showed.

    Args:
        at: the depth at each place.
        releases_until_free: releases after place "A" until another thread could get in.
    """

    at: dict[str, int] = field(default_factory=dict)
    releases_until_free: int = 0


def played_with_rlock(numbers: Numbers) -> Played:
    """Play a program with an RLock; after each release, let another thread try to get in.

    >>> played = played_with_rlock(Numbers(before=1, more=2, back=1, steps=3))
    >>> played.at, played.releases_until_free
    ({'A': 3, 'B': 6, 'C': 2}, 7)
    """
    seen, lock = Played(), _Watched(threading.RLock())

    def here(place: str) -> None:
        seen.at[place] = lock.acquired - lock.released
        if place == "A":
            lock.on_release = look

    def look() -> None:
        seen.releases_until_free += 1
        if _another_gets(lock.inner):
            lock.on_release = lambda: None

    _play(numbers, lock, here)
    return seen


def refused_with_lock(numbers: Numbers) -> int:
    """Play a program with a Lock, and return the number of the acquire that has to wait.

    >>> refused_with_lock(Numbers(before=1, more=2, back=1, steps=3))
    3
    """
    lock = _Watched(threading.Lock())
    try:
        _play(numbers, lock, lambda place: None)
    except _WouldWait:
        return lock.acquired
    raise RuntimeError(f"a program in which nobody waits: {numbers}")


class _WouldWait(Exception):
    """The lock is held, so that an acquire would wait."""


class _Watched:
    """A lock that counts what is done with it, and raises where an acquire would wait."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.acquired = self.released = 0
        self.on_release: Callable[[], None] = lambda: None

    def acquire(self) -> None:
        self.acquired += 1
        if not self.inner.acquire(blocking=False):
            raise _WouldWait

    def release(self) -> None:
        self.inner.release()
        self.released += 1
        self.on_release()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *error: object) -> None:
        if error[0] is not _WouldWait:
            self.release()


def _play(numbers: Numbers, lock: _Watched, here: Callable[[str], None]) -> None:
    _, program = source(numbers).split("\n", 1)  # without the line that makes the lock
    namespace: dict[str, Any] = {"lock": lock, "here": here}
    exec(program, namespace)
    namespace["work"]()


def _another_gets(lock: Any) -> bool:
    got: list[bool] = []

    def ask() -> None:
        got.append(lock.acquire(blocking=False))
        if got[0]:
            lock.release()

    thread = threading.Thread(target=ask, name="T2")
    thread.start()
    thread.join()
    return got[0]
