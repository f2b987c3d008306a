"""Lesson 03: what to reach when you decide the schedule."""

from helpers.lessons.try_lock.explored import (
    look_then_ask,
    release_in_any_case,
    somebody_had_both,
    wait_for_both,
)
from helpers.live.stepping.challenges import Challenge, Challenges
from helpers.live.stepping.goals import ends_in, with_switches

CHALLENGES = Challenges(
    (
        Challenge(
            "Make them deadlock.",
            wait_for_both,
            ends_in("deadlock"),
            "T1 T2",
        ),
        Challenge(
            "Let a thread see the lock free, and be refused.",
            look_then_ask,
            ends_in("failure"),
            "T1 T2 T1 T2",
        ),
        Challenge(
            "Here nobody waits for a second lock. Let nobody get both.",
            somebody_had_both,
            ends_in("failure"),
            "T1 T2 T1 T2 T1 T2",
            stars=2,
        ),
        Challenge(
            "T1 does nothing wrong. Make it fail, with two changes of thread at most.",
            release_in_any_case,
            ends_in("failure") & with_switches(2),
            "T1 T2 T2 T1",
            stars=2,
        ),
    )
)
