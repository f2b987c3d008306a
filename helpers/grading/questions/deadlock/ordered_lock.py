"""Exercise 05.3: a lock that tells a thread off when it does not keep the order."""

from __future__ import annotations

from collections.abc import Callable

from ....lessons.mutual_exclusion.programs import start_and_join
from ...properties import Explored
from ...question import Question


class LockOrderError(RuntimeError):
    """A thread asked for a lock out of order."""


def _is_refused(lock) -> bool:  # noqa: ANN001 - whatever class the learner wrote
    """Ask for a lock, give it back at once where it was got, and return whether the order was violated."""
    try:
        lock.acquire()
    except LockOrderError:
        return True
    lock.release()
    return False


def _one_thread(lock_class: Callable, _size: int) -> Callable[[], None]:
    def program() -> None:
        one, two, three = lock_class(1), lock_class(2), lock_class(3)
        with one, three:
            assert _is_refused(two), "a thread that holds 1 and 3 gets 2: the order is violated"
            assert _is_refused(two), "a thread that holds 1 and 3 is refused 2, and then gets it"
        with two, three:
            pass  # 2 is free, and nobody holds 1 or 3 any more
        one.acquire()
        two.acquire()
        one.release()
        assert _is_refused(one), "a thread that took 1 and 2, and gave 1 back, gets 1 while it holds 2"
        three.acquire()
        two.release()
        assert _is_refused(two), "a thread that took 2 and 3, and gave 2 back, gets 2 while it holds 3"
        three.release()
        assert not _is_refused(one), "a thread that holds nothing is refused 1"

    return program


def _itself(lock_class: Callable, _size: int) -> Callable[[], None]:
    def program() -> None:
        one, twin = lock_class(1), lock_class(1)
        with one:
            assert _is_refused(one), "a thread that holds 1 gets 1 again"
            assert _is_refused(twin), "a thread that holds a lock of rank 1 gets another lock of rank 1"

    return program


def _no_violation(lock_class: Callable, _size: int) -> Callable[[], None]:
    """T1 and T2 keep the order, each for itself; what they count is protected by the lock."""

    def program() -> None:
        one, two = lock_class(1), lock_class(2)
        count = 0

        def add() -> None:
            nonlocal count
            with one:
                count += 1

        def checked(body: Callable[[], None]) -> None:
            try:
                body()
            except LockOrderError as error:
                raise AssertionError("false alarm: a thread that holds nothing is refused 1") from error

        def first() -> None:
            with two:
                pass
            checked(add)

        start_and_join(first, lambda: checked(add))
        assert count == 2, "lost update: the lock lets two threads in at once"

    return program


def _crossing(lock_class: Callable, _size: int) -> Callable[[], None]:
    """T1 takes 1, then 2; T2 takes 2, then 1."""

    def program() -> None:
        one, two = lock_class(1), lock_class(2)
        reported = []

        def keeps_the_order() -> None:
            with one, two:
                pass

        def violates_it() -> None:
            with two:
                reported.append(_is_refused(one))

        start_and_join(keeps_the_order, violates_it)
        assert reported == [True], "T2 takes 1 while it holds 2, and no LockOrderError is raised"

    return program


ORDERED_LOCK = Question(
    "05.3",
    "A lock that knows its place",
    stars=3,
    minutes=25,
    answer_name="OrderedLock",
    properties=(
        Explored(_one_thread, works=1, sizes=(1,), needed=True),
        Explored(_no_violation, safe=2, needed=True),
        Explored(
            _crossing,
            live=2,
            because={"deadlock": "The order must be checked before the lock is asked for."},
        ),
        Explored(_itself, works=1, called="itself", sizes=(1,)),
    ),
)
