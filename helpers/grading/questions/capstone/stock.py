"""Exercise 08.2: a stock with a lost update and a deadlock, to be mended."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ...properties import Explored
from ...question import Question
from .._threads import numbered, together


class Stock:
    """Boxes of tea and rye, with a lock for each kind, and how many there are of all, with a lock too."""

    def __init__(self) -> None:
        self.boxes = {"tea": 1, "rye": 1}
        self.box_locks = {"tea": threading.Lock(), "rye": threading.Lock()}
        self.total, self.total_lock = 2, threading.Lock()

    def add(self, name: str) -> None:
        """Put a box in."""
        with self.box_locks[name], self.total_lock:
            self.boxes[name] += 1
            self.total += 1

    def take(self, name: str) -> bool:
        """Take a box out; return False where there is none."""
        with self.box_locks[name]:
            if self.boxes[name] == 0:
                return False
            self.boxes[name] -= 1
            self.total -= 1
            return True

    def count(self, name: str) -> tuple[int, int]:
        """Return how many boxes of a kind there are, and how many of all, both of one moment."""
        with self.total_lock, self.box_locks[name]:
            return self.boxes[name], self.total


def _one_thread(stock_class: type[Stock], _: int) -> Callable[[], None]:
    def program() -> None:
        stock = stock_class()
        for does, wanted in (
            (lambda: stock.count("tea"), (1, 2)),
            (lambda: stock.add("tea"), None),
            (lambda: stock.count("tea"), (2, 3)),
            (lambda: stock.take("tea"), True),
            (lambda: stock.take("tea"), True),
            (lambda: stock.take("tea"), False),
            (lambda: stock.count("tea"), (0, 1)),
            (lambda: stock.count("rye"), (1, 1)),
        ):
            got = does()
            assert got == wanted, f"a stock that one thread uses answers {got}, not {wanted}"

    return program


def _takers(stock_class: type[Stock], kinds: int) -> Callable[[], None]:
    """T1 and T2 take a box: of two kinds, or the last one of the same kind."""

    def program() -> None:
        stock, took = stock_class(), []
        names = ("tea", "rye") if kinds == 2 else ("tea", "tea")
        together(numbered([lambda name=name: took.append(stock.take(name)) for name in names]))
        left = 2 - kinds
        assert took.count(True) == kinds, f"lost update: {kinds} in the stock, {took.count(True)} taken"
        assert stock.total == left, f"lost update: {left} boxes are left, and the total is {stock.total}"

    return program


def _pairs(stock_class: type[Stock], which: int) -> Callable[[], None]:
    """Two threads, or three, use the same kind of boxes; whoever counts must see one moment."""

    def program() -> None:
        stock = stock_class()

        def count() -> None:
            boxes, total = stock.count("tea")
            assert total == boxes + 1, f"count saw {boxes} of tea, 1 of rye, and {total} of all"

        add, take = lambda: stock.add("tea"), lambda: stock.take("tea")
        jobs = ((add, count), (take, count), (take, add), (take, add, count))[which]
        together(numbered(jobs))
        count()

    return program


STOCK = Question(
    "08.2",
    "Two bugs in a stock",
    stars=2,
    minutes=20,
    answer_name="MendedStock",
    properties=(
        Explored(_one_thread, works=1, sizes=(1,), needed=True),
        Explored(
            _takers,
            safe=2,
            sizes=(2, 1),
            because={"failure": "Which lock does everybody hold who changes that number?"},
        ),
        Explored(_pairs, live=3, sizes=(0, 1, 2), final=(3,)),
    ),
)
