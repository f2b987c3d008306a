"""The programs of lesson 03 with knobs to turn."""

import threading
import time
from collections.abc import Callable

from helpers.lessons.try_lock.programs import start_and_join


def till(*, tries: bool, hold_s: float = 0.01, gap_s: float = 0.002) -> Callable[[], int]:
    """Return a program: T1 uses a till again and again, for 0.2 s in all; T2 wants it too and has other work.

    T1 has as many turns as fit in 0.2 s, and T2 works until T1 has had them. They are counted, because on a
    busy machine a clock would leave T1 more turns in one run than in the next.

    The program returns how many pieces of other work T2 did, at 1 ms each.

    Args:
        tries: whether T2 goes on with its work where the till is busy; else it waits.
        hold_s: how long T1 uses the till, in seconds.
        gap_s: how long T1 leaves it free, in seconds.
    """

    def program() -> int:
        lock = threading.Lock()
        both_here, closed = threading.Barrier(2), threading.Event()
        pieces = 0

        def use_till() -> None:
            both_here.wait()
            for _ in range(max(1, round(0.2 / (hold_s + gap_s)))):
                with lock:
                    time.sleep(hold_s)
                time.sleep(gap_s)
            closed.set()

        def work() -> None:
            nonlocal pieces
            both_here.wait()
            while not closed.is_set():
                if lock.acquire(blocking=not tries):
                    lock.release()
                time.sleep(0.001)
                pieces += 1

        start_and_join(use_till, work)
        return pieces

    return program


def asking(*, pause_s: float | None) -> Callable[[], float]:
    """Return a program: T1 computes for a while with the lock held, and T2 asks for it until it gets it.

    The program returns how long T1 held the lock, in milliseconds.

    Args:
        pause_s: None where T2 waits in `acquire`; else it tries again and again, with pauses of so many
            seconds (0 is none).
    """

    def program() -> float:
        lock = threading.Lock()
        held = threading.Event()
        hold_ms = 0.0

        def compute() -> None:
            nonlocal hold_ms
            with lock:
                held.set()
                began = time.perf_counter()
                total = 0
                for number in range(3_000_000):
                    total += number
                hold_ms = 1000 * (time.perf_counter() - began)

        def ask() -> None:
            held.wait()
            if pause_s is None:
                lock.acquire()
            else:
                while not lock.acquire(blocking=False):
                    if pause_s:
                        time.sleep(pause_s)
            lock.release()

        start_and_join(compute, ask)
        return hold_ms

    return program


def both_or_none(*, pauses_s: tuple[float, float]) -> Callable[[], int]:
    """Return a program in which two threads take two locks in opposite orders, both or none.

    The program returns how often a thread was refused its second lock.

    Args:
        pauses_s: how long each thread pauses after a refusal, in seconds.
    """

    def program() -> int:
        a, b = threading.Lock(), threading.Lock()
        each_has_one = threading.Barrier(2)
        refused = []

        def take(first: threading.Lock, second: threading.Lock, pause_s: float) -> None:
            first.acquire()
            each_has_one.wait()
            time.sleep(0.002)
            while not second.acquire(blocking=False):
                refused.append(threading.current_thread().name)
                first.release()
                time.sleep(pause_s)
                first.acquire()
            time.sleep(0.005)
            second.release()
            first.release()

        start_and_join(lambda: take(a, b, pauses_s[0]), lambda: take(b, a, pauses_s[1]))
        return len(refused)

    return program
