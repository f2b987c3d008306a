"""The programs that explorers are compared on, in parts: what all threads share, and what each one does.

frontrun takes the parts, and starts the threads itself. `explore` takes the whole program, which starts a
thread for each part and joins them all.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from readerwriterlock import rwlock

from .learners_code import as_learners_code


@dataclass(frozen=True)
class Parts:
    """A program in parts.

    Args:
        make: makes what the threads share.
        bodies: what each thread does with it.
    """

    make: Callable[[], Any]
    bodies: tuple[Callable[[Any], None], ...]


@as_learners_code
def whole(parts: Parts) -> Callable[[], None]:
    """Return the parts as one function that starts a thread for each body and joins them all."""
    make, bodies = parts.make, parts.bodies

    def program() -> None:
        shared = make()
        threads = [threading.Thread(target=body, args=(shared,)) for body in bodies]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return program


@as_learners_code
def philosophers(seats: int, ordered: bool) -> Parts:
    """Each takes the fork to the left and then the one to the right; if `ordered`, the last the other way."""
    forks_of = [(seat, (seat + 1) % seats) for seat in range(seats)]
    if ordered:
        forks_of[-1] = forks_of[-1][::-1]

    def lay() -> list[threading.Lock]:
        return [threading.Lock() for _ in range(seats)]

    def at(first: int, second: int) -> Callable[[list[threading.Lock]], None]:
        def dine(forks: list[threading.Lock]) -> None:
            with forks[first], forks[second]:
                pass

        return dine

    return Parts(lay, tuple(at(*forks) for forks in forks_of))


@as_learners_code
def two_readers_one_writer(name: str) -> Parts:
    """Two threads read and one writes, once each, with one of readerwriterlock's classes."""

    def make() -> Any:
        # By default the class takes the Lock that `threading` had when it was imported, which frontrun cannot
        # replace: it then waits for a thread that it has stopped itself. So the Lock is looked up here.
        return getattr(rwlock, name)(lock_factory=lambda: threading.Lock())

    def read(shared: Any) -> None:
        with shared.gen_rlock():
            pass

    def write(shared: Any) -> None:
        with shared.gen_wlock():
            pass

    return Parts(make, (read, read, write))


@as_learners_code
def writer_among_readers(name: str) -> Parts:
    """Two threads read until a third has written."""

    def make() -> Any:
        return getattr(rwlock, name)(), threading.Event()

    def read(shared: Any) -> None:
        lock, written = shared
        while not written.is_set():
            with lock.gen_rlock():
                pass

    def write(shared: Any) -> None:
        lock, written = shared
        with lock.gen_wlock():
            pass
        written.set()

    return Parts(make, (read, read, write))


PROGRAMS: dict[str, Parts] = {
    "naive philosophers, 5": philosophers(5, ordered=False),
    "ordered philosophers, 5": philosophers(5, ordered=True),
    "ordered philosophers, 8": philosophers(8, ordered=True),
    "ordered philosophers, 10": philosophers(10, ordered=True),
    "RWLockRead, 2 readers, 1 writer": two_readers_one_writer("RWLockRead"),
    "RWLockFair, 2 readers, 1 writer": two_readers_one_writer("RWLockFair"),
    "RWLockWrite, 2 readers, 1 writer": two_readers_one_writer("RWLockWrite"),
    "RWLockRead, a writer among 2 readers who go on": writer_among_readers("RWLockRead"),
    "RWLockFair, a writer among 2 readers who go on": writer_among_readers("RWLockFair"),
}
