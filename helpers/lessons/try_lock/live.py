"""Lesson 03 live: clerks who share a till and have other work, and what they do where the till is busy."""

import threading
import time

from helpers import mark
from helpers.lessons.try_lock.programs import start_and_join
from helpers.live import Choice, Experiment, Scene, Slider

WAITS, TRIES, PATIENT = "acquire()", "acquire(blocking=False)", "acquire(timeout=…)"


def till(*, asks: str, threads: int, hold_ms: float, patience_ms: float, job_ms: float) -> Scene:
    """Return clerks who use the till and do another job, in turns, for ever.

    Args:
        asks: how they ask for the till: `WAITS`, `TRIES` or `PATIENT`.
        threads: how many clerks there are.
        hold_ms: how long a clerk uses the till.
        patience_ms: how long a patient clerk waits for it.
        job_ms: how long a piece of other work takes; refused, a clerk does one before asking again.
    """
    served, jobs = [0] * threads, [0] * threads

    def program() -> None:
        lock = threading.Lock()

        def ask() -> bool:
            if asks == WAITS:
                return lock.acquire()
            if asks == TRIES:
                return lock.acquire(blocking=False)
            return lock.acquire(timeout=patience_ms / 1000)

        def work(number: int) -> None:
            while True:
                if ask():
                    time.sleep(hold_ms / 1000)
                    lock.release()
                    served[number] += 1
                time.sleep(job_ms / 1000)
                jobs[number] += 1
                mark("job")

        start_and_join(*[lambda number=number: work(number) for number in range(threads)])

    return Scene(program, lambda: f"{sum(served)} customers served, {sum(jobs)} other jobs done")


TILL = Experiment(
    "One till, and other work to do",
    till,
    (
        Choice("asks", "asks by", (WAITS, TRIES, PATIENT)),
        Slider("threads", "clerks", 4, 1, 6),
        Slider("hold_ms", "uses the till", 150, 10, 300, 10, "ms"),
        Slider("patience_ms", "timeout", 100, 10, 500, 10, "ms"),
        Slider("job_ms", "another job", 60, 10, 300, 10, "ms"),
    ),
    counts=("job", "jobs"),
)
