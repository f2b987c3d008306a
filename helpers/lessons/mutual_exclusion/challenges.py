"""Lesson 01: what to reach when you decide the schedule."""

from helpers.lessons.mutual_exclusion.explored import two_cut_deposits, two_deposits
from helpers.lessons.mutual_exclusion.programs import start_and_join
from helpers.live.stepping.challenges import Challenge, Challenges
from helpers.live.stepping.goals import loses_updates, returns, with_switches


def three_deposits_each() -> int:
    """Two threads add 1 to one balance, three times each, without a lock."""
    balance = 0

    def deposit() -> None:
        nonlocal balance
        for _ in range(3):
            balance += 1

    start_and_join(deposit, deposit)
    return balance


CHALLENGES = Challenges(
    (
        Challenge(
            "Lose an update.",
            two_deposits,
            loses_updates(1),
            "T1 T2 T1 T2",
        ),
        Challenge(
            "Every read and every write holds the lock. Lose an update, with two changes of thread at most.",
            two_cut_deposits,
            loses_updates(1) & with_switches(2),
            "T1 T1 T1 T2 T2 T2 T2 T2 T2 T1 T1",
            stars=2,
        ),
        Challenge(
            "Six deposits are made. Let the program return 2.",
            three_deposits_each,
            returns(2),
            "T1 T2 T2 T2 T2 T1 T2 T1 T1 T1 T1 T2",
            stars=3,
        ),
    )
)
