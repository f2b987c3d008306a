"""Lesson 07: dinners up to the first meal, and four programs that look alike from outside."""

import random
import threading
import time
from collections.abc import Callable

from readerwriterlock import rwlock

from helpers import mark
from helpers.lessons.livelock.programs import dinner


def first_meals(seats: int, dinners: int, seed: int = 1) -> Callable[[], list[int]]:
    """Return a program: so many dinners in lock-step rounds with coins, each up to its first meal.

    The program returns the number of the round, from 1 on, in which somebody first ate, for each dinner.

    Args:
        seats: how many philosophers there are, at least 2.
        dinners: how many dinners they hold.
        seed: which coins they toss.
    """

    def program() -> list[int]:
        forks = [threading.Lock() for _ in range(seats)]
        in_step = threading.Barrier(seats)
        first: dict[int, int] = {}

        def dine(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            chance = random.Random(f"P{seat}, {seed}")
            for number in range(dinners):
                rounds, joins = 0, True
                while number not in first:
                    rounds += 1
                    if joins:
                        left.acquire()
                    in_step.wait()
                    got = joins and right.acquire(blocking=False)
                    in_step.wait()
                    if got:
                        first[number] = rounds
                        right.release()
                    if joins:
                        left.release()
                    joins = chance.random() < 0.5
                    in_step.wait()

        dinner(dine, seats)
        return [first[number] for number in range(dinners)]

    return program


def four_programs(rounds: int = 1_000, pause_s: float = 0.0) -> dict[str, Callable[[], None]]:
    """Return four programs that nobody is content with, by what is wrong.

    Args:
        rounds: how many rounds the livelocked ones go on.
        pause_s: how long the livelocked ones sleep in each round, in seconds.
    """
    return {
        "deadlock": left_forks,
        "livelock": in_step_with_pauses(rounds, pause_s),
        "starvation": readers_in_relay,
        "slow": one_till,
    }


def left_forks() -> None:
    """Three philosophers have a left fork each, and wait for the right one."""
    forks = [threading.Lock() for _ in range(3)]
    each_has_one = threading.Barrier(3)

    def eat(seat: int) -> None:
        with forks[seat]:
            each_has_one.wait()
            with forks[(seat + 1) % 3]:
                mark("eats")

    dinner(eat, seats=3)


def in_step_with_pauses(rounds: int, pause_s: float) -> Callable[[], None]:
    """Return a program: three polite philosophers in lock-step rounds, with a pause in each."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(3)]
        in_step = threading.Barrier(3)

        def dine(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % 3]
            for _ in range(rounds):
                with left:
                    in_step.wait()
                    got = right.acquire(blocking=False)
                    in_step.wait()
                    if got:
                        mark("eats")
                        right.release()
                if pause_s:
                    time.sleep(pause_s)

        dinner(dine, seats=3)

    return program


def readers_in_relay() -> None:
    """Two readers relieve each other, without an end: each leaves only when the other is in; W waits."""
    lock = rwlock.RWLockRead()
    both_in = threading.Barrier(2)
    reading = threading.Event()

    def read(first: bool) -> None:
        if not first:
            both_in.wait()
        while True:
            with lock.gen_rlock():
                reading.set()
                both_in.wait()  # now the other one may leave
                time.sleep(0.02)
                mark("reads")
                both_in.wait()  # the other one is back: now this one may leave

    def write() -> None:
        reading.wait()
        with lock.gen_wlock():
            mark("writes")

    threads = [
        threading.Thread(target=read, args=(True,), name="R1"),
        threading.Thread(target=read, args=(False,), name="R2"),
        threading.Thread(target=write, name="W"),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def one_till() -> None:
    """Three threads take turns with one lock, twice each, and hold it for 40 ms each time."""
    lock = threading.Lock()

    def serve(seat: int) -> None:
        for _ in range(2):
            with lock:
                time.sleep(0.04)
                mark("serves")
            time.sleep(0.01)

    dinner(serve, seats=3)
