"""Lesson 05: one dinner that goes on and on, with a choice of how the forks are taken."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from helpers.lessons.deadlock.programs import dinner, pause


class Table:
    """The forks, and all that one of the fixes needs beside them.

    Args:
        seats: how many philosophers there are, and forks.
        pause_s: how long a philosopher rests between the first fork and the second, in seconds.
    """

    def __init__(self, seats: int, pause_s: float) -> None:
        self.seats, self.pause_s = seats, pause_s
        self.forks = [threading.Lock() for _ in range(seats)]
        self.chairs = threading.Semaphore(seats - 1)
        self.waiter = threading.Lock()
        self.taken, self.change = [False] * seats, threading.Condition()
        self.chances = [random.Random(seat) for seat in range(seats)]

    def numbers(self, seat: int) -> tuple[int, int]:
        """Return the numbers of the left and the right fork of a seat."""
        return seat, (seat + 1) % self.seats


@contextmanager
def in_order(table: Table, seat: int) -> Iterator[None]:
    """Take the fork with the higher number first."""
    low, high = sorted(table.numbers(seat))
    with table.forks[high]:
        pause(table.pause_s)
        with table.forks[low]:
            yield


@contextmanager
def seated(table: Table, seat: int) -> Iterator[None]:
    """Take a chair, of which there is one less than philosophers, then left and right."""
    left, right = table.numbers(seat)
    with table.chairs, table.forks[left]:
        pause(table.pause_s)
        with table.forks[right]:
            yield


@contextmanager
def served(table: Table, seat: int) -> Iterator[None]:
    """Take both forks while having the waiter, who serves one philosopher at a time."""
    left, right = table.numbers(seat)
    with table.waiter:
        table.forks[left].acquire()
        pause(table.pause_s)
        table.forks[right].acquire()
    try:
        yield
    finally:
        table.forks[right].release()
        table.forks[left].release()


@contextmanager
def at_once(table: Table, seat: int) -> Iterator[None]:
    """Wait until both forks are free and take both, which takes as long as one by one."""
    left, right = table.numbers(seat)
    with table.change:
        table.change.wait_for(lambda: not table.taken[left] and not table.taken[right])
        table.taken[left] = table.taken[right] = True
    pause(table.pause_s)
    try:
        yield
    finally:
        with table.change:
            table.taken[left] = table.taken[right] = False
            table.change.notify_all()


@contextmanager
def retrying(table: Table, seat: int) -> Iterator[None]:
    """Take the left fork; give it back where the right one is not to be had in time, and wait at random."""
    left, right = table.numbers(seat)
    while True:
        table.forks[left].acquire()
        pause(table.pause_s)
        if table.forks[right].acquire(timeout=2 * table.pause_s):
            break
        table.forks[left].release()
        time.sleep(table.chances[seat].uniform(0, 4 * table.pause_s))
    try:
        yield
    finally:
        table.forks[right].release()
        table.forks[left].release()


Take = Callable[[Table, int], AbstractContextManager[None]]

FIXES: dict[str, Take] = {
    "in order": in_order,
    "one seat less": seated,
    "waiter": served,
    "both at once": at_once,
    "retry": retrying,
}


def long_dinner(
    fix: str, *, seats: int = 5, pause_s: float = 0.001, think_s: float = 0.0, dinner_s: float = 0.4
) -> Callable[[], list[int]]:
    """Return a program: philosophers eat again and again; it returns how many meals each had, by seat.

    Args:
        fix: how they take their forks, one of `FIXES`.
        seats: how many philosophers there are.
        pause_s: how long the second fork comes after the first, and how long a meal takes, in seconds.
        think_s: how long a philosopher thinks after each meal, in seconds.
        dinner_s: how long the dinner lasts, in seconds.

    Raises:
        ValueError: there is no such fix.
    """
    if fix not in FIXES:
        raise ValueError(f"fix must be one of {', '.join(map(repr, FIXES))}, not {fix!r}")
    take = FIXES[fix]

    def program() -> list[int]:
        table, all_here = Table(seats, pause_s), threading.Barrier(seats)
        meals = [0] * seats

        def eat(seat: int) -> None:
            all_here.wait()
            end = time.monotonic() + dinner_s
            while time.monotonic() < end:
                with take(table, seat):
                    pause(pause_s)
                    meals[seat] += 1
                pause(think_s)

        dinner(eat, seats)
        return meals

    return program
