"""Lesson 05: what to reach when you decide the schedule."""

import threading
from collections.abc import Callable

from helpers import mark
from helpers.lessons.deadlock.explored import call_once
from helpers.lessons.deadlock.programs import dinner, highest_first, left_then_right
from helpers.live.stepping.challenges import Challenge, Challenges
from helpers.live.stepping.goals import ends_in, marked, waiting, with_switches


def two_meals(seats: int) -> Callable[[], None]:
    """Return a program: left fork, right fork, a meal; and all of it again."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            for _ in range(2):
                with left, right:
                    mark("eats")

        dinner(eat, seats)

    return program


CHALLENGES = Challenges(
    (
        Challenge(
            "Make the three deadlock.",
            left_then_right(3),
            ends_in("deadlock"),
            "P0 P1 P2",
        ),
        Challenge(
            "Let the call go unheard.",
            call_once,
            ends_in("lost wake-up"),
            "T2 T2 T2 T1 T1",
        ),
        Challenge(
            "The order of the forks allows no cycle. Make P1, P2 and P3 wait at the same time.",
            highest_first(4),
            waiting(("P1", "P2", "P3")),
            "P0 P1 P2",
            stars=2,
        ),
        Challenge(
            "P3 breaks the rule. Make them deadlock.",
            highest_first(4, rule_breaker=3),
            ends_in("deadlock"),
            "P0 P1 P2 P3",
            stars=2,
        ),
        Challenge(
            "Let each eat once, and then make them deadlock, with three changes of thread at most.",
            two_meals(3),
            ends_in("deadlock") & marked({"P0": 1, "P1": 1, "P2": 1}) & with_switches(3),
            "P2 P2 P2 P2 P0 P0 P0 P0 P0 P1 P1 P1 P1 P1 P2",
            stars=3,
        ),
    )
)
