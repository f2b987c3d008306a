"""02.3: programs that use a lock which knows its owner, and tells whoever breaks its rules."""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable

from ....lessons.mutual_exclusion.programs import start_and_join
from ...properties import mentioned

Program = Callable[[], None]


def plain_lock_inside(tree: ast.Module) -> str:
    """Return why an answer is not built from a plain lock; "" where it is."""
    names = mentioned(tree)
    for name in ("RLock", "Condition"):
        if name in names:
            return f"it uses {name}, which knows an owner by itself: build it from threading.Lock()"
    return "" if "Lock" in names else "it uses no Lock: build it from threading.Lock()"


def one_owner(lock_class: type, _: int) -> Program:
    """One thread, Ana, uses the lock well, and then not so well."""

    def ana() -> None:
        lock = lock_class()
        for _ in range(2):
            lock.acquire()
            lock.release()
        lock.acquire()
        said = _error_of(lock.acquire)
        assert said is not None, "acquire must raise RuntimeError where the thread holds the lock already"
        assert "Ana" in said, f"the error of a second acquire must name the owner, Ana; it says {said!r}"
        lock.release()  # one is enough: the second acquire did not count
        assert _error_of(lock.release) is not None, "release of a free lock must raise RuntimeError"
        assert _error_inside(lock), "with must let an error in its block go through"
        with lock:
            assert _error_of(lock.acquire) is not None, "with must make Ana the owner, as acquire does"
        with lock, lock_class():
            pass  # two locks, so no second acquire of one

    return lambda: _as("Ana", ana)


def _error_of(call: Callable[[], object]) -> str | None:
    try:
        call()
    except RuntimeError as error:
        return str(error)
    return None


def _error_inside(lock: object) -> bool:
    try:
        with lock:
            raise LookupError
    except LookupError:
        return True
    return False


def _as(name: str, *jobs: Callable[[], None]) -> None:
    threads = [threading.Thread(target=job, name=name) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def exclusion(lock_class: type, threads: int) -> Program:
    """Several threads add 1, each with the lock held."""

    def program() -> None:
        lock, total = lock_class(), 0

        def add() -> None:
            nonlocal total
            with lock:
                total += 1

        start_and_join(*[add] * threads)
        assert total == threads, (
            f"lost update: {threads} threads added 1, each with the lock held, and that makes {total}"
        )

    return program


def foreign_release(lock_class: type, _: int) -> Program:
    """While Ana is in her critical section, Ben releases her lock; Cy wants to get in."""

    def program() -> None:
        lock, total = lock_class(), 0

        def ben() -> None:
            said = _error_of(lock.release)
            assert said is not None, "Ben released the lock that Ana holds: release must raise RuntimeError"
            assert "Ana" in said, f"the error of Ben's release must name the owner, Ana; it says {said!r}"

        def ana() -> None:
            nonlocal total
            with lock:
                seen = total
                _as("Ben", ben)
                total = seen + 1

        def cy() -> None:
            nonlocal total
            with lock:
                total += 1

        both = [threading.Thread(target=job, name=name) for name, job in (("Ana", ana), ("Cy", cy))]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        assert total == 2, "lost update: Ben's release let Cy in while Ana was in her critical section"

    return program


def at_any_moment(lock_class: type, _: int) -> Program:
    """T1 uses the lock twice; T2, which never holds it, releases it at any moment."""

    def program() -> None:
        lock = lock_class()

        def by_the_book() -> None:
            for _ in range(2):
                with lock:
                    pass

        def uninvited() -> None:
            said = _error_of(lock.release)
            assert said is not None, "T2 released a lock that it never held: release must raise RuntimeError"

        start_and_join(by_the_book, uninvited)

    return program


def namesakes(lock_class: type, _: int) -> Program:
    """Two threads with the same name use the lock; a third of that name releases what it does not hold."""

    def program() -> None:
        lock = lock_class()

        def use() -> None:
            with lock:
                pass

        def uninvited() -> None:
            assert _error_of(lock.release) is not None, (
                "a thread released what another one of the same name holds: two threads may share a name"
            )

        _as("Ana", use, uninvited, use)

    return program
