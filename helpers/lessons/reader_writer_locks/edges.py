"""Lesson 04: programs that show on real threads where a reader-writer lock surprises."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from helpers.lessons.reader_writer_locks.programs import start_and_join


def writer_with_a_limit(make_rw: Callable) -> Callable[[], None]:
    """Return a program: R1 reads; W1 asks to write, for 500 ms at most; R2 asks to read meanwhile.

    R1 reads until W1 has given up and R2 has read.
    """

    def program() -> None:
        rw = make_rw()
        r1_reads, w1_asks = threading.Event(), threading.Event()
        w1_is_done, r2_is_done = threading.Event(), threading.Event()

        def read_long() -> None:
            with rw.gen_rlock():
                r1_reads.set()
                w1_is_done.wait()
                r2_is_done.wait()

        def ask_to_write() -> None:
            r1_reads.wait()
            handle = rw.gen_wlock()
            w1_asks.set()
            if handle.acquire(timeout=0.5):
                handle.release()
            w1_is_done.set()

        def read_short() -> None:
            w1_asks.wait()
            time.sleep(0.05)
            with rw.gen_rlock():
                time.sleep(0.01)
            r2_is_done.set()

        start_and_join(R1=read_long, W1=ask_to_write, R2=read_short)

    return program


def downgrade_beside_a_writer(make_rw: Callable) -> Callable[[], str]:
    """Return a program: W1 writes and downgrades while W2 waits to write; it returns what W1 then reads."""

    def program() -> str:
        rw = make_rw()
        board = read = ""
        w1_has_written, w2_asks = threading.Event(), threading.Event()

        def write_and_read() -> None:
            nonlocal board, read
            handle = rw.gen_wlock()
            handle.acquire()
            board = "W1's"
            w1_has_written.set()
            w2_asks.wait()
            time.sleep(0.03)
            handle = handle.downgrade()
            read = board
            time.sleep(0.03)
            handle.release()

        def write() -> None:
            nonlocal board
            w1_has_written.wait()
            w2_asks.set()
            with rw.gen_wlock():
                board = "W2's"
                time.sleep(0.01)

        start_and_join(W1=write_and_read, W2=write)
        return read

    return program


def downgrade_inside_with(make_rw: Callable) -> tuple[bool, bool, bool]:
    """Downgrade a writer's handle inside its own `with`.

    Returns:
        whether the end of the `with` raised RuntimeError, whether a writer is still kept out after that, and
        whether one gets in once the reader's handle is released.
    """
    rw = make_rw()
    handle, writer = rw.gen_wlock(), rw.gen_wlock()
    raised = True
    with suppress(RuntimeError):
        with handle:
            reader = handle.downgrade()
        raised = False
    kept_out = not writer.acquire(blocking=False)
    reader.release()
    return raised, kept_out, writer.acquire(blocking=False)


def two_readers(make_rw: Callable) -> Callable[[], tuple[str, bool]]:
    """Return a program: R1 reads, R2 reads at the same time and leaves last; then the main thread tries.

    The program returns the name of the error that R2 met, "" for none, and whether the main thread got either
    handle.
    """

    def program() -> tuple[str, bool]:
        rw = make_rw()
        r1_reads, r2_reads, r1_has_left = threading.Event(), threading.Event(), threading.Event()
        met = ""

        def leave_first() -> None:
            with rw.gen_rlock():
                r1_reads.set()
                r2_reads.wait()
            r1_has_left.set()

        def leave_last() -> None:
            nonlocal met
            r1_reads.wait()
            try:
                with rw.gen_rlock():
                    r2_reads.set()
                    r1_has_left.wait()
            except RuntimeError as error:
                met = type(error).__name__

        start_and_join(R1=leave_first, R2=leave_last)
        # No other thread is left: who is refused now would be refused for ever.
        return met, rw.gen_wlock().acquire(blocking=False) or rw.gen_rlock().acquire(blocking=False)

    return program
