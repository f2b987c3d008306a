"""Lesson 08: a load for the table of prices, with knobs to turn."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from helpers.lessons.capstone.pricing import PriceTable
from helpers.lessons.capstone.programs import start_and_join


@dataclass(frozen=True)
class Load:
    """What eight threads ask of a table of prices.

    Args:
        read_share: which part of the operations are reads, 0 to 1.
        keys: how many prices are asked for, each as often as the others.
        hold_s: how long an operation sleeps while it holds the lock, in seconds; 0 is not at all.
        run_s: how long the threads go on, in seconds.
    """

    read_share: float = 0.95
    keys: int = 64
    hold_s: float = 0.005
    run_s: float = 0.15


LOADS = {
    "95 % reads,\n64 prices": Load(),
    "95 % reads,\n1 hot price": Load(keys=1),
    "50 % reads,\n64 prices": Load(read_share=0.5),
    "95 % reads, 1 hot price,\nempty section": Load(keys=1, hold_s=0.0),
}


def load(make_guard: Callable, asked: Load) -> Callable[[], int]:
    """Return a program: eight threads get and raise prices; it returns how many operations they did.

    Args:
        make_guard: makes the lock, or the locks, of the table.
        asked: what the threads ask for.
    """

    def program() -> int:
        fetch = partial(time.sleep, asked.hold_s) if asked.hold_s else _nothing
        table = PriceTable(make_guard(), fetch)
        done = [0] * 8
        all_here = threading.Barrier(8)

        def work(number: int) -> None:
            pick = random.Random(number)
            all_here.wait()
            end = time.monotonic() + asked.run_s
            while time.monotonic() < end:
                key = pick.randrange(asked.keys)
                if pick.random() < asked.read_share:
                    table.get(key)
                else:
                    table.raise_price(key)
                done[number] += 1

        start_and_join(*(partial(work, number) for number in range(8)))
        return sum(done)

    return program


def _nothing() -> None:
    pass
