"""Lesson 02: what to reach when you decide the schedule."""

import threading

from helpers.lessons.mutual_exclusion.programs import start_and_join
from helpers.lessons.reentrancy.explored import released_by_another
from helpers.live.stepping.challenges import Challenge, Challenges
from helpers.live.stepping.goals import ends_in, loses_updates, refused_release


def two_rlocks() -> None:
    """T1 takes a twice, and then b; T2 takes b, and then a. Both locks are RLocks."""
    a, b = threading.RLock(), threading.RLock()

    def first() -> None:
        with a, a, b:
            pass

    def second() -> None:
        with b, a:
            pass

    start_and_join(first, second)


CHALLENGES = Challenges(
    (
        Challenge(
            "Each RLock lets its owner in again. Make them deadlock all the same.",
            two_rlocks,
            ends_in("deadlock"),
            "T1 T1 T2",
        ),
        Challenge(
            "Have the release by T1 refused, and lose nothing: bring all to a good end.",
            released_by_another(threading.Lock),
            refused_release("T1") & ends_in("ended"),
            "T1 T1 T1 T2 T1 T3 T3 T3 T3",
            stars=2,
        ),
        Challenge(
            "T1 and T3 hold the lock when they add. Lose an update.",
            released_by_another(threading.Lock),
            loses_updates(1),
            "T1 T1 T2 T3 T3 T1 T3",
            stars=2,
        ),
    )
)
