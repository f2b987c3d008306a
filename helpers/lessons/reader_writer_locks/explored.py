"""Lesson 04: small programs of which its notebook has every order played."""

from collections.abc import Callable
from contextlib import suppress

from readerwriterlock.rwlock import RWLockFair

from helpers.lessons.reader_writer_locks.programs import start_and_join


def move_and_count(*, as_writer: bool) -> Callable[[], None]:
    """Return a program: W1 moves 10 from one account to the other; R1 and R2 add both up.

    Args:
        as_writer: whether W1 takes a writer's handle; else it takes a reader's.
    """

    def program() -> None:
        rw = RWLockFair()
        savings, current = 100, 0

        def move() -> None:
            nonlocal savings, current
            with rw.gen_wlock() if as_writer else rw.gen_rlock():
                savings -= 10
                current += 10

        def count() -> None:
            with rw.gen_rlock():
                assert savings + current == 100

        start_and_join(W1=move, R1=count, R2=count)

    return program


# ---- handles


def one_handle_for_two() -> None:
    """Two readers use one handle."""
    rw = RWLockFair()
    handle = rw.gen_rlock()

    def read() -> None:
        with handle:
            pass

    start_and_join(R1=read, R2=read)


def one_handle_error_dropped() -> None:
    """The same, but an error is caught and dropped; when both readers have ended, the main thread writes."""
    rw = RWLockFair()
    handle = rw.gen_rlock()

    def read() -> None:
        with suppress(RuntimeError), handle:
            pass

    start_and_join(R1=read, R2=read)
    with rw.gen_wlock():
        pass


def a_handle_for_each() -> None:
    """The same, but each reader generates a handle of its own."""
    rw = RWLockFair()

    def read() -> None:
        with rw.gen_rlock():
            pass

    start_and_join(R1=read, R2=read)
    with rw.gen_wlock():
        pass


# ---- holding and asking for more


def read_then_write(make_rw: Callable) -> Callable[[], None]:
    """Return a program: a thread reads, and asks to write with its reader's handle still held."""

    def program() -> None:
        rw = make_rw()
        with rw.gen_rlock(), rw.gen_wlock():
            pass

    return program


def write_then_read(make_rw: Callable) -> Callable[[], None]:
    """Return a program: a thread writes, and asks to read with its writer's handle still held."""

    def program() -> None:
        rw = make_rw()
        with rw.gen_wlock(), rw.gen_rlock():
            pass

    return program


def sell(*, looks_again: bool) -> Callable[[], None]:
    """Return a program: two threads read that a seat is free, give the handle back, and sell it as writers.

    Args:
        looks_again: whether they look again when they may write.
    """

    def program() -> None:
        rw = RWLockFair()
        seats = 1

        def book() -> None:
            nonlocal seats
            with rw.gen_rlock():
                free = seats > 0
            if free:
                with rw.gen_wlock():
                    if not looks_again or seats > 0:
                        seats -= 1

        start_and_join(T1=book, T2=book)
        assert seats == 0

    return program


def read_twice(make_rw: Callable) -> Callable[[], None]:
    """Return a program: R1 reads, and reads again with its first handle still held; W1 writes once."""

    def program() -> None:
        rw = make_rw()

        def read() -> None:
            with rw.gen_rlock(), rw.gen_rlock():
                pass

        def write() -> None:
            with rw.gen_wlock():
                pass

        start_and_join(R1=read, W1=write)

    return program


# ---- from writing to reading


def write_and_check(make_rw: Callable, *, downgrades: bool) -> Callable[[], None]:
    """Return a program: W1 writes 1, goes over to reading, and relies on reading 1; W2 writes 2.

    Args:
        make_rw: makes the lock.
        downgrades: whether W1 goes over by `downgrade()`; else it releases, and asks to read.
    """

    def program() -> None:
        rw = make_rw()
        board = 0

        def write_one() -> None:
            nonlocal board
            handle = rw.gen_wlock()
            handle.acquire()
            board = 1
            if downgrades:
                handle = handle.downgrade()
            else:
                handle.release()
                handle = rw.gen_rlock()
                handle.acquire()
            assert board == 1
            handle.release()

        def write_two() -> None:
            nonlocal board
            with rw.gen_wlock():
                board = 2

        start_and_join(W1=write_one, W2=write_two)

    return program
