"""The programs of lesson 06, word for word as its notebook shows them."""

import threading
import time
from collections.abc import Callable

from readerwriterlock.rwlock import RWLockRead


def start_and_join(**bodies: Callable[[], None]) -> None:
    """Start a thread for each function, under the name it is given here, and wait until all have ended."""
    threads = [threading.Thread(target=body, name=name) for name, body in bodies.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# ---- late, slow, unlucky, starved


def four_jobs() -> None:
    """A, B, C and D do a job each. Q uses a lock once; R1 to R4 read again and again, for 250 ms."""
    desk, printer, phone, board = threading.Lock(), threading.Lock(), threading.Lock(), RWLockRead()
    all_here = threading.Barrier(9)

    def a() -> None:
        all_here.wait()
        time.sleep(0.2)
        with desk:
            time.sleep(0.03)

    def b() -> None:
        all_here.wait()
        with printer:
            time.sleep(0.23)

    def c() -> None:
        all_here.wait()
        time.sleep(0.02)
        with phone:
            time.sleep(0.03)

    def d() -> None:
        all_here.wait()
        time.sleep(0.02)
        with board.gen_wlock():
            time.sleep(0.03)

    def q() -> None:
        with phone:
            all_here.wait()
            time.sleep(0.2)

    def read() -> None:
        all_here.wait()
        end = time.monotonic() + 0.25
        while time.monotonic() < end:
            with board.gen_rlock():
                time.sleep(0.005)

    start_and_join(A=a, B=b, C=c, D=d, Q=q, R1=read, R2=read, R3=read, R4=read)


def three_clerks(*, start_together: bool) -> Callable[[], dict[str, int]]:
    """Return a program: three clerks serve 60 customers at one till; C3 unpacks for 300 ms first.

    The program returns how many each has served.

    Args:
        start_together: whether the clerks wait for one another at a barrier before they serve.
    """

    def program() -> dict[str, int]:
        till, all_here = threading.Lock(), threading.Barrier(3)
        served = {"C1": 0, "C2": 0, "C3": 0}

        def serve(name: str, unpack_s: float) -> None:
            time.sleep(unpack_s)
            if start_together:
                all_here.wait()
            while sum(served.values()) < 60:
                with till:
                    time.sleep(0.001)
                    served[name] += 1
                time.sleep(0.004)

        start_and_join(C1=lambda: serve("C1", 0), C2=lambda: serve("C2", 0), C3=lambda: serve("C3", 0.3))
        return served

    return program


# ---- readers and writers


def writer_among_readers(make_rw: Callable, *, think_s: float = 0.0) -> Callable[[], None]:
    """Return a program: for 500 ms four readers read for 5 ms, again and again; a writer writes once.

    Args:
        make_rw: makes the lock.
        think_s: how long a reader does something else after each turn, in seconds.
    """

    def program() -> None:
        rw = make_rw()
        all_here = threading.Barrier(5)

        def read() -> None:
            all_here.wait()
            end = time.monotonic() + 0.5
            while time.monotonic() < end:
                with rw.gen_rlock():
                    time.sleep(0.005)
                if think_s:
                    time.sleep(think_s)

        def write() -> None:
            all_here.wait()
            time.sleep(0.02)
            with rw.gen_wlock():
                time.sleep(0.005)

        start_and_join(R1=read, R2=read, R3=read, R4=read, W1=write)

    return program


def reader_among_writers(make_rw: Callable) -> Callable[[], None]:
    """Return a program: for 1 s four writers write for 5 ms, again and again; a reader reads once."""

    def program() -> None:
        rw = make_rw()
        all_here = threading.Barrier(5)

        def write() -> None:
            all_here.wait()
            end = time.monotonic() + 1
            while time.monotonic() < end:
                with rw.gen_wlock():
                    time.sleep(0.005)

        def read() -> None:
            all_here.wait()
            time.sleep(0.02)
            with rw.gen_rlock():
                time.sleep(0.005)

        start_and_join(W1=write, W2=write, W3=write, W4=write, R1=read)

    return program


def everybody_again(make_rw: Callable) -> Callable[[], None]:
    """Return a program: for 500 ms four readers *and* a writer hold for 5 to 8 ms, again and again.

    The writer begins 20 ms after the readers.
    """

    def program() -> None:
        rw = make_rw()
        all_here = threading.Barrier(5)

        def go_on(gen_handle: Callable, hold_s: float) -> None:
            end = time.monotonic() + 0.5
            while time.monotonic() < end:
                with gen_handle():
                    time.sleep(hold_s)

        def read(hold_s: float) -> None:
            all_here.wait()
            go_on(rw.gen_rlock, hold_s)

        def write() -> None:
            all_here.wait()
            time.sleep(0.02)
            go_on(rw.gen_wlock, 0.005)

        start_and_join(
            R1=lambda: read(0.005),
            R2=lambda: read(0.006),
            R3=lambda: read(0.007),
            R4=lambda: read(0.008),
            W1=write,
        )

    return program


# ---- turns at a lock


def two_greedy(make_lock: Callable, *, hold_s: float = 0.0003) -> Callable[[], list[tuple]]:
    """Return a program: for 250 ms two threads hold a lock and ask again at once.

    The program returns the turns in their order: who, when asked, when in, when out, in seconds.

    Args:
        make_lock: makes the lock.
        hold_s: how long each holds it, in seconds.
    """

    def program() -> list[tuple]:
        lock, both_here = make_lock(), threading.Barrier(2)
        turns = []

        def use(name: str) -> None:
            both_here.wait()
            end = time.monotonic() + 0.25
            while time.monotonic() < end:
                asked = time.monotonic()
                with lock:
                    got_in = time.monotonic()
                    time.sleep(hold_s)
                    turns.append((name, asked, got_in, time.monotonic()))

        start_and_join(T1=lambda: use("T1"), T2=lambda: use("T2"))
        return turns

    return program


def urgent_and_patient(make_lock: Callable) -> Callable[[], list[tuple]]:
    """Return a program: for 500 ms U1, U2 and U3 ask with rank 0, again and again; P asks once with rank 3.

    The program returns the turns in their order: who, when asked, when in, when out, in seconds.
    """

    def program() -> list[tuple]:
        lock, all_here = make_lock(), threading.Barrier(4)
        turns = []

        def use(name: str, rank: int) -> None:
            asked = time.monotonic()
            lock.acquire(rank)
            got_in = time.monotonic()
            time.sleep(0.005)
            turns.append((name, asked, got_in, time.monotonic()))
            lock.release()

        def hurry(name: str) -> None:
            all_here.wait()
            end = time.monotonic() + 0.5
            while time.monotonic() < end:
                use(name, rank=0)

        def be_patient() -> None:
            all_here.wait()
            time.sleep(0.02)
            use("P", rank=3)

        start_and_join(U1=lambda: hurry("U1"), U2=lambda: hurry("U2"), U3=lambda: hurry("U3"), P=be_patient)
        return turns

    return program
