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


def wait_for_the_till() -> dict:
    """T1 uses the till ten times; until then T2 waits for it, then does 1 ms of other work, and so on."""
    lock = threading.Lock()
    both_here, closed = threading.Barrier(2), threading.Event()
    done = {"turns at the till": 0, "other work": 0}

    def use_till() -> None:
        both_here.wait()
        for _ in range(10):
            with lock:
                time.sleep(0.03)
            time.sleep(0.002)
        closed.set()

    def wait_and_work() -> None:
        both_here.wait()
        while not closed.is_set():
            with lock:
                done["turns at the till"] += 1
            time.sleep(0.001)
            done["other work"] += 1

    start_and_join(use_till, wait_and_work)
    return done


def try_the_till() -> dict:
    """The same, but T2 goes on with its other work where the till is busy."""
    lock = threading.Lock()
    both_here, closed = threading.Barrier(2), threading.Event()
    done = {"turns at the till": 0, "other work": 0}

    def use_till() -> None:
        both_here.wait()
        for _ in range(10):
            with lock:
                time.sleep(0.03)
            time.sleep(0.002)
        closed.set()

    def try_and_work() -> None:
        both_here.wait()
        while not closed.is_set():
            if lock.acquire(blocking=False):
                try:
                    done["turns at the till"] += 1
                finally:
                    lock.release()
            time.sleep(0.001)
            done["other work"] += 1

    start_and_join(use_till, try_and_work)
    return done


def ignore_the_answer() -> int:
    """T1 adds 1 while holding the lock; T2 tries for the lock, does not look at the answer, and adds 1."""
    balance = 0
    lock = threading.Lock()
    t1_has_read, t2_has_asked = threading.Event(), threading.Event()

    def careful() -> None:
        nonlocal balance
        with lock:
            seen = balance
            t1_has_read.set()
            t2_has_asked.wait()
            time.sleep(0.005)
            balance = seen + 1
            mark("T1 pays")

    def careless() -> None:
        nonlocal balance
        t1_has_read.wait()
        time.sleep(0.005)
        lock.acquire(blocking=False)
        balance += 1
        mark("T2 pays")
        time.sleep(0.005)
        t2_has_asked.set()

    start_and_join(careful, careless)
    return balance


def mind_the_answer() -> int:
    """The same, but T2 pays only after an answer of True; until then it asks again, for 10 ms each time."""
    balance = 0
    lock = threading.Lock()
    t1_has_read, t2_has_asked = threading.Event(), threading.Event()

    def careful() -> None:
        nonlocal balance
        with lock:
            seen = balance
            t1_has_read.set()
            t2_has_asked.wait()
            time.sleep(0.005)
            balance = seen + 1
            mark("T1 pays")

    def patient() -> None:
        nonlocal balance
        t1_has_read.wait()
        while not lock.acquire(timeout=0.01):
            t2_has_asked.set()
        try:
            balance += 1
            mark("T2 pays")
        finally:
            lock.release()

    start_and_join(careful, patient)
    return balance


def release_anyway() -> dict:
    """T2 releases a lock that it did not get, while T1 is inside; T3 asks after that."""
    lock = threading.Lock()
    inside, error_of_t1 = [], ""
    t1_is_in, t2_is_done, t3_is_done = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        nonlocal error_of_t1
        lock.acquire()
        inside.append("T1")
        t1_is_in.set()
        t3_is_done.wait()
        mark("T1 leaves")
        try:
            lock.release()
        except RuntimeError as error:
            error_of_t1 = str(error)

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
            time.sleep(0.01)
            lock.release()
        t3_is_done.set()

    start_and_join(first, second, third)
    return {"inside at once": len(inside), "error of T1": error_of_t1}


def look_then_take() -> dict:
    """Two threads ask for the lock only if they see it free; who gets it keeps it until both have asked."""
    lock = threading.Lock()
    both_looked, both_asked = threading.Barrier(2), threading.Barrier(2)
    saw_it_free, got_it = [], []

    def take_if_free() -> None:
        if not lock.locked():
            saw_it_free.append(threading.current_thread().name)
            both_looked.wait()
            got = lock.acquire(timeout=0.02)
            both_asked.wait()
            if got:
                got_it.append(threading.current_thread().name)
                lock.release()

    start_and_join(take_if_free, take_if_free)
    return {"saw it free": len(saw_it_free), "got it": len(got_it)}


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
