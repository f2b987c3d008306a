"""Lesson 05: the dinners of its notebook; small ones without a pause are explored, too."""

import random
import threading
import time
from collections.abc import Callable
from itertools import count

from helpers import mark


def pause(seconds: float) -> None:
    """Sleep for so many seconds; where they are 0, do not even begin to."""
    if seconds:
        time.sleep(seconds)


def dinner(eat: Callable[[int], None], seats: int) -> None:
    """Start a thread for each seat, P0, P1, and so on, that calls eat(seat), and wait for all of them."""
    philosophers = [threading.Thread(target=eat, args=(seat,), name=f"P{seat}") for seat in range(seats)]
    for philosopher in philosophers:
        philosopher.start()
    for philosopher in philosophers:
        philosopher.join()


def five_left_forks() -> None:
    """Each philosopher takes the left fork, waits at a barrier until all have one, and asks for the right."""
    forks = [threading.Lock() for _ in range(5)]
    each_has_one = threading.Barrier(5)

    def eat(seat: int) -> None:
        left, right = forks[seat], forks[(seat + 1) % 5]
        with left:
            each_has_one.wait()
            with right:
                mark("eats")

    dinner(eat, seats=5)


def left_then_right(seats: int, pause_s: float = 0.0) -> Callable[[], None]:
    """Return a program: each philosopher takes the left fork, then the right one, and eats once."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            with left:
                pause(pause_s)
                with right:
                    mark("eats")
                    pause(pause_s)

        dinner(eat, seats)

    return program


def highest_first(seats: int, pause_s: float = 0.0, rule_breaker: int | None = None) -> Callable[[], None]:
    """Return a program: all take the fork with the higher number first, except one who breaks the rule."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]

        def eat(seat: int) -> None:
            low, high = sorted((seat, (seat + 1) % seats))
            first, second = (low, high) if seat == rule_breaker else (high, low)
            with forks[first]:
                pause(pause_s)
                with forks[second]:
                    mark("eats")
                    pause(pause_s)

        dinner(eat, seats)

    return program


def one_seat_less(seats: int, pause_s: float = 0.0) -> Callable[[], None]:
    """Return a program: left fork, then right, but one philosopher has to stand until another one leaves."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]
        chairs = threading.Semaphore(seats - 1)

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            with chairs, left:
                pause(pause_s)
                with right:
                    mark("eats")
                    pause(pause_s)

        dinner(eat, seats)

    return program


def shared_chair(seats: int, pause_s: float = 0.0) -> Callable[[], None]:
    """Return a program: the same, but each chair is a lock; the first and the last philosopher share one."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]
        chairs = [threading.Lock() for _ in range(seats - 1)]

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            with chairs[seat % (seats - 1)], left:
                pause(pause_s)
                with right:
                    mark("eats")
                    pause(pause_s)

        dinner(eat, seats)

    return program


def ask_the_waiter(seats: int, pause_s: float = 0.0) -> Callable[[], None]:
    """Return a program: a philosopher takes forks only with the waiter at hand, who serves one at a time."""

    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]
        waiter = threading.Lock()

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            with waiter:
                left.acquire()
                pause(pause_s)
                right.acquire()
            try:
                mark("eats")
                pause(pause_s)
            finally:
                right.release()
                left.release()

        dinner(eat, seats)

    return program


def both_at_once(seats: int, pause_s: float = 0.0) -> Callable[[], None]:
    """Return a program: a philosopher waits until both forks are free, and takes both in one step."""

    def program() -> None:
        taken = [False] * seats
        put_back = threading.Condition()

        def eat(seat: int) -> None:
            left, right = seat, (seat + 1) % seats
            with put_back:
                put_back.wait_for(lambda: not taken[left] and not taken[right])
                taken[left] = taken[right] = True
            mark("eats")
            pause(pause_s)
            with put_back:
                taken[left] = taken[right] = False
                put_back.notify_all()

        dinner(eat, seats)

    return program


def give_back_and_retry(seats: int, pause_s: float = 0.0) -> Callable[[], int]:
    """Return a program: who is refused the right fork for 200 ms gives the left one back, waits, and retries.

    A barrier makes sure that at the first try all have a left fork. The program returns how often a fork
    was given back.
    """

    def program() -> int:
        forks = [threading.Lock() for _ in range(seats)]
        each_has_one = threading.Barrier(seats)
        given_back = []

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            chance = random.Random(seat)
            for attempt in count():
                with left:
                    if attempt == 0:
                        each_has_one.wait()
                    if right.acquire(timeout=0.2):
                        try:
                            mark("eats")
                            pause(pause_s)
                        finally:
                            right.release()
                        return
                given_back.append(seat)
                time.sleep(chance.uniform(0, 0.4))

        dinner(eat, seats)
        return len(given_back)

    return program
