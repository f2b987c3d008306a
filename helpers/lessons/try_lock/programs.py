"""The programs of lesson 03, as its notebook shows them."""

import threading
import time
from collections.abc import Callable

from helpers import mark


def start_and_join(*bodies: Callable[[], None]) -> None:
    """Start a thread for each function, named T1, T2, and so on, and wait until all have ended."""
    threads = [threading.Thread(target=body, name=f"T{n}") for n, body in enumerate(bodies, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def ask_four_times() -> list:
    """T1 holds the lock; T2 asks three times without success, and once more when T1 has released."""
    lock = threading.Lock()
    answers = []
    held, asked, released = threading.Event(), threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            held.set()
            asked.wait()
        released.set()

    def ask() -> None:
        held.wait()
        answers.append(lock.acquire(blocking=False))
        time.sleep(0.005)
        answers.append(lock.acquire(timeout=0))
        time.sleep(0.005)
        answers.append(lock.acquire(timeout=0.02))
        asked.set()
        released.wait()
        answers.append(lock.acquire(blocking=False))
        time.sleep(0.005)
        lock.release()

    start_and_join(hold, ask)
    return answers


def wait_for_the_counter() -> dict:
    """T1 uses the counter for 10 ms of every 12; T2 waits for it, then does 1 ms of other work, and so on."""
    lock = threading.Lock()
    end = time.monotonic() + 0.2
    done = {"turns at the counter": 0, "other work": 0}

    def use_counter() -> None:
        while time.monotonic() < end:
            with lock:
                time.sleep(0.01)
            time.sleep(0.002)

    def wait_and_work() -> None:
        while time.monotonic() < end:
            with lock:
                done["turns at the counter"] += 1
            time.sleep(0.001)
            done["other work"] += 1

    start_and_join(use_counter, wait_and_work)
    return done


def try_the_counter() -> dict:
    """The same, but T2 goes on with its other work where the counter is busy."""
    lock = threading.Lock()
    end = time.monotonic() + 0.2
    done = {"turns at the counter": 0, "other work": 0}

    def use_counter() -> None:
        while time.monotonic() < end:
            with lock:
                time.sleep(0.01)
            time.sleep(0.002)

    def try_and_work() -> None:
        while time.monotonic() < end:
            if lock.acquire(blocking=False):
                try:
                    done["turns at the counter"] += 1
                finally:
                    lock.release()
            time.sleep(0.001)
            done["other work"] += 1

    start_and_join(use_counter, try_and_work)
    return done


def ignore_the_answer() -> int:
    """T1 adds 1 while holding the lock; T2 tries for the lock, does not look at the answer, and adds 1."""
    balance = 0
    lock = threading.Lock()
    has_read, has_paid = threading.Event(), threading.Event()

    def careful() -> None:
        nonlocal balance
        with lock:
            seen = balance
            has_read.set()
            has_paid.wait(timeout=0.05)
            balance = seen + 1

    def careless() -> None:
        nonlocal balance
        has_read.wait()
        lock.acquire(blocking=False)
        balance += 1
        has_paid.set()

    start_and_join(careful, careless)
    return balance


def mind_the_answer() -> int:
    """The same, but T2 pays only if it got the lock; else it waits, with a limit."""
    balance = 0
    lock = threading.Lock()
    has_read, has_paid = threading.Event(), threading.Event()

    def careful() -> None:
        nonlocal balance
        with lock:
            seen = balance
            has_read.set()
            has_paid.wait(timeout=0.05)
            balance = seen + 1

    def patient() -> None:
        nonlocal balance
        has_read.wait()
        if lock.acquire(timeout=2):
            try:
                balance += 1
            finally:
                lock.release()
        has_paid.set()

    start_and_join(careful, patient)
    return balance


def release_anyway() -> int:
    """T2 releases a lock that it did not get; return how many threads were inside at once."""
    lock = threading.Lock()
    inside, most = [], 0
    t1_is_in, t2_is_done, t3_is_in = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        nonlocal most
        lock.acquire()
        inside.append("T1")
        t1_is_in.set()
        t3_is_in.wait()
        time.sleep(0.01)
        most = len(inside)
        lock.release()

    def second() -> None:
        t1_is_in.wait()
        time.sleep(0.005)
        try:
            lock.acquire(blocking=False)
        finally:
            lock.release()
        t2_is_done.set()

    def third() -> None:
        t2_is_done.wait()
        time.sleep(0.005)
        if lock.acquire(blocking=False):
            inside.append("T3")
        t3_is_in.set()

    start_and_join(first, second, third)
    return most


def look_then_take() -> int:
    """Two threads take the lock only if they see that it is free; return how many saw that."""
    lock = threading.Lock()
    both_looked = threading.Barrier(2)
    saw_it_free = []

    def take_if_free() -> None:
        if not lock.locked():
            saw_it_free.append(threading.current_thread().name)
            both_looked.wait()
            with lock:
                time.sleep(0.01)

    start_and_join(take_if_free, take_if_free)
    return len(saw_it_free)


def owner_tries() -> dict:
    """Try for a lock that this very thread holds."""
    answers = {}
    for kind, make_lock in {"Lock": threading.Lock, "RLock": threading.RLock}.items():
        lock = make_lock()
        lock.acquire()
        answers[kind] = lock.acquire(blocking=False)
    return answers


def take_crosswise() -> None:
    """T1 takes a, then b; T2 takes b, then a. A barrier makes sure that each has its first lock."""
    a, b = threading.Lock(), threading.Lock()
    each_has_one = threading.Barrier(2)

    def take(first: threading.Lock, second: threading.Lock) -> None:
        with first:
            each_has_one.wait()
            with second:
                mark("has both")

    start_and_join(lambda: take(a, b), lambda: take(b, a))


def take_both_or_none() -> int:
    """The same orders, but who is refused the second lock gives the first one back; return the refusals."""
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
        mark("has both")
        time.sleep(0.005)
        second.release()
        first.release()

    start_and_join(lambda: take(a, b, 0.002), lambda: take(b, a, 0.008))
    return len(refused)
