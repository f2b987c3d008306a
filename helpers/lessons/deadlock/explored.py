"""Lesson 05: small programs of which its notebook has every order played."""

import threading
import time
from collections.abc import Callable

from helpers import mark
from helpers.lessons.deadlock.programs import dinner
from helpers.lessons.mutual_exclusion.programs import start_and_join


def call_once() -> None:
    """T1 waits for a call; T2 calls once. The Condition does not remember the call."""
    bell = threading.Condition()

    def serve() -> None:
        with bell:
            bell.wait()
        mark("serves")

    def cook() -> None:
        with bell:
            bell.notify()

    start_and_join(serve, cook)


def call_and_write_down() -> None:
    """T2 writes down that the dish is ready, then calls; T1 waits only while nothing is written down."""
    bell = threading.Condition()
    ready = False

    def serve() -> None:
        with bell:
            while not ready:
                bell.wait()
        mark("serves")

    def cook() -> None:
        nonlocal ready
        with bell:
            ready = True
            bell.notify()

    start_and_join(serve, cook)


def call_by_event() -> None:
    """T1 waits for an event; T2 sets it. An Event remembers that it was set."""
    ready = threading.Event()

    def serve() -> None:
        ready.wait()
        mark("serves")

    start_and_join(serve, ready.set)


def two_tries(seats: int) -> Callable[[], list[int]]:
    """Return a program: each philosopher tries at most twice to get both forks; it returns who ate."""

    def program() -> list[int]:
        forks = [threading.Lock() for _ in range(seats)]
        ate = []

        def eat(seat: int) -> None:
            left, right = forks[seat], forks[(seat + 1) % seats]
            for _ in range(2):
                with left:
                    if right.acquire(timeout=0.02):
                        ate.append(seat)
                        right.release()
                        return
                time.sleep(0.02 * (seat + 1))

        dinner(eat, seats)
        return ate

    return program


def somebody_eats(seats: int) -> Callable[[], None]:
    """Return a program: two tries for each, as above; at least one philosopher has to have eaten."""

    def program() -> None:
        ate = two_tries(seats)()
        assert ate

    return program
