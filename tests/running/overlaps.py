"""Four threads use one lock as fast as they can: no two recorded holds of different threads overlap.

``python -m tests.running.overlaps --operations 1000000`` from the project's root. On a Python without the GIL
the threads truly run in parallel, and it is seen that the GIL has stayed off.
"""

import argparse
import sys
import sysconfig
import threading

from helpers import run

THREADS = 4
OWN_WORK = 1000  # between two holds, so that threads are outside at the same time


def by_with(lock, count):
    with lock:
        count[0] += 1


def by_acquire(lock, count):
    lock.acquire()
    count[0] += 1
    lock.release()


def by_trying(lock, count):
    while not lock.acquire(timeout=0.001):
        pass
    count[0] += 1
    lock.release()


def twice(lock, count):
    with lock, lock:
        count[0] += 1


WAYS = (
    (threading.Lock, by_with),
    (threading.Lock, by_acquire),
    (threading.RLock, by_trying),
    (threading.RLock, twice),
)


def used_by_four(make, use, operations):
    """The trace of four threads that use one lock so many times together."""

    def program():
        lock, count, gate = make(), [0], threading.Barrier(THREADS)

        def work():
            gate.wait()
            for _ in range(operations // THREADS):
                use(lock, count)
                sum(range(OWN_WORK))

        threads = [threading.Thread(target=work) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return count[0]

    return run(program, timeout_s=600)


def held(trace):
    """(start, end, thread) of each hold of the trace's lock, in order."""
    rows = [row for row in trace.rows if row.kind == "lock" and row.outcome == "acquired"]
    return sorted((row.acquired, row.released, row.thread) for row in rows)


def overlaps(holds):
    """How many holds begin while another thread still has its own.

    >>> overlaps([(1, 4, "a"), (2, 3, "a"), (4, 5, "b")]), overlaps([(1, 4, "a"), (2, 3, "a"), (3, 5, "b")])
    (0, 1)
    """
    found, latest, owner = 0, float("-inf"), ""
    for start, end, thread in holds:
        found += start < latest and thread != owner
        if end > latest:
            latest, owner = end, thread
    return found


def check(make, use, operations):
    """Fail where a hold was lost, or two overlap; return what the four threads computed, per second."""
    trace = used_by_four(make, use, operations)
    holds = held(trace)
    assert trace.result == operations, f"{use.__name__}: {trace.result} of {operations} were counted"
    assert len(holds) == operations * (2 if use is twice else 1), f"{use.__name__}: {len(holds)} holds"
    assert overlaps(holds) == 0, f"{use.__name__}: {overlaps(holds)} holds overlap"
    return sum(record.cpu_s for record in trace.threads) / trace.duration * 1000


def gil_stayed_off():
    """False where this Python has no GIL, but something that was imported has switched it on."""
    return not sysconfig.get_config_var("Py_GIL_DISABLED") or not sys._is_gil_enabled()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=1_000_000, help="of all four threads, in each way")
    operations = parser.parse_args().operations
    for make, use in WAYS:
        at_once = check(make, use, operations)
        print(
            f"{use.__name__}: {operations:,} operations, none overlap; {at_once:.2f} threads computed at once"
        )
    assert gil_stayed_off(), "the GIL is on"


if __name__ == "__main__":
    main()
