"""Lesson 06: small programs of which its notebook has every order played."""

import threading
import time
from collections.abc import Callable

from readerwriterlock.rwlock import RWLockRead

from helpers import mark
from helpers.lessons.starvation.programs import start_and_join


def writes_once(make_rw: Callable) -> Callable[[], None]:
    """Return a program: R1 and R2 read for ever; W1 writes once, and then the program ends."""

    def program() -> None:
        rw = make_rw()

        def read() -> None:
            while True:
                with rw.gen_rlock():
                    pass

        def write() -> None:
            with rw.gen_wlock():
                pass

        for name in ("R1", "R2"):
            threading.Thread(target=read, name=name, daemon=True).start()
        start_and_join(W1=write)

    return program


def reads_once(make_rw: Callable) -> Callable[[], None]:
    """Return a program: W1 and W2 write for ever; R1 reads once, and then the program ends."""

    def program() -> None:
        rw = make_rw()

        def write() -> None:
            while True:
                with rw.gen_wlock():
                    pass

        def read() -> None:
            with rw.gen_rlock():
                pass

        for name in ("W1", "W2"):
            threading.Thread(target=write, name=name, daemon=True).start()
        start_and_join(R1=read)

    return program


def writes_among_thinkers() -> None:
    """R1 and R2 read for 5 ms and think for 5 ms, for ever, under RWLockRead; W1 writes once."""
    rw = RWLockRead()

    def read() -> None:
        while True:
            with rw.gen_rlock():
                time.sleep(0.005)
            time.sleep(0.005)

    def write() -> None:
        with rw.gen_wlock():
            pass

    for name in ("R1", "R2"):
        threading.Thread(target=read, name=name, daemon=True).start()
    start_and_join(W1=write)


def greedy_and_patient(make_lock: Callable) -> Callable[[], None]:
    """Return a program: G takes a lock again and again, for ever; P takes it once, and the program ends."""

    def program() -> None:
        lock = make_lock()

        def be_greedy() -> None:
            while True:
                with lock:
                    mark("G is in")

        def be_patient() -> None:
            with lock:
                mark("P is in")

        threading.Thread(target=be_greedy, name="G", daemon=True).start()
        start_and_join(P=be_patient)

    return program


def two_urgent(make_lock: Callable) -> Callable[[], None]:
    """Return a program: U1 and U2 ask with rank 0, for ever; P asks once with rank 1, and it ends."""

    def program() -> None:
        lock = make_lock()

        def hurry() -> None:
            while True:
                lock.acquire(rank=0)
                mark("urgent")
                lock.release()

        def be_patient() -> None:
            lock.acquire(rank=1)
            lock.release()

        for name in ("U1", "U2"):
            threading.Thread(target=hurry, name=name, daemon=True).start()
        start_and_join(P=be_patient)

    return program
