"""Lesson 06 live: one writer among readers who come again at once, and how much thinking lets it in."""

import time
from collections.abc import Callable

from readerwriterlock.rwlock import RWLockFair, RWLockRead, RWLockWrite

from helpers.lessons.starvation.programs import start_and_join
from helpers.live import Choice, Experiment, Scene, Slider

LOCKS: dict[str, Callable] = {"RWLockRead": RWLockRead, "RWLockWrite": RWLockWrite, "RWLockFair": RWLockFair}


def writer_among_readers(
    *, lock: str, readers: int, hold_ms: float, think_ms: float, rest_ms: float
) -> Scene:
    """Return readers who read again and again, and a writer who would like to write now and then.

    Args:
        lock: one of `LOCKS`.
        readers: how many readers there are.
        hold_ms: how long a reader reads; each a little longer than the one before, so that they overlap.
        think_ms: how long a reader does something else after each turn.
        rest_ms: how long the writer rests after it has written.
    """
    waits_s: list[float] = []
    asked_at: list[float] = []

    def program() -> None:
        rw = LOCKS[lock]()

        def read(number: int) -> None:
            time.sleep(hold_ms / 1000 * number / readers)
            while True:
                with rw.gen_rlock():
                    time.sleep(hold_ms / 1000 * (1 + 0.1 * number))
                if think_ms:
                    time.sleep(think_ms / 1000)

        def write() -> None:
            while True:
                time.sleep(rest_ms / 1000)
                asked_at[:] = [time.monotonic()]
                with rw.gen_wlock():
                    waits_s.append(time.monotonic() - asked_at.pop())
                    time.sleep(hold_ms / 1000)

        bodies = {f"R{n + 1}": lambda n=n: read(n) for n in range(readers)}
        start_and_join(**bodies, W1=write)

    def tells() -> str:
        still = [time.monotonic() - asked for asked in asked_at]
        longest = max([*waits_s, *still], default=0.0)
        return f"W1 has written {len(waits_s)} times; its longest wait so far: {longest:.1f} s"

    return Scene(program, tells)


WRITER_AMONG_READERS = Experiment(
    "One writer among readers",
    writer_among_readers,
    (
        Choice("lock", "lock", tuple(LOCKS)),
        Slider("readers", "readers", 4, 1, 6),
        Slider("hold_ms", "reads", 60, 10, 200, 10, "ms"),
        Slider("think_ms", "thinks", 0, 0, 300, 10, "ms"),
        Slider("rest_ms", "writer rests", 300, 0, 1000, 50, "ms"),
    ),
)
