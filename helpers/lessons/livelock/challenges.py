"""Lesson 07: what to reach when you decide the schedule."""

import threading

from helpers import mark
from helpers.lessons.livelock.explored import first_insists, until_fed
from helpers.lessons.livelock.programs import dinner
from helpers.live.stepping.challenges import Challenge, Challenges
from helpers.live.stepping.goals import ends_in, marked, refused, starves, within


def never_full() -> None:
    """Three polite philosophers, each of whom eats again and again, for ever."""
    forks = [threading.Lock() for _ in range(3)]

    def eat(seat: int) -> None:
        left, right = forks[seat], forks[(seat + 1) % 3]
        while True:
            with left:
                if right.acquire(blocking=False):
                    mark("eats")
                    right.release()

    dinner(eat, 3)


CHALLENGES = Challenges(
    (
        Challenge(
            "Have P0 refused twice, and then bring both to their meals.",
            until_fed(2),
            refused("P0", 2) & ends_in("ended"),
            "P1 P0 P0 P0 P0 P0 P0 P1 P1 P1 P0 P0 P0 P0",
        ),
        Challenge(
            "Go round for ever: everybody moves, and nobody gets on.",
            until_fed(2),
            ends_in("livelock"),
            "P0 P1 P0 P1 P0 P1",
            stars=2,
        ),
        Challenge(
            "P0 insists on its second fork. Have P1 refused twice before P0 eats.",
            first_insists(3),
            refused("P1", 2) & marked({"P0": 0}),
            "P0 P1 P2 P1 P1 P1 P1",
            stars=2,
        ),
        Challenge(
            "Again for ever, but with three philosophers, and in nine turns at most.",
            until_fed(3),
            ends_in("livelock") & within(9),
            "P0 P1 P2 P0 P1 P2 P0 P1 P2",
            stars=3,
        ),
        Challenge(
            "These eat for ever. Go round once so that P1 tries and starves, and nobody eats twice.",
            never_full,
            starves("P1") & marked({"P0": 1, "P1": 0, "P2": 1}),
            "P2 P1 P1 P1 P2 P2 P2 P0 P0 P0 P0",
            stars=3,
        ),
    )
)
