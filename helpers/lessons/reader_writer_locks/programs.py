"""The programs of lesson 04, word for word as its notebook shows them."""

import random
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from readerwriterlock.rwlock import RWLockFair


def start_and_join(**bodies: Callable[[], None]) -> None:
    """Start a thread for each function, under the name it is given here, and wait until all have ended."""
    threads = [threading.Thread(target=body, name=name) for name, body in bodies.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# ---- shared and exclusive


def readers_with_a_lock() -> None:
    """Three readers look at the board for 30 ms each, under a Lock."""
    lock = threading.Lock()
    all_here = threading.Barrier(3)

    def read() -> None:
        all_here.wait()
        with lock:
            time.sleep(0.03)

    start_and_join(R1=read, R2=read, R3=read)


def readers_together() -> None:
    """The same, but each reader takes a reader's handle of a reader-writer lock."""
    rw = RWLockFair()
    all_here = threading.Barrier(3)

    def read() -> None:
        all_here.wait()
        with rw.gen_rlock():
            time.sleep(0.03)

    start_and_join(R1=read, R2=read, R3=read)


def readers_and_writers() -> None:
    """Three readers and two writers use the board four times each, for 8 ms, with pauses of 8 ms."""
    rw = RWLockFair()
    all_here = threading.Barrier(5)

    def read() -> None:
        all_here.wait()
        for _ in range(4):
            with rw.gen_rlock():
                time.sleep(0.008)
            time.sleep(0.008)

    def write() -> None:
        all_here.wait()
        for _ in range(4):
            with rw.gen_wlock():
                time.sleep(0.008)
            time.sleep(0.008)

    start_and_join(R1=read, R2=read, R3=read, W1=write, W2=write)


# ---- who gets in next


class PlainLock:
    """A Lock that is used like a reader-writer lock: readers and writers alike take the one lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def gen_rlock(self) -> threading.Lock:
        """Return the lock."""
        return self.lock

    def gen_wlock(self) -> threading.Lock:
        """Return the lock."""
        return self.lock


def arrivals(make_rw: Callable, order: str) -> Callable[[], None]:
    """Return a program: while the main thread writes, others arrive 20 ms apart; each then stays for 40 ms.

    Args:
        make_rw: makes the lock.
        order: the names of the threads in the order in which they arrive; R... reads, W... writes.
    """

    def program() -> None:
        rw = make_rw()

        def stay(handle: AbstractContextManager) -> None:
            with handle:
                time.sleep(0.04)

        threads = []
        with rw.gen_wlock():
            for name in order.split():
                handle = rw.gen_rlock() if name.startswith("R") else rw.gen_wlock()
                threads.append(threading.Thread(target=stay, args=(handle,), name=name))
                threads[-1].start()
                time.sleep(0.02)
        for thread in threads:
            thread.join()

    return program


def greedy_pair(make_rw: Callable, *, hold_s: float = 0.0003) -> Callable[[], None]:
    """Return a program: for 0.3 s, a reader and a writer hold the lock and ask again at once.

    Args:
        make_rw: makes the lock.
        hold_s: how long each holds it, in seconds.
    """

    def program() -> None:
        rw = make_rw()
        both_here = threading.Barrier(2)

        def go_on(gen_handle: Callable) -> None:
            both_here.wait()
            end = time.monotonic() + 0.3
            while time.monotonic() < end:
                with gen_handle():
                    time.sleep(hold_s)

        start_and_join(R1=lambda: go_on(rw.gen_rlock), W1=lambda: go_on(rw.gen_wlock))

    return program


# ---- what it brings


def ask_a_server() -> None:
    """Wait 5 ms for an answer; a thread that waits gives the GIL up."""
    time.sleep(0.005)


def compute() -> None:
    """Add numbers, about 1 ms long; a thread that computes needs the GIL."""
    total = 0
    for number in range(20_000):
        total += number


def clerks(
    make_rw: Callable, use: Callable[[], None], *, read_share: float = 0.9, run_s: float = 0.1
) -> Callable[[], int]:
    """Return a program: eight threads read and write for a while; it returns how many operations they did.

    Args:
        make_rw: makes the lock.
        use: what an operation does while it holds the lock.
        read_share: which part of the operations are reads, chosen at random, 0 to 1.
        run_s: how long the threads go on, in seconds.
    """

    def program() -> int:
        rw = make_rw()
        done = [0] * 8
        all_here = threading.Barrier(8)

        def work(number: int) -> None:
            pick = random.Random(number)
            all_here.wait()
            end = time.monotonic() + run_s
            while time.monotonic() < end:
                handle = rw.gen_rlock() if pick.random() < read_share else rw.gen_wlock()
                with handle:
                    use()
                done[number] += 1

        start_and_join(**{f"T{number}": partial(work, number) for number in range(8)})
        return sum(done)

    return program


def seven_readers(make_rw: Callable) -> Callable[[], int]:
    """Return a program: for 0.5 s, seven threads read now and then, and one thread writes all the time.

    It returns how many operations they did.
    """

    def program() -> int:
        rw = make_rw()
        done = [0] * 8
        all_here = threading.Barrier(8)

        def work(number: int) -> None:
            all_here.wait()
            end = time.monotonic() + 0.5
            while time.monotonic() < end:
                with rw.gen_wlock() if number == 0 else rw.gen_rlock():
                    time.sleep(0.005)
                done[number] += 1
                if number != 0:
                    time.sleep(0.25)

        start_and_join(**{f"T{number}": partial(work, number) for number in range(8)})
        return sum(done)

    return program
