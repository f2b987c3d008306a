"""Lesson 08: four services to diagnose from their traces. Do not read on before you have made your diagnoses.

Each has five workers, A to E, who go on for ever; a program looks on for a while and returns. In each of
them all five get jobs done at first.
"""

import itertools
import threading
import time
from collections.abc import Callable

from readerwriterlock.rwlock import RWLockRead

from helpers import mark

WORKERS = "ABCDE"
WATCHED_S = 1.2
DONE = "job done"

Work = Callable[[int], None]  # what the worker of a number does, for ever


def watched(work: Work, watched_s: float) -> None:
    """Start the five workers, and look on."""
    for number, name in enumerate(WORKERS):
        threading.Thread(target=work, args=(number,), name=name, daemon=True).start()
    time.sleep(watched_s)


def case_1(watched_s: float = WATCHED_S) -> None:
    """Slow: one lock, and each job takes 5 ms with it held; everybody gets in, in turns."""
    archive = threading.Lock()

    def work(number: int) -> None:
        while True:
            with archive:
                time.sleep(0.005)
            mark(DONE)
            time.sleep(0.001)

    watched(work, watched_s)


def case_2(watched_s: float = WATCHED_S) -> None:
    """Livelock: after two jobs each, all take their left lock, are refused the right one, and give back."""
    locks = [threading.Lock() for _ in WORKERS]
    all_here = threading.Barrier(len(WORKERS))

    def work(number: int) -> None:
        left, right = locks[number], locks[(number + 1) % len(WORKERS)]
        for _ in range(2):
            time.sleep(0.02)
            mark(DONE)
        while True:
            with left:
                all_here.wait()
                if right.acquire(blocking=False):
                    mark(DONE)
                    right.release()
                sum(range(40_000))
                all_here.wait()

    watched(work, watched_s)


def case_3(watched_s: float = WATCHED_S) -> None:
    """Starvation: E writes three times; then the others read, and none leaves before the next one is in."""
    archive = RWLockRead()
    # A turn and a relief for each reader, so that it does not hang on luck whether a reader is in.
    turns = [threading.Semaphore(0) for _ in WORKERS[:4]]
    reliefs = [threading.Semaphore(0) for _ in WORKERS[:4]]
    rush = threading.Event()

    def read(number: int) -> None:
        mark(DONE)
        following = (number + 1) % 4
        while True:
            turns[number].acquire()
            with archive.gen_rlock():
                if rush.is_set():
                    reliefs[number - 1].release()
                else:  # the very first reader relieves nobody
                    rush.set()
                time.sleep(0.005)
                turns[following].release()
                time.sleep(0.002)
                reliefs[number].acquire()
            mark(DONE)

    def write() -> None:
        for number in itertools.count(1):
            with archive.gen_wlock():
                time.sleep(0.01)
            mark(DONE)
            if number == 3:
                turns[0].release()
                rush.wait()

    watched(lambda number: write() if WORKERS[number] == "E" else read(number), watched_s)


def case_4(watched_s: float = WATCHED_S) -> None:
    """Deadlock: after two jobs each, A to D take their left lock and wait for the right one; E for one."""
    locks = [threading.Lock() for _ in WORKERS[:4]]
    four_here = threading.Barrier(4)

    def work(number: int) -> None:
        for _ in range(2):
            time.sleep(0.02)
            mark(DONE)
        if WORKERS[number] == "E":
            time.sleep(0.02)
            while True:
                with locks[0]:
                    time.sleep(0.01)
                mark(DONE)
        left, right = locks[number], locks[(number + 1) % 4]
        with left:
            four_here.wait()
            with right:
                mark(DONE)

    watched(work, watched_s)


CASES = {"1": case_1, "2": case_2, "3": case_3, "4": case_4}
