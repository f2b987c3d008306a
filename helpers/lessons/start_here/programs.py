"""Lesson 00: the programs that its notebook shows."""

import threading
import time

from helpers import mark


def without_join() -> list[str]:
    """Start a cook, and look at the table at once."""
    table = []

    def cook() -> None:
        time.sleep(0.2)
        table.append("soup")

    threading.Thread(target=cook, name="cook").start()
    mark("looks")
    return list(table)


def with_join() -> list[str]:
    """Start a cook, wait until the cook has ended, then look at the table."""
    table = []

    def cook() -> None:
        time.sleep(0.2)
        table.append("soup")

    thread = threading.Thread(target=cook, name="cook")
    thread.start()
    thread.join()
    mark("looks")
    return list(table)


def two_greetings() -> None:
    """Two threads print one line each."""

    def greet(name: str) -> None:
        print(f"hello from {name}")

    threads = [threading.Thread(target=greet, args=(name,), name=name) for name in ("Ann", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def daemon_at_work() -> None:
    """A daemon needs 1 s for its work; the main thread ends after 0.05 s."""

    def work() -> None:
        try:
            time.sleep(1)
        finally:
            print("daemon: tidied up")

    threading.Thread(target=work, name="daemon", daemon=True).start()
    time.sleep(0.05)
    print("main: done")


def two_counters() -> None:
    """Two threads add numbers; neither ever has to wait for anything."""

    def count() -> None:
        total = 0
        for number in range(1_000_000):
            total += number

    threads = [threading.Thread(target=count, name=name) for name in ("T1", "T2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def five_naps() -> None:
    """Five threads sleep for 0.2 s each."""

    def nap() -> None:
        time.sleep(0.2)

    threads = [threading.Thread(target=nap, name=f"T{number}") for number in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def last_seat() -> list[str]:
    """Two customers want the one seat that is left."""
    tickets = []
    both_have_looked = threading.Barrier(2)

    def buy(name: str) -> None:
        if len(tickets) == 0:
            mark("sees a free seat")
            both_have_looked.wait()
            time.sleep(0.05)  # pays
            tickets.append(name)
            mark("has a ticket")

    threads = [threading.Thread(target=buy, args=(name,), name=name) for name in ("Ann", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tickets


def one_fails() -> None:
    """One thread raises an error; the main thread waits for it to end."""

    def divide() -> float:
        return 1 / 0

    worker = threading.Thread(target=divide, name="worker")
    worker.start()
    worker.join()
    print("main: still here")


def three_clerks() -> list[str]:
    """Three clerks sell six seats; each holds the lock while it looks and takes."""
    lock = threading.Lock()
    tickets = []

    def sell() -> None:
        for _ in range(3):
            with lock:
                time.sleep(0.02)  # look at the seating plan
                if len(tickets) < 6:
                    tickets.append(threading.current_thread().name)
            time.sleep(0.01)  # greet the next customer

    clerks = [threading.Thread(target=sell, name=name) for name in ("T1", "T2", "T3")]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    return tickets
