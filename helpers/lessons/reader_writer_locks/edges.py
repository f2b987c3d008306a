"""Lesson 04: programs that show on real threads where a reader-writer lock surprises."""

import threading
import time
from collections.abc import Callable

from helpers.lessons.reader_writer_locks.programs import start_and_join


def writer_with_a_limit(make_rw: Callable) -> Callable[[], None]:
    """Return a program: R1 reads; W1 asks to write, for 250 ms at most; R2 asks to read meanwhile.

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
            if handle.acquire(timeout=0.25):
                handle.release()
            w1_is_done.set()

        def read_short() -> None:
            w1_asks.wait()
            time.sleep(0.08)
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
