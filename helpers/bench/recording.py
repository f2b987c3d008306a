"""What recording a lock costs against the raw operation.

Each bench gives a ratio of two times that were measured one right after the other in the same thread, in
processor time, so that neither the machine's speed nor its other work counts.
"""

import _thread
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from helpers import run

from .learners_code import as_learners_code
from .table import Row, Target

BATCH = 10_000
ROUNDS = 41
RECORDING_TARGET = 3.0
RUN_LIMIT_S = 60.0


@dataclass(frozen=True)
class Bench:
    """A cost that is measured as a ratio.

    Args:
        name: what is compared with its raw operation.
        target: the ratio that it must not exceed; None where it is only told.
        ratio: measures once.
    """

    name: str
    target: float | None
    ratio: Callable[[], float]


BENCHES: list[Bench] = []


def bench(name: str, *, target: float | None = None) -> Callable[[Callable[[], float]], Callable[[], float]]:
    """Add a function that measures a ratio once to the table.

    Args:
        name: what is compared with its raw operation.
        target: the ratio that it must not exceed; None where it is only told.
    """

    def add(ratio: Callable[[], float]) -> Callable[[], float]:
        BENCHES.append(Bench(name, target, ratio))
        return ratio

    return add


@as_learners_code
def _new_lock() -> Any:
    return threading.Lock()


@as_learners_code
def _new_rlock() -> Any:
    return threading.RLock()


def _new_raw_lock() -> Any:
    # Looked up when it is called: `run` puts recording locks wherever a program holds the constructor itself.
    return _thread.allocate_lock()


def _new_raw_rlock() -> Any:
    return _thread.RLock()


@as_learners_code
def _with(lock: Any) -> int:
    began = time.thread_time_ns()
    for _ in range(BATCH):
        with lock:
            pass
    return time.thread_time_ns() - began


@as_learners_code
def _acquire_release(lock: Any) -> int:
    began = time.thread_time_ns()
    for _ in range(BATCH):
        lock.acquire()
        lock.release()
    return time.thread_time_ns() - began


@as_learners_code
def _use(lock: Any) -> None:
    with lock:
        pass


@as_learners_code
def _with_in_a_function(lock: Any) -> int:
    began = time.thread_time_ns()
    for _ in range(BATCH):
        _use(lock)
    return time.thread_time_ns() - began


def _against_raw(
    recorded_ns: Callable[[Any], int],
    new_recorded: Callable[[], Any],
    new_raw: Callable[[], Any],
    raw_ns: Callable[[Any], int] = _with,
) -> float:
    def program() -> float:
        recorded, raw = new_recorded(), new_raw()
        if type(raw).__module__ != "_thread":
            raise TypeError(f"a lock of Python's own was to be the measure, not {raw!r}")
        # Whichever comes second profits from warm caches, so the raw one is measured before and after.
        before, cost, after = raw_ns(raw), recorded_ns(recorded), raw_ns(raw)
        return 2 * cost / (before + after)

    # One run for each ratio: what was recorded is let go of, and the lists never grow long.
    trace = run(program, timeout_s=RUN_LIMIT_S)
    if len(trace.rows) != BATCH:
        raise RuntimeError(f"{BATCH} uses of one lock were to be recorded, not {len(trace.rows)}")
    return trace.result


@bench("recorded with lock, against raw with lock", target=RECORDING_TARGET)
def recorded_with_lock() -> float:
    """Return what `with lock:` costs while it is recorded, against the raw lock."""
    return _against_raw(_with, _new_lock, _new_raw_lock)


@bench("recorded with lock, in a function, against raw")
def recorded_with_in_a_function() -> float:
    """Return what a function that only does `with lock:` costs while it is recorded, against the raw lock."""
    return _against_raw(_with_in_a_function, _new_lock, _new_raw_lock, _with_in_a_function)


@bench("recorded acquire and release, against raw with lock")
def recorded_acquire_release() -> float:
    """Return what acquire and release cost while they are recorded, against `with` and the raw lock."""
    return _against_raw(_acquire_release, _new_lock, _new_raw_lock)


@bench("recorded with rlock, against raw with rlock")
def recorded_with_rlock() -> float:
    """Return what `with rlock:` costs while it is recorded, against the raw lock."""
    return _against_raw(_with, _new_rlock, _new_raw_rlock)


def rows(rounds: int) -> list[Row]:
    """Measure and return a row for each bench."""
    ratios = measure(BENCHES, rounds)
    return [
        Row(each.name, of_each, None if each.target is None else Target("≤", each.target))
        for each, of_each in zip(BENCHES, ratios, strict=True)
    ]


def measure(benches: Sequence[Bench], rounds: int) -> list[list[float]]:
    """Return `rounds` ratios of each bench, measured in turns so that all meet the same conditions."""
    for each in benches:
        each.ratio()  # the first run pays for imports and caches
    turns = [[each.ratio() for each in benches] for _ in range(rounds)]
    return [list(ratios) for ratios in zip(*turns, strict=True)]
