"""Lesson 07: small programs of which its notebook has every order played; no barrier, no cap, no end."""

import random
import threading
import time
from collections.abc import Callable

from helpers import mark
from helpers.lessons.livelock.programs import dinner
from helpers.lessons.mutual_exclusion.programs import start_and_join


def until_fed(seats: int) -> Callable[[], None]:
    """Return a program: the polite philosophers, without barrier or rounds, each until the first meal."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            while True:
                with left:
                    if right.acquire(blocking=False):
                        mark("eats")
                        right.release()
                        return

        dinner(eat, seats)

    return program


def spoon(hands_over: Callable[[str, str], bool]) -> Callable[[], None]:
    """Return a program: the spoon without a cap; hands_over(me, other) decides while the other is hungry."""

    def program() -> None:
        table = threading.Condition()
        hungry, owner = {"T1", "T2"}, "T1"

        def dine(me: str, other: str) -> None:
            nonlocal owner
            with table:
                while me in hungry:
                    if owner != me:
                        table.wait()
                        continue
                    if other not in hungry or not hands_over(me, other):
                        hungry.remove(me)
                        mark("eats")
                    owner = other
                    table.notify()

        start_and_join(lambda: dine("T1", "T2"), lambda: dine("T2", "T1"))

    return program


def always(me: str, other: str) -> bool:
    """Hand the spoon over."""
    return True


def three_times_in_four(me: str, other: str) -> bool:
    """Hand the spoon over, except by chance."""
    return random.choice((True, True, True, False))


def to_the_first(me: str, other: str) -> bool:
    """Hand the spoon over to T1, who has priority, but not to T2."""
    return other == "T1"


def random_pause(seats: int) -> Callable[[], None]:
    """Return a program: who is refused pauses for 1 ms or for 3 ms, by chance, before the next try."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            while True:
                with left:
                    time.sleep(0.001)
                    if right.acquire(blocking=False):
                        mark("eats")
                        right.release()
                        return
                time.sleep(random.choice((0.001, 0.003)))

        dinner(eat, seats)

    return program


def random_first_fork(seats: int) -> Callable[[], None]:
    """Return a program: chance decides before each try which fork is taken first; there is no pause."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]

        def eat(seat: int) -> None:
            mine = forks[seat], forks[(seat + 1) % seats]
            while True:
                first = random.choice((0, 1))
                with mine[first]:
                    if mine[1 - first].acquire(blocking=False):
                        mark("eats")
                        mine[1 - first].release()
                        return

        dinner(eat, seats)

    return program


def fixed_pauses(pauses_s: tuple[float, float], other_work_s: float = 0.0) -> Callable[[], None]:
    """Return a program: two philosophers pause after a refusal, P0 for pauses_s[0], P1 for pauses_s[1].

    P0 has other work after its pause; it takes `other_work_s`.
    """

    def program() -> None:
        forks = [threading.Lock() for _ in range(2)]

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[1 - seat]
            while True:
                with left:
                    time.sleep(0.001)
                    if right.acquire(blocking=False):
                        mark("eats")
                        right.release()
                        return
                time.sleep(pauses_s[seat])
                if seat == 0 and other_work_s:
                    time.sleep(other_work_s)

        dinner(eat, seats=2)

    return program


def first_insists(seats: int) -> Callable[[], None]:
    """Return a program: P0 waits for the right fork with the left one in hand; the others give way."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            while True:
                with left:
                    if right.acquire(blocking=(seat == 0)):
                        mark("eats")
                        right.release()
                        return

        dinner(eat, seats)

    return program
