"""What the machine must be able to do: start threads, wait for locks, and tell the time.

Each check takes what it judges, so it can be tried with any machine's values; the defaults are this one's.
"""

import threading
import time
from collections.abc import Callable
from itertools import pairwise
from statistics import median

from helpers.claims.busy import cores as usable_cores
from helpers.environment.report import Row

CLOCK_LIMIT_S = 2e-6
SLEEP_LIMIT_S = 0.020
LOCK_LIMIT_S = 5.0


def threads_and_locks(
    new_thread: Callable[..., threading.Thread] = threading.Thread,
    new_lock: Callable[[], threading.Lock] = threading.Lock,
) -> Row:
    """Check that a thread can be started, and has to wait for a lock that another holds."""
    name = "threads and locks"
    lock, asking = new_lock(), threading.Event()
    found = []

    def contender() -> None:
        found.append(lock.acquire(blocking=False))
        asking.set()
        if lock.acquire(timeout=LOCK_LIMIT_S):
            found.append(True)
            lock.release()

    try:
        with lock:
            other = new_thread(target=contender, daemon=True)
            other.start()
            asking.wait(LOCK_LIMIT_S)
        other.join(LOCK_LIMIT_S)
    except RuntimeError as error:
        return Row(name, "FAIL", str(error), "Close other programs, or ask for a higher limit of threads.")
    if found == [False, True]:
        return Row(name, "PASS", "a thread waited for a lock and got it")
    what_to_do = "Restart the kernel (menu Kernel) and try once more."
    return Row(name, "FAIL", f"a thread that asked for a held lock saw {found}", what_to_do)


def clock(step_s: float | None = None) -> Row:
    """Check that the clock is fine enough to time a lock.

    Args:
        step_s: the clock's smallest step in seconds; by default it is measured.
    """
    step_s = _clock_step_s() if step_s is None else step_s
    detail = f"steps of {step_s * 1e6:.2g} µs"
    if step_s <= CLOCK_LIMIT_S:
        return Row("clock", "PASS", detail)
    return Row(
        "clock", "FAIL", detail + ": too coarse to time a lock", "Use another machine, or a newer system."
    )


def sleep(nap_s: float | None = None) -> Row:
    """Check that a thread wakes up about when it asked to.

    Args:
        nap_s: how many seconds a sleep of 1 ms takes; by default the median of some is measured.
    """
    nap_s = _nap_s() if nap_s is None else nap_s
    detail = f"a sleep of 1 ms takes {nap_s * 1e3:.1f} ms"
    if nap_s < SLEEP_LIMIT_S:
        return Row("sleep", "PASS", detail)
    return Row("sleep", "NOTE", detail, "Close other programs: charts of short waits will look rough.")


def cores(count: int | None = None) -> Row:
    """Check that two threads can be at work at once.

    Args:
        count: how many processor cores there are; by default those that this process may use.
    """
    count = usable_cores() if count is None else count
    if count >= 2:
        return Row("cores", "PASS", f"{count} processor cores")
    return Row(
        "cores", "NOTE", "1 processor core", "All works; a few measurements will differ from the text."
    )


def _clock_step_s() -> float:
    reads = [time.perf_counter() for _ in range(10_000)]
    steps = [later - earlier for earlier, later in pairwise(reads) if later > earlier]
    return min(steps, default=float("inf"))


def _nap_s(times: int = 15) -> float:
    naps = []
    for _ in range(times):
        began = time.perf_counter()
        time.sleep(0.001)
        naps.append(time.perf_counter() - began)
    return median(naps)
