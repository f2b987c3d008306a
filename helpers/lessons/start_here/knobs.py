"""Lesson 00: its programs with a knob to turn, and what it measures."""

import threading
import time
from collections.abc import Callable, Sequence

from helpers.lessons.start_here.measures import cores_used
from helpers.running import mark, run
from helpers.sweeps import Sweep
from helpers.trace import Trace

NAP_S = 0.06


def soup(*, cook_s: float = 0.2, patience_s: float | None = None) -> Callable[[], list[str]]:
    """Return a program that waits for its cook no longer than its patience.

    Args:
        cook_s: seconds that the cook needs.
        patience_s: seconds after which `join` gives up; None waits for as long as it takes.
    """

    def program() -> list[str]:
        table = []

        def cook() -> None:
            time.sleep(cook_s)
            table.append("soup")

        thread = threading.Thread(target=cook, name="cook")
        thread.start()
        thread.join(timeout=patience_s)
        mark("looks")
        return list(table)

    return program


def greetings(*, held_back: str) -> Callable[[], None]:
    """Return a program in which Ann and Ben print a line each, the one that is held back after the other."""

    def program() -> None:
        other_has_spoken = threading.Event()

        def greet(name: str) -> None:
            if name == held_back:
                other_has_spoken.wait()
            print(f"hello from {name}")
            mark("hello")
            time.sleep(0.05)
            if name != held_back:
                other_has_spoken.set()

        _together(greet, ("Ann", "Ben"))

    return program


def worker(*, daemon: bool, work_s: float = 1.0) -> Callable[[], None]:
    """Return a program whose main thread ends after 0.05 s, before the thread that it started.

    Args:
        daemon: whether that thread is a daemon.
        work_s: seconds that it needs.
    """

    def program() -> None:
        def work() -> None:
            try:
                time.sleep(work_s)
            finally:
                print("daemon: tidied up")

        threading.Thread(target=work, name="daemon", daemon=daemon).start()
        time.sleep(0.05)
        print("main: done")

    return program


def box_office(*, clerks: int = 3, look_s: float = 0.02, greet_s: float = 0.01) -> Callable[[], list[str]]:
    """Return a program in which clerks sell six seats to three customers each.

    Args:
        clerks: how many threads sell.
        look_s: seconds that a clerk holds the lock for each customer.
        greet_s: seconds between two customers, without the lock.
    """

    def program() -> list[str]:
        lock = threading.Lock()
        tickets = []

        def sell(name: str) -> None:
            for _ in range(3):
                with lock:
                    time.sleep(look_s)
                    if len(tickets) < 6:
                        tickets.append(name)
                time.sleep(greet_s)

        _together(sell, [f"T{number}" for number in range(1, clerks + 1)])
        return tickets

    return program


def threads_at_once(*, threads: Sequence[int] = (1, 2, 4, 6), repetitions: int = 3) -> Sweep:
    """Measure how many of some threads sleep, or compute, at the same time, on average over a run.

    Args:
        threads: numbers of threads, in ascending order.
        repetitions: how often each is measured.
    """
    measures = {"sleeping": _asleep_at_once, "computing": _computing_at_once}
    series = {
        name: [[measure(count) for _ in range(repetitions)] for count in threads]
        for name, measure in measures.items()
    }
    return Sweep("How many threads get on at once", "threads", threads, "threads at once (mean)", series)


def _together(work: Callable[[str], None], names: Sequence[str]) -> None:
    threads = [threading.Thread(target=work, args=(name,), name=name) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _asleep_at_once(threads: int) -> float:
    return threads * 1000 * NAP_S / _run_together(_nap, threads).duration


def _computing_at_once(threads: int) -> float:
    return cores_used(_run_together(_count, threads))


def _run_together(work: Callable[[str], None], threads: int) -> Trace:
    names = [f"T{number}" for number in range(1, threads + 1)]
    return run(lambda: _together(work, names), trace=False)


def _nap(_name: str) -> None:
    time.sleep(NAP_S)


def _count(_name: str) -> None:
    total = 0
    for number in range(200_000):
        total += number
