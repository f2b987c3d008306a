"""Lesson 04 live: readers and writers who go on for ever, under each lock."""

import random
import time
from collections.abc import Callable

from readerwriterlock import rwlock

from helpers.lessons.reader_writer_locks.programs import PlainLock, start_and_join
from helpers.live import Choice, Experiment, Scene, Slider

LOCKS: dict[str, Callable] = {
    "RWLockFair": rwlock.RWLockFair,
    "RWLockRead": rwlock.RWLockRead,
    "RWLockWrite": rwlock.RWLockWrite,
    "Lock": PlainLock,
}


def readers_and_writers(*, lock: str, readers: int, writers: int, hold_ms: float, think_ms: float) -> Scene:
    """Return readers and writers without an end.

    Args:
        lock: one of `LOCKS`.
        readers: how many readers there are.
        writers: how many writers there are.
        hold_ms: how long each holds the lock, on average.
        think_ms: how long each does something else, on average.
    """
    reads, writes = [0] * readers, [0] * writers

    def program() -> None:
        rw = LOCKS[lock]()

        def use(make_handle: Callable, counts: list[int], number: int) -> None:
            chance = random.Random(f"{make_handle.__name__} {number}")
            while True:
                time.sleep(think_ms / 1000 * chance.uniform(0.5, 1.5))
                with make_handle():
                    time.sleep(hold_ms / 1000 * chance.uniform(0.5, 1.5))
                counts[number] += 1

        bodies = {f"R{n + 1}": lambda n=n: use(rw.gen_rlock, reads, n) for n in range(readers)}
        bodies |= {f"W{n + 1}": lambda n=n: use(rw.gen_wlock, writes, n) for n in range(writers)}
        start_and_join(**bodies)

    return Scene(program, lambda: f"{sum(reads)} reads, {sum(writes)} writes")


READERS_WRITERS = Experiment(
    "Readers and writers",
    readers_and_writers,
    (
        Choice("lock", "lock", tuple(LOCKS)),
        Slider("readers", "readers", 4, 1, 8),
        Slider("writers", "writers", 2, 1, 4),
        Slider("hold_ms", "holds it", 120, 10, 300, 10, "ms"),
        Slider("think_ms", "thinks", 80, 0, 800, 20, "ms"),
    ),
)
