"""Lesson 07: the programs of its notebook that run on real threads, in lock-step rounds or with a cap."""

import random
import threading
from collections.abc import Callable

from helpers import mark
from helpers.lessons.mutual_exclusion.programs import start_and_join


def dinner(eat: Callable[[int], None], seats: int) -> None:
    """Start a thread for each seat, P0, P1, and so on, that calls eat(seat), and wait for all of them."""
    philosophers = [threading.Thread(target=eat, args=(seat,), name=f"P{seat}") for seat in range(seats)]
    for philosopher in philosophers:
        philosopher.start()
    for philosopher in philosophers:
        philosopher.join()


def polite(seats: int = 3, rounds: int = 100) -> Callable[[], None]:
    """Return a program: who is refused the right fork gives the left one back; a barrier keeps the step."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]
        in_step = threading.Barrier(seats)

        def dine(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            for _ in range(rounds):
                with left:
                    in_step.wait()  # everybody has a left fork
                    got = right.acquire(blocking=False)
                    in_step.wait()  # everybody has asked for a right one
                    if got:
                        mark("eats")
                        right.release()

        dinner(dine, seats)

    return program


def polite_spoon(cap: int = 500, impolite: float = 0.0, seed: int = 0) -> Callable[[], int]:
    """Return a program: who has the only spoon hands it over as long as the other one is hungry, too.

    With the probability `impolite` they eat instead. After `cap` hand-overs both give up. The program
    returns how often the spoon was handed over.
    """

    def program() -> int:
        table = threading.Condition()
        chance = random.Random(seed)
        hungry, owner, handed_over = {"T1", "T2"}, "T1", 0

        def dine(me: str, other: str) -> None:
            nonlocal owner, handed_over
            with table:
                while me in hungry and handed_over < cap:
                    if owner != me:
                        table.wait()
                        continue
                    if other in hungry and chance.random() >= impolite:
                        handed_over += 1
                    else:
                        hungry.remove(me)
                        mark("eats")
                    owner = other
                    table.notify()

        start_and_join(lambda: dine("T1", "T2"), lambda: dine("T2", "T1"))
        return handed_over

    return program


def backing_off(
    sits_out: Callable[[int, random.Random], int], seats: int = 3, rounds: int = 100, seed: int = 1
) -> Callable[[], None]:
    """Return a program: the same rounds, but who was refused sits out sits_out(seat, chance) rounds."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]
        in_step = threading.Barrier(seats)

        def dine(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            chance = random.Random(f"P{seat}, {seed}")
            pause = 0
            for _ in range(rounds):
                if pause > 0:
                    pause -= 1
                    in_step.wait()
                    in_step.wait()
                    continue
                with left:
                    in_step.wait()
                    got = right.acquire(blocking=False)
                    in_step.wait()
                    if got:
                        mark("eats")
                        right.release()
                    else:
                        pause = sits_out(seat, chance)

        dinner(dine, seats)

    return program


def coin(seat: int, chance: random.Random) -> int:
    """Toss a coin before each round: tails is to sit it out, heads is to join in."""
    rounds = 0
    while chance.random() < 0.5:
        rounds += 1
    return rounds


def seat_number(seat: int, chance: random.Random) -> int:
    """P0 sits out no round, P1 one, P2 two."""
    return seat


def first_among_equals(
    insists: Callable[[int], int], seats: int = 3, rounds: int = 100
) -> Callable[[], None]:
    """Return a program: in round n, seat insists(n) keeps the left fork and waits for the right one."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]
        in_step = threading.Barrier(seats)

        def dine(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            for number in range(rounds):
                with left:
                    in_step.wait()
                    got = right.acquire(blocking=False)
                    in_step.wait()
                    if insists(number) == seat and not got:
                        got = right.acquire()
                    if got:
                        mark("eats")
                        right.release()
                in_step.wait()  # nobody begins the next round before all have ended this one

        dinner(dine, seats)

    return program
