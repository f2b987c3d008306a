"""Lesson 02: programs about how often a lock is acquired, and who releases it."""

import threading
import time
from collections.abc import Callable

from helpers import mark

HOME = {"photos": {"2023": {}, "2024": {"trip": {}}}, "notes": {}}


def rescue() -> None:
    """T1 acquires a Lock twice; T2 works on, and then releases it."""
    lock = threading.Lock()
    t1_holds = threading.Event()

    def acquire_twice() -> None:
        lock.acquire()
        t1_holds.set()
        lock.acquire()
        mark("T1 goes on")
        time.sleep(0.02)
        lock.release()

    def work_then_release() -> None:
        t1_holds.wait()
        for piece in (1, 2, 3):
            time.sleep(0.02)
            mark(f"work {piece}")
        lock.release()

    threading.Thread(target=acquire_twice, name="T1").start()
    threading.Thread(target=work_then_release, name="T2").start()


def walk() -> None:
    """Visit every folder of a tree with the lock held; T2 asks for the lock meanwhile."""
    lock = threading.RLock()

    def visit(name: str, inner: dict) -> None:
        with lock:
            mark(name)
            time.sleep(0.004)
            for each in inner:
                visit(each, inner[each])

    def enter() -> None:
        with lock:
            mark("T2 is in")
            time.sleep(0.004)

    with lock:
        threading.Thread(target=enter, name="T2").start()
        visit("home", HOME)


def in_and_out(acquires: int, releases: int) -> Callable[[], None]:
    """Return a program: the main thread acquires and releases an RLock so often, while T2 asks for it."""

    def program() -> None:
        lock = threading.RLock()

        def enter() -> None:
            with lock:
                mark("T2 is in")
                time.sleep(0.005)

        for _ in range(acquires):
            lock.acquire()
        threading.Thread(target=enter, name="T2").start()
        for _ in range(releases):
            time.sleep(0.005)
            lock.release()

    return program


def who_may_release() -> dict:
    """Try each way to release a lock, and return what came of it."""
    outcomes = {}

    def release(lock: threading.Lock, case: str) -> None:
        try:
            lock.release()
            outcomes[case] = "released"
        except RuntimeError as error:
            outcomes[case] = f"RuntimeError: {error}"

    for kind, make_lock in {"Lock": threading.Lock, "RLock": threading.RLock}.items():
        lock = make_lock()
        release(lock, f"{kind}, nobody holds it")
        lock.acquire()
        release(lock, f"{kind}, by the thread that acquired it")
        lock.acquire()
        t2 = threading.Thread(target=release, args=(lock, f"{kind}, by another thread"), name="T2")
        t2.start()
        t2.join()
    return outcomes


def uninvited_release(make_lock: Callable) -> Callable[[], None]:
    """Return a program: T2 releases the lock while T1 is in its critical section, so T3 enters too."""

    def program() -> None:
        lock = make_lock()
        t1_is_in, t3_is_in = threading.Event(), threading.Event()

        def stay_inside() -> None:
            lock.acquire()
            t1_is_in.set()
            t3_is_in.wait()
            lock.release()

        def release_uninvited() -> None:
            t1_is_in.wait()
            time.sleep(0.002)
            mark("releases")
            lock.release()

        def follow_the_rules() -> None:
            t2.join()
            lock.acquire()
            time.sleep(0.002)
            t3_is_in.set()
            t1.join()
            time.sleep(0.002)
            lock.release()

        t1 = threading.Thread(target=stay_inside, name="T1")
        t2 = threading.Thread(target=release_uninvited, name="T2")
        t3 = threading.Thread(target=follow_the_rules, name="T3")
        for thread in (t1, t2, t3):
            thread.start()

    return program


def go_by_lock() -> None:
    """T1 waits for T2's word; the word is the release of a Lock that the main thread acquired."""
    ready = threading.Lock()
    ready.acquire()

    def serve() -> None:
        ready.acquire()
        mark("served")
        time.sleep(0.004)

    def cook() -> None:
        time.sleep(0.006)
        mark("cooked")
        time.sleep(0.004)
        ready.release()

    threads = [threading.Thread(target=serve, name="T1"), threading.Thread(target=cook, name="T2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def go_by_event() -> None:
    """T1 waits for T2's word; the word is an Event."""
    ready = threading.Event()

    def serve() -> None:
        ready.wait()
        mark("served")
        time.sleep(0.004)

    def cook() -> None:
        time.sleep(0.006)
        mark("cooked")
        time.sleep(0.004)
        ready.set()

    threads = [threading.Thread(target=serve, name="T1"), threading.Thread(target=cook, name="T2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
