"""Lesson 03: small programs of which its notebook has every order played."""

import threading

from helpers.lessons.try_lock.programs import start_and_join


def look_then_ask() -> None:
    """Two threads try for the lock where they see it free, and rely on getting it."""
    lock = threading.Lock()

    def ask_if_free() -> None:
        if not lock.locked():
            assert lock.acquire(blocking=False)
            lock.release()

    start_and_join(ask_if_free, ask_if_free)


def ask_at_once() -> None:
    """Two threads try for the lock, and release it if they got it."""
    lock = threading.Lock()

    def ask() -> None:
        if lock.acquire(blocking=False):
            lock.release()

    start_and_join(ask, ask)


def release_in_any_case() -> None:
    """T1 uses the lock by the book; T2 tries for it, and releases it even if it was refused."""
    lock = threading.Lock()

    def by_the_book() -> None:
        with lock:
            pass

    def in_any_case() -> None:
        try:
            lock.acquire(blocking=False)
        finally:
            lock.release()

    start_and_join(by_the_book, in_any_case)


def release_what_was_got() -> None:
    """The same, but T2 releases only after an answer of True."""
    lock = threading.Lock()

    def by_the_book() -> None:
        with lock:
            pass

    def what_was_got() -> None:
        if lock.acquire(blocking=False):
            lock.release()

    start_and_join(by_the_book, what_was_got)


def wait_for_both() -> None:
    """T1 takes a, then b; T2 takes b, then a; nothing holds anybody back."""
    a, b = threading.Lock(), threading.Lock()

    def take(first: threading.Lock, second: threading.Lock) -> None:
        with first, second:
            pass

    start_and_join(lambda: take(a, b), lambda: take(b, a))


def try_for_both() -> list[str]:
    """The same, but each tries once for its second lock, and does without if it is refused."""
    a, b = threading.Lock(), threading.Lock()
    had_both = []

    def take(first: threading.Lock, second: threading.Lock) -> None:
        with first:
            if second.acquire(blocking=False):
                had_both.append(threading.current_thread().name)
                second.release()

    start_and_join(lambda: take(a, b), lambda: take(b, a))
    return had_both


def somebody_had_both() -> None:
    """Try for both locks as above; at least one of the two threads has to have had both."""
    had_both = try_for_both()
    assert had_both
