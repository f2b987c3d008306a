"""Lesson 07 live: polite philosophers in step, who all take, are all refused, and all give back."""

import random
import threading
import time
from collections.abc import Callable

from helpers import mark
from helpers.lessons.livelock.programs import coin, dinner, seat_number
from helpers.live import Choice, Experiment, Scene, Slider


def none(seat: int, chance: random.Random) -> int:
    """Sit out no round."""
    return 0


BACK_OFFS: dict[str, Callable[[int, random.Random], int]] = {
    "none": none,
    "toss a coin": coin,
    "seat number": seat_number,
}


def polite_dinner(*, back_off: str, seats: int, round_ms: float) -> Scene:
    """Return philosophers who keep time by one clock: a round each, for ever.

    Args:
        back_off: how many rounds one sits out who was refused, one of `BACK_OFFS`.
        seats: how many philosophers there are, and forks.
        round_ms: how long a round takes.
    """
    meals, refused = [0] * seats, [0] * seats
    sits_out = BACK_OFFS[back_off]

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]
        begin = time.monotonic() + 0.05

        def wait_until(rounds: float) -> None:
            time.sleep(max(0.0, begin + rounds * round_ms / 1000 - time.monotonic()))

        def dine(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            chance = random.Random(f"P{seat}")
            number = 0
            while True:
                wait_until(number)
                with left:
                    wait_until(number + 0.4)
                    got = right.acquire(blocking=False)
                    wait_until(number + 0.8)
                    if got:
                        meals[seat] += 1
                        mark("eats")
                        right.release()
                number += 1
                if not got:
                    refused[seat] += 1
                    number += sits_out(seat, chance)

        dinner(dine, seats)

    return Scene(
        program, lambda: f"{sum(meals)} meals, and {sum(refused)} forks taken and given back for nothing"
    )


POLITE_DINNER = Experiment(
    "After you! No, after you!",
    polite_dinner,
    (
        Choice("back_off", "back-off", tuple(BACK_OFFS)),
        Slider("seats", "philosophers", 3, 2, 6),
        Slider("round_ms", "a round takes", 200, 60, 500, 10, "ms"),
    ),
    counts=("eats", "meals"),
)
