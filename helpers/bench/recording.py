"""What recording a lock costs, against the raw operation and against its floor.

Each ratio is one of two times that were measured one right after the other in the same thread, in processor
time, so that neither the machine's speed nor its other work counts. Nanoseconds are told for comparison only.

The floor is the least that a lock written in Python costs that can say when it was held: closures that
acquire the lock, read the clock, read it again, append one tuple and release. It knows neither who holds it
nor from where, it takes no arguments, it cannot tell a wait, and a thread that waits for it cannot be ended.
What a recorded lock does beyond that is told apart: it asks for the lock without waiting, and for the caller
and the instruction. Part of it is saved elsewhere, as it appends two numbers and no tuple.
"""

import _thread
import gc
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter as now
from timeit import Timer
from types import FunctionType
from typing import Any

from helpers import run

from .learners_code import as_learners_code
from .table import Row, Target

BATCH = 10_000
ROUNDS = 41
FLOOR_TARGET = 1.25
RUN_LIMIT_S = 60.0


@dataclass(frozen=True)
class Bench:
    """A cost that is measured as a ratio, or in nanoseconds.

    Args:
        name: what is compared with what.
        target: what it must not exceed; None where it is only told.
        measure: measures once.
    """

    name: str
    target: float | None
    measure: Callable[[], float]


BENCHES: list[Bench] = []


def bench(name: str, *, target: float | None = None) -> Callable[[Callable[[], float]], Callable[[], float]]:
    """Add a function that measures once to the table.

    Args:
        name: what is compared with what.
        target: what it must not exceed; None where it is only told.
    """

    def add(measure: Callable[[], float]) -> Callable[[], float]:
        BENCHES.append(Bench(name, target, measure))
        return measure

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


def _new_floor_lock() -> Any:
    return _floor(_thread.allocate_lock())


def _new_floor_rlock() -> Any:
    return _floor(_thread.RLock())


def _floor(inner: Any) -> Any:
    acquire_inner, release_inner = inner.acquire, inner.release
    rows: list[tuple[float, float]] = []
    granted = 0.0

    def __enter__() -> bool:
        nonlocal granted
        acquire_inner()
        granted = now()
        return True

    def __exit__(_1: object, _2: object, _3: object) -> None:
        rows.append((granted, now()))
        release_inner()

    def acquire(_self: object) -> bool:
        nonlocal granted
        acquire_inner()
        granted = now()
        return True

    def release(_self: object) -> None:
        rows.append((granted, now()))
        release_inner()

    # `lock.acquire()` calls a plain function sooner than a static one; `with lock:`, up to 3.13, the other.
    methods = {"acquire": acquire, "release": release, "rows": rows}
    static = {"__enter__": staticmethod(__enter__), "__exit__": staticmethod(__exit__)}
    return type("Floor", (), {"__slots__": (), **methods, **static})()


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
    def new() -> Any:
        raw = new_raw()
        if type(raw).__module__ != "_thread":
            raise TypeError(f"a lock of Python's own was to be the measure, not {raw!r}")
        return raw

    return _against(recorded_ns, new_recorded, new, raw_ns)


def _against_floor(
    ns: Callable[[Any], int], new_recorded: Callable[[], Any], new_floor: Callable[[], Any]
) -> float:
    floors = []

    def new() -> Any:
        floors.append(new_floor())
        return floors[-1]

    ratio = _against(ns, new_recorded, new, ns)
    told = [len(floor.rows) for floor in floors]
    if told != [2 * BATCH]:
        raise RuntimeError(f"the floor was to append {2 * BATCH} tuples, not {told}")
    return ratio


def _against(
    recorded_ns: Callable[[Any], int],
    new_recorded: Callable[[], Any],
    new_other: Callable[[], Any],
    other_ns: Callable[[Any], int],
) -> float:
    # Code of its own for each, as in a program: an instruction adapts to what it meets.
    recorded_ns, other_ns = _own(recorded_ns), _own(other_ns)

    def program() -> float:
        recorded, other = new_recorded(), new_other()
        # Whichever comes second profits from warm caches, so the other one is measured before and after.
        before, cost, after = other_ns(other), recorded_ns(recorded), other_ns(other)
        return 2 * cost / (before + after)

    return _run(program)


def _own(function: Any) -> Any:
    return FunctionType(function.__code__.replace(), function.__globals__, function.__name__)


def _run(program: Callable[[], float]) -> float:
    # One run for each measure: what was recorded is let go of, and the lists never grow long. The garbage
    # collector is off: it adds up to a fifth to a floor, which makes tuples, and nothing to what is recorded.
    gc.disable()
    try:
        trace = run(program, timeout_s=RUN_LIMIT_S)
    finally:
        gc.enable()
    if len(trace.rows) != BATCH:
        raise RuntimeError(f"{BATCH} uses of one lock were to be recorded, not {len(trace.rows)}")
    return trace.result


def _ns_of(statement: str, **names: Any) -> float:
    """Return the nanoseconds of a statement in a loop, less those of the loop."""
    whole, loop = (Timer(each, timer=time.thread_time, globals=names) for each in (statement, "pass"))
    return (whole.timeit(BATCH) - loop.timeit(BATCH)) * 1e9 / BATCH


@bench("with lock, recorded, against its floor", target=FLOOR_TARGET)
def with_lock_against_floor() -> float:
    """Return what `with lock:` costs while it is recorded, against the floor."""
    return _against_floor(_with, _new_lock, _new_floor_lock)


@bench("with rlock, recorded, against its floor")
def with_rlock_against_floor() -> float:
    """Return what `with rlock:` costs while it is recorded, against a floor that asks nobody whose it is."""
    return _against_floor(_with, _new_rlock, _new_floor_rlock)


@bench("acquire and release, recorded, against their floor")
def acquire_release_against_floor() -> float:
    """Return what acquire and release cost while they are recorded, against a floor without arguments."""
    return _against_floor(_acquire_release, _new_lock, _new_floor_lock)


@bench("with lock, recorded, against raw")
def recorded_with_lock() -> float:
    """Return what `with lock:` costs while it is recorded, against the raw lock."""
    return _against_raw(_with, _new_lock, _new_raw_lock)


@bench("with lock in a function, recorded, against raw")
def recorded_with_in_a_function() -> float:
    """Return what a function that only does `with lock:` costs while it is recorded, against the raw lock."""
    return _against_raw(_with_in_a_function, _new_lock, _new_raw_lock, _with_in_a_function)


@bench("acquire and release, recorded, against raw with lock")
def recorded_acquire_release() -> float:
    """Return what acquire and release cost while they are recorded, against `with` and the raw lock."""
    return _against_raw(_acquire_release, _new_lock, _new_raw_lock)


@bench("with rlock, recorded, against raw")
def recorded_with_rlock() -> float:
    """Return what `with rlock:` costs while it is recorded, against the raw lock."""
    return _against_raw(_with, _new_rlock, _new_raw_rlock)


@bench("with lock, recorded: ns")
def recorded_with_lock_ns() -> float:
    """Return how many nanoseconds a recorded `with lock:` takes."""
    each_ns = _own(_with)
    return _run(lambda: each_ns(_new_lock()) / BATCH)


@bench("of these, two readings of the clock: ns")
def clock_ns() -> float:
    """Return how many nanoseconds it takes to read the clock as a hold does."""
    return _ns_of("now(); now_ns()", now=now, now_ns=time.perf_counter_ns)


@bench("of these, the lock itself, asked without waiting: ns")
def trying_ns() -> float:
    """Return how many nanoseconds it takes to try the raw lock and to release it."""
    raw = _new_raw_lock()
    return _ns_of("acquire(*(False,)); release()", acquire=raw.acquire, release=raw.release)


@bench("of these, the caller and its instruction: ns")
def caller_ns() -> float:
    """Return how many nanoseconds it takes to ask for a frame that is known, and for its instruction."""
    return _ns_of("getframe(0).f_lasti", getframe=sys._getframe)


def rows(rounds: int) -> list[Row]:
    """Measure and return a row for each bench."""
    values = measure(BENCHES, rounds)
    return [
        Row(each.name, of_each, None if each.target is None else Target("≤", each.target))
        for each, of_each in zip(BENCHES, values, strict=True)
    ]


def measure(benches: Sequence[Bench], rounds: int) -> list[list[float]]:
    """Return `rounds` values of each bench, measured in turns so that all meet the same conditions."""
    for each in benches:
        each.measure()  # the first run pays for imports and caches
    turns = [[each.measure() for each in benches] for _ in range(rounds)]
    return [list(values) for values in zip(*turns, strict=True)]
