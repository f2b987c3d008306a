"""Lesson 02 live: a function that takes the lock and calls itself, with an RLock and with a Lock."""

import threading
import time

from helpers import mark
from helpers.lessons.mutual_exclusion.programs import start_and_join
from helpers.live import Choice, Experiment, Scene, Slider


def recursion(*, lock: str, threads: int, depth: int, level_ms: float, think_ms: float) -> Scene:
    """Return threads that go down and up again for ever, with the lock held once more at each level.

    Args:
        lock: "RLock" or "Lock".
        threads: how many threads there are.
        depth: how many levels a call goes down; 1 calls nothing.
        level_ms: how long each level works before it goes deeper.
        think_ms: how long a thread rests after it has come up.
    """
    walks = [0] * threads

    def program() -> None:
        guard = {"RLock": threading.RLock, "Lock": threading.Lock}[lock]()

        def visit(levels: int) -> None:
            with guard:
                time.sleep(level_ms / 1000)
                if levels > 1:
                    visit(levels - 1)

        def walk(number: int) -> None:
            while True:
                visit(depth)
                walks[number] += 1
                mark("walk")
                time.sleep(think_ms / 1000)

        start_and_join(*[lambda number=number: walk(number) for number in range(threads)])

    return Scene(program, lambda: f"{sum(walks)} walks, {depth} deep")


RECURSION = Experiment(
    "A lock taken again by its holder",
    recursion,
    (
        Choice("lock", "lock", ("RLock", "Lock")),
        Slider("threads", "threads", 2, 1, 4),
        Slider("depth", "depth", 4, 1, 6),
        Slider("level_ms", "a level takes", 60, 10, 200, 10, "ms"),
        Slider("think_ms", "rests", 150, 0, 400, 10, "ms"),
    ),
    counts=("walk", "walks"),
)
