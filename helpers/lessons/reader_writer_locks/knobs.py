"""A program of lesson 04 with knobs to turn: one side asks all the time, the other now and then."""

import threading
import time
from collections.abc import Callable

from helpers.lessons.reader_writer_locks.programs import start_and_join


def flood(make_rw: Callable, greedy: str) -> Callable[[], None]:
    """Return a program: for 0.3 s, four threads hold the lock for 5 ms and ask again at once.

    Two threads of the other kind hold it for 5 ms, too, and pause for 5 ms before they ask again.

    Args:
        make_rw: makes the lock.
        greedy: "R" where the four read and the two write, "W" where it is the other way round.
    """

    def program() -> None:
        rw = make_rw()
        all_here = threading.Barrier(6)

        def use(make_handle: Callable, pause_s: float) -> None:
            all_here.wait()
            end = time.monotonic() + 0.3
            while time.monotonic() < end:
                with make_handle():
                    time.sleep(0.005)
                if pause_s:
                    time.sleep(pause_s)

        def read() -> None:
            use(rw.gen_rlock, 0 if greedy == "R" else 0.005)

        def write() -> None:
            use(rw.gen_wlock, 0 if greedy == "W" else 0.005)

        if greedy == "R":
            start_and_join(R1=read, R2=read, R3=read, R4=read, W1=write, W2=write)
        else:
            start_and_join(W1=write, W2=write, W3=write, W4=write, R1=read, R2=read)

    return program
