"""Lesson 05 live: philosophers who eat for ever, with each fix or with none."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

from helpers import mark
from helpers.lessons.deadlock.knobs import FIXES, Table, Take
from helpers.lessons.deadlock.programs import dinner, pause
from helpers.live import Choice, Experiment, Scene, Slider


@contextmanager
def left_first(table: Table, seat: int) -> Iterator[None]:
    """Take the left fork and then the right one, as everybody does: the table can deadlock."""
    left, right = table.numbers(seat)
    with table.forks[left]:
        pause(table.pause_s)
        with table.forks[right]:
            yield


TABLE_MANNERS: dict[str, Take] = {"none": left_first, **FIXES}


def philosophers(*, fix: str, seats: int, pause_ms: float, eat_ms: float, think_ms: float) -> Scene:
    """Return a dinner without an end.

    Args:
        fix: how forks are taken, one of `TABLE_MANNERS`.
        seats: how many philosophers there are, and forks.
        pause_ms: how long one rests between the first fork and the second.
        eat_ms: how long a meal lasts.
        think_ms: how long one thinks before a meal, on average.
    """
    meals = [0] * seats

    def program() -> None:
        table = Table(seats, pause_ms / 1000)

        def eat(seat: int) -> None:
            chance = random.Random(f"thinker {seat}")
            while True:
                pause(think_ms / 1000 * chance.expovariate(1))
                with TABLE_MANNERS[fix](table, seat):
                    time.sleep(eat_ms / 1000)
                    meals[seat] += 1
                    mark("eats")

        dinner(eat, seats)

    return Scene(
        program, lambda: f"{sum(meals)} meals; the hungriest had {min(meals)}, the luckiest {max(meals)}"
    )


PHILOSOPHERS = Experiment(
    "Dining philosophers",
    philosophers,
    (
        Choice("fix", "fix", tuple(TABLE_MANNERS)),
        Slider("seats", "philosophers", 5, 2, 7),
        Slider("pause_ms", "fork to fork", 60, 0, 100, 5, "ms"),
        Slider("eat_ms", "eats", 60, 5, 300, 5, "ms"),
        Slider("think_ms", "thinks", 100, 0, 300, 10, "ms"),
    ),
    counts=("eats", "meals"),
)
