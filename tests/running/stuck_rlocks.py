"""Programs that are stuck on RLocks, each of another shape: `run` has to end every one, with no thread left.

``python -m tests.running.stuck_rlocks --programs 1000`` from the project's root, beside two processes that
compute; it fails at the first program that is not ended. A seed always gives the same program.
"""

import argparse
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress

from helpers import run


def start_then_die(die: Callable[[], None], others: list[Callable[[], None]]) -> None:
    """Start a thread that does `die`, and others that begin once it has ended.

    They are there before it ends, else one of them could get its identifier, and with that its RLocks.
    """
    dead = threading.Event()

    def body(other):
        dead.wait()
        other()

    for other in others:
        threading.Thread(target=body, args=(other,)).start()
    dying = threading.Thread(target=die)
    dying.start()
    dying.join()
    dead.set()


def ring(choose: random.Random) -> Callable[[], None]:
    """Each thread holds one lock, at some levels, and wants the next one's."""
    threads, levels = choose.randint(2, 5), choose.randint(1, 3)

    def program():
        locks, gate = [threading.RLock() for _ in range(threads)], threading.Barrier(threads)

        def take(mine, next_one):
            for _ in range(levels):
                mine.acquire()
            gate.wait()
            with next_one:
                pass

        for number, mine in enumerate(locks):
            threading.Thread(target=take, args=(mine, locks[number - 1])).start()

    return program


def kept_by_the_dead(choose: random.Random) -> Callable[[], None]:
    """A thread ends without giving back what many want, some of them more than once."""
    waiters, levels, wanted = choose.randint(1, 8), choose.randint(1, 4), choose.randint(1, 3)

    def program():
        lock = threading.RLock()

        def keep():
            for _ in range(levels):
                lock.acquire()

        def want(more):
            with lock:
                if more:
                    want(more - 1)

        start_then_die(keep, [lambda: want(wanted)] * waiters)

    return program


def condition(choose: random.Random) -> Callable[[], None]:
    """Threads are notified, but their Condition's RLock is never given back; others want it, too."""
    waiters, others, levels = choose.randint(1, 5), choose.randint(0, 3), choose.randint(1, 3)

    def program():
        ready, inside = threading.Condition(threading.RLock()), threading.Semaphore(0)

        def wait(depth):
            with ready:
                if depth > 1:
                    return wait(depth - 1)
                inside.release()
                ready.wait()

        def notify():
            for _ in range(waiters):
                inside.acquire()
            for _ in range(levels):
                ready.acquire()
            ready.notify_all()

        def want():
            with ready:
                pass

        for _ in range(waiters):
            threading.Thread(target=wait, args=(levels,)).start()
        start_then_die(notify, [want] * others)

    return program


def wants_again(choose: random.Random) -> Callable[[], None]:
    """Whoever is ended in its wait waits again, for the same lock or for another one, before it ends."""
    waiters, times = choose.randint(1, 4), choose.randint(1, 3)

    def program():
        first, second = threading.RLock(), threading.RLock()

        def keep():
            first.acquire()
            second.acquire()

        def want():
            for number in range(times):
                with suppress(BaseException):
                    (first, second)[number % 2].acquire()
            with second:
                pass

        start_then_die(keep, [want] * waiters)

    return program


def busy(choose: random.Random) -> Callable[[], None]:
    """Locks change hands all the time while the program is being ended; one of them never does again."""
    threads, kept = choose.randint(2, 4), choose.random() < 0.5

    def program():
        passed, wanted = threading.RLock(), threading.RLock()

        def work():
            while True:
                with passed, passed:
                    pass

        def keep():
            if kept:
                wanted.acquire()

        def want():
            with passed, wanted:
                pass

        for _ in range(threads):
            threading.Thread(target=work).start()
        start_then_die(keep, [want])

    return program


SHAPES = (ring, kept_by_the_dead, condition, wants_again, busy)


def end_one(seed: int) -> None:
    """Run the program of this seed: recorded, or, one time in three, with Python's own locks.

    Raises:
        AssertionError: the program was not stuck, or one of its threads is left.
        RuntimeError: `run` could not end it.
    """
    choose = random.Random(seed)
    shape = SHAPES[seed % len(SHAPES)]
    recorded = choose.random() < 2 / 3
    before = set(threading.enumerate())
    trace = run(shape(choose), timeout_s=60 if recorded and shape is not busy else 0.1, trace=recorded)
    left = [thread.name for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    about = f"program {seed}, {shape.__name__}, {'recorded' if recorded else 'not recorded'}"
    assert not trace.finished, f"{about}: was not stuck"
    assert not left, f"{about}: left {left}"


@contextmanager
def beside_computing(processes: int):
    """Some processes that compute, for as long as this lasts."""
    code = "import time\nend = time.monotonic() + 3600\nwhile time.monotonic() < end: pass"
    started = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(processes)]
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--beside", type=int, default=2, help="how many processes compute meanwhile")
    given = parser.parse_args()
    with beside_computing(given.beside):
        for seed in range(given.first, given.first + given.programs):
            end_one(seed)
    print(f"{given.programs} of {given.programs} stuck programs were ended, nothing is left")


if __name__ == "__main__":
    main()
