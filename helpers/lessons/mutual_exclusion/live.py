"""Lesson 01 live: tellers who add 1 to one balance for ever, without a lock, with one, or with one each."""

import threading
import time

from helpers import mark
from helpers.lessons.mutual_exclusion.programs import start_and_join
from helpers.live import Choice, Experiment, Scene, Slider


class NoLock:
    """What can be used like a lock and lets everybody in."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


def counter(*, lock: str, threads: int, hold_ms: float, think_ms: float) -> Scene:
    """Return tellers without an end; each update that is lost is marked.

    Args:
        lock: "none", "one for all" or "one each".
        threads: how many tellers there are.
        hold_ms: how long lies between reading the balance and writing it.
        think_ms: how long a teller rests after a deposit.
    """
    balance, deposits = 0, [0] * threads

    def program() -> None:
        shared = threading.Lock()

        def work(number: int) -> None:
            nonlocal balance
            own = threading.Lock()
            used = {"none": NoLock(), "one for all": shared, "one each": own}[lock]
            time.sleep(think_ms / 1000 * number / threads)
            while True:
                with used:
                    seen = balance
                    time.sleep(hold_ms / 1000)
                    if balance != seen:
                        mark("lost update")
                    balance = seen + 1
                    deposits[number] += 1
                mark("deposit")
                time.sleep(think_ms / 1000)

        start_and_join(*[lambda number=number: work(number) for number in range(threads)])

    def tells() -> str:
        made, seen = sum(deposits), balance
        return f"{made} deposits, and the balance is {seen}: {max(0, made - seen)} are lost"

    return Scene(program, tells)


COUNTER = Experiment(
    "One balance, many tellers",
    counter,
    (
        Choice("lock", "lock", ("none", "one for all", "one each")),
        Slider("threads", "tellers", 4, 1, 8),
        Slider("hold_ms", "read to write", 60, 5, 200, 5, "ms"),
        Slider("think_ms", "rests", 100, 0, 400, 10, "ms"),
    ),
    counts=("deposit", "deposits"),
)
