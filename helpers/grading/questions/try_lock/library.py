"""03.1: a shelf of books, and programs in which somebody borrows from it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from ....lessons.try_lock.programs import start_and_join
from .askers import askers

Borrow = Callable[["Shelf"], bool]
Program = Callable[[], None]


class Shelf:
    """A shelf with so many books, and a lock for whoever wants to touch them."""

    def __init__(self, books: int) -> None:
        self.books = books
        self.lock = threading.Lock()

    def take(self) -> None:
        """Take a book off; call it only with the lock held.

        Raises:
            LookupError: where there is none.
        """
        if self.books == 0:
            raise LookupError("the shelf is empty")
        self.books -= 1


def alone(borrow: Borrow, _: int) -> Program:
    """One thread borrows all books, asks for one more, and asks while somebody is at the shelf."""

    def program() -> None:
        shelf = Shelf(2)
        for left in (1, 0):
            assert borrow(shelf) is True, "borrow must return True where it got the lock"
            assert shelf.books == left, f"after a book was borrowed, {left} must be left, not {shelf.books}"
            assert not shelf.lock.locked(), "got without release: borrow must give back the lock that it got"
        assert _finds_none(borrow, shelf), "borrow must let the LookupError of take go through"
        assert not shelf.lock.locked(), "got without release: after the error of take the lock is still held"
        shelf.books = 1
        shelf.lock.acquire()
        began = time.monotonic()
        assert borrow(shelf) is False, "borrow must return False where somebody else holds the lock"
        assert time.monotonic() == began, "borrow must not wait, not even for a while"
        assert shelf.lock.locked(), "release without got: borrow released a lock that somebody else holds"
        assert shelf.books == 1, "borrow took a book without the lock"

    return program


def _finds_none(borrow: Borrow, shelf: Shelf) -> bool:
    try:
        borrow(shelf)
    except LookupError:
        return True
    return False


def beside_others(borrow: Borrow, borrowers: int) -> Program:
    """T1 puts a book back by the book, and stays at the shelf until all others have asked."""

    def program() -> None:
        shelf = Shelf(borrowers)
        got: list[bool] = []

        def put_back() -> None:
            with shelf.lock:
                books = shelf.books
                for each in others:
                    each.join()
                shelf.books = books + 1

        others = askers(lambda: got.append(borrow(shelf)), borrowers)
        start_and_join(put_back)
        wanted = borrowers + 1 - got.count(True)
        assert shelf.books == wanted, f"race condition: books on the shelf: {shelf.books}, must be {wanted}"
        assert not shelf.lock.locked(), "got without release: nobody is at the shelf, and the lock is held"

    return program
