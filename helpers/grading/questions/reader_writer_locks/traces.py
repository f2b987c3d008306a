"""Exercise 04.1: which lock made this trace? Each trace is played, and so is each answer to it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import lru_cache
from random import Random

from readerwriterlock.rwlock import RWLockFair, RWLockRead, RWLockWrite

from ....exploring import explore
from ....running import mark
from ....trace import Row, ThreadRecord, Trace
from ...learners import chance_of, current_learner
from ...properties import Chosen, Item
from ...question import Question

GAP_MS, STAY_MS = 10, 40
#: Who arrives, one after the other, while the main thread writes: no two of the locks let them in alike.
ARRIVALS = ("RRRWR", "RRWRR", "RRWRW", "RRWWR", "RWRRR", "RWRRW", "RWWRR", "WRRWR", "WRWRR")
LETTERS = "ABCD"


class _PlainLock:
    """A Lock that readers and writers alike take."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def gen_rlock(self) -> AbstractContextManager:
        return self._lock

    gen_wlock = gen_rlock


LOCKS: dict[str, Callable] = {
    "RWLockFair": RWLockFair,
    "RWLockRead": RWLockRead,
    "RWLockWrite": RWLockWrite,
    "Lock": _PlainLock,
}


def _named(arrivals: str) -> list[str]:
    """Number readers and writers by themselves.

    >>> _named("RWR")
    ['R1', 'W1', 'R2']
    """
    seen: Counter[str] = Counter()
    names = []
    for kind in arrivals:
        seen[kind] += 1
        names.append(f"{kind}{seen[kind]}")
    return names


def _arriving(make_rw: Callable, names: list[str]) -> Callable[[], None]:
    """Return a program: while the main thread writes, others arrive one by one; each stays for a while."""

    def program() -> None:
        rw = make_rw()
        begin = time.monotonic()

        def now_ms() -> int:
            return round((time.monotonic() - begin) * 1000)

        def stay(handle: AbstractContextManager) -> None:
            with handle:
                mark(f"in {now_ms()}")
                time.sleep(STAY_MS / 1000)
                mark(f"out {now_ms()}")

        threads = []
        with rw.gen_wlock():
            for name in names:
                time.sleep(GAP_MS / 1000)
                handle = rw.gen_rlock() if name.startswith("R") else rw.gen_wlock()
                threads.append(threading.Thread(target=stay, args=(handle,), name=name))
                threads[-1].start()
            time.sleep(GAP_MS / 1000)
        for thread in threads:
            thread.join()
        raise _AllAreDoneError  # what ends in an error is shown, with its marks

    return program


class _AllAreDoneError(Exception):
    pass


@lru_cache(maxsize=256)
def played(lock: str, arrivals: str) -> tuple[tuple[str, int, int, int], ...]:
    """Return of each thread its name, and when it asks, gets in and leaves, in ms; first the main thread.

    It is played in virtual time, and a lock that is released is got by who asked first: so it goes on real
    threads too, where nobody is held up by something else.

    >>> for row in played("RWLockRead", "RWR"):
    ...     print(*row)
    MainThread 0 0 40
    R1 10 40 80
    W1 20 80 120
    R2 30 40 80
    """
    names = _named(arrivals)
    verdict = explore(_arriving(LOCKS[lock], names), max_schedules=1)
    times = {
        (note.thread, *note.name.split()[:1]): int(note.name.split()[1])
        for note in verdict.trace.marks()
        if note.thread in names
    }
    rows = [
        (name, GAP_MS * place, times[name, "in"], times[name, "out"]) for place, name in enumerate(names, 1)
    ]
    return (("MainThread", 0, 0, GAP_MS * (len(names) + 1)), *rows)


def my_trace(letter: str) -> Trace:
    """Return one of your traces, to draw; which ones you get depends on the name that `learner` was told.

    Args:
        letter: "A", "B", "C" or "D".

    Raises:
        ValueError: it is none of these.
    """
    if letter not in tuple(LETTERS):
        raise ValueError(f"your traces are {', '.join(LETTERS)}; there is no {letter!r}")
    rows = played(*_drawn(chance_of(current_learner(), "04.1"))[letter])
    lasts = max(row[3] for row in rows)
    modes = {"R": "shared"}
    return Trace(
        rows=tuple(
            Row(
                name,
                "rw",
                "the lock",
                modes.get(name[0], "exclusive"),
                asks,
                gets_in,
                leaves,
                name,
                "acquired",
            )
            for name, asks, gets_in, leaves in rows
        ),
        threads=tuple(
            ThreadRecord(name, asks, lasts if asks == 0 else leaves) for name, asks, _, leaves in rows
        ),
        duration=lasts,
    )


def _drawn(numbers: Random) -> dict[str, tuple[str, str]]:
    """Return for each letter a lock and who arrives."""
    locks, arrivals = numbers.sample(list(LOCKS), len(LETTERS)), numbers.sample(ARRIVALS, len(LETTERS))
    return dict(zip(LETTERS, zip(locks, arrivals, strict=True), strict=True))


def _asked(numbers: Random) -> list[Item]:
    return [
        Item(
            letter,
            _as_table(played(lock, arrivals)),
            expected=lock,
            why={other: _difference(other, lock, arrivals) for other in LOCKS if other != lock},
            options=tuple(LOCKS),
        )
        for letter, (lock, arrivals) in _drawn(numbers).items()
    ]


def _as_table(rows: tuple[tuple[str, int, int, int], ...]) -> str:
    lines = ["| thread | asks | gets in | leaves |", "|---|---|---|---|"]
    lines += [f"| {name} | {asks} ms | {gets_in} ms | {leaves} ms |" for name, asks, gets_in, leaves in rows]
    return "\n\n" + "\n".join(lines)


def _difference(wrong: str, lock: str, arrivals: str) -> str:
    """Return at whom it can be seen that another lock made the trace."""
    pairs = zip(played(lock, arrivals), played(wrong, arrivals), strict=True)
    (name, _, here, _), (_, _, there, _) = next(pair for pair in pairs if pair[0] != pair[1])
    return f"under {wrong} {name} would get in at {there} ms; here it gets in at {here} ms"


WHICH_LOCK = Question(
    "04.1",
    "Which lock was it?",
    stars=1,
    minutes=10,
    answer_name="locks",
    properties=(Chosen("04.1", _asked, count=len(LETTERS)),),
)
