"""Lesson 06: what to reach when you decide the schedule."""

import threading

from readerwriterlock.rwlock import RWLockRead, RWLockWrite

from helpers.lessons.starvation.explored import greedy_and_patient, reads_once, writes_once
from helpers.live.stepping.challenges import Challenge, Challenges
from helpers.live.stepping.goals import ends_in, overtaken, starves, within

CHALLENGES = Challenges(
    (
        Challenge(
            "Let G get in five times while P waits; then let P in, to the end.",
            greedy_and_patient(threading.Lock),
            overtaken("P", 5) & ends_in("ended"),
            "G G G G G G G G G G G G P P",
        ),
        Challenge(
            "Let R1 and R2 take turns, so that W1 never gets in.",
            writes_once(RWLockRead),
            starves("W1"),
            "R1 W1 R2 R1 R1 R2",
            stars=2,
        ),
        Challenge(
            "Now let two writers starve R1, in eight turns at most.",
            reads_once(RWLockWrite),
            starves("R1") & within(8),
            "W1 R1 W2 W1 W2 W1 W2 W1",
            stars=3,
        ),
    )
)
