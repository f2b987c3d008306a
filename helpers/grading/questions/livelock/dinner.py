"""Exercise 07.3: the polite philosophers, cured without chance and without a promise of the clock."""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable
from typing import Any

from ....running import mark
from ...properties import Explored, Written
from ...question import Question
from .._threads import together

Eat = Callable[[int, Any, Callable[[], None]], None]
AT_ANY_TIME = {"early_timers": True, "max_steps": 2_000}


class _Table:
    """A table with a fork between each two seats; it sees that who eats has both forks."""

    def __init__(self, seats: int, eat: Eat) -> None:
        self.forks = [threading.Lock() for _ in range(seats)]
        self._eats, self._eat = [False] * seats, eat

    def dine(self, seat: int, during: Callable[[], Any] = lambda: None) -> None:
        """Let somebody eat once."""
        meals = 0

        def meal() -> None:
            nonlocal meals
            for fork in (seat, (seat + 1) % len(self.forks)):
                assert self.forks[fork].locked(), f"P{seat} eats, and nobody holds fork {fork}"
            for other in {seat - 1, (seat + 1) % len(self.forks)}:
                assert not self._eats[other], f"P{seat} and its neighbour eat at the same time"
            self._eats[seat] = True
            mark("eats")
            during()
            self._eats[seat] = False
            meals += 1

        self._eat(seat, self.forks, meal)
        assert meals == 1, f"P{seat} ate {meals} times in one call"


def _one_after_the_other(eat: Eat, seats: int) -> Callable[[], None]:
    def program() -> None:
        table = _Table(seats, eat)
        for seat in range(seats):
            table.dine(seat)
            for number, fork in enumerate(table.forks):
                assert not fork.locked(), f"P{seat} has eaten, and fork {number} is still held"

    return program


def _once_each(eat: Eat, seats: int) -> Callable[[], None]:
    def program() -> None:
        table = _Table(seats, eat)
        together({f"P{seat}": lambda seat=seat: table.dine(seat) for seat in range(seats)})

    return program


def _again_and_again(eat: Eat, seats: int) -> Callable[[], None]:
    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]

        def dine(seat: int) -> None:
            while True:
                eat(seat, forks, lambda: mark("eats"))

        together({f"P{seat}": lambda seat=seat: dine(seat) for seat in range(seats)})

    return program


def _apart(eat: Eat, seats: int) -> Callable[[], None]:
    """P0 and P2 share no fork, and meet at their meals."""

    def program() -> None:
        table, meeting = _Table(seats, eat), threading.Barrier(2)
        together({f"P{seat}": lambda seat=seat: table.dine(seat, meeting.wait) for seat in (0, 2)})

    return program


def _no_chance(tree: ast.Module) -> str:
    """Return where chance is used.

    >>> _no_chance(ast.parse("time.sleep(0.001 * seat)"))
    ''
    >>> _no_chance(ast.parse("time.sleep(random.random())"))
    'line 1 uses random: this cure has to do without chance'
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "random":
            return f"line {node.lineno} uses random: this cure has to do without chance"
    return ""


DINNER = Question(
    "07.3",
    "A cure without chance",
    stars=3,
    minutes=25,
    answer_name="eat",
    properties=(
        Explored(_one_after_the_other, works=1, sizes=(3,), needed=True),
        Written(_no_chance, uses=1, needed=True),
        Explored(
            _once_each,
            live=2,
            sizes=(2, 3),
            options=AT_ANY_TIME,
            needed=True,
            because={"livelock": "Nothing keeps them from going on like that for ever, whatever the pauses."},
        ),
        Explored(_again_and_again, fair=1, sizes=(2, 3), options=AT_ANY_TIME),
        Explored(
            _apart,
            works=1,
            called="apart",
            sizes=(4,),
            because={"deadlock": "P0 and P2 share no fork, and yet one keeps the other out."},
        ),
    ),
)
