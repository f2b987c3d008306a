"""Lesson 04: what is read from its traces, and what was measured while a knob was turned."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from statistics import mean, median
from typing import Any

from readerwriterlock.rwlock import RWLockFair, RWLockRead, RWLockWrite

from helpers import Sweep, Trace, run
from helpers.lessons.reader_writer_locks.knobs import flood
from helpers.lessons.reader_writer_locks.programs import (
    PlainLock,
    ask_a_server,
    clerks,
    compute,
    seven_readers,
)
from helpers.trace import Row

Program = Callable[
    [Callable], Callable[[], int]
]  # made with a given lock; returns how many operations it did

POLICIES = {"RWLockFair": RWLockFair, "RWLockRead": RWLockRead, "RWLockWrite": RWLockWrite}
HOLDS_S = {"empty": None, "0.05 ms": 0.00005, "0.5 ms": 0.0005, "5 ms": 0.005}
GAIN = "operations, × those with a Lock"


# ---- read from a trace


def _uses(trace: Trace) -> list[Row]:
    """Return the requests for the reader-writer lock (or the Lock in its place), in the order of entry."""
    rows = [row for row in trace.select() if row.kind == "rw"] or trace.select()
    return sorted((row for row in rows if row.acquired is not None), key=lambda row: row.acquired)


def order_of_entry(trace: Trace) -> str:
    """Return the names of the threads in the order in which they got the lock; without the main thread.

    Readers that no writer came between were let in together; they are named in the order of their requests.

    >>> late = Row("R1", "rw", "rw", "shared", 0.0, 2.0, 3.0, "R1", "acquired")
    >>> soon = Row("W1", "rw", "rw", "exclusive", 1.0, 1.0, 2.0, "W1", "acquired")
    >>> with_late = Row("R2", "rw", "rw", "shared", 0.5, 1.9, 3.0, "R2", "acquired")
    >>> order_of_entry(Trace((late, with_late, soon), (), 3.0))
    'W1 R1 R2'
    """
    names = []
    for mode, group in groupby(_uses(trace), key=lambda row: row.mode):
        rows = list(group)
        if mode == "shared":
            rows.sort(key=lambda row: row.requested)
        names += [row.thread for row in rows if row.thread != "MainThread"]
    return " ".join(names)


def times_overtaken(trace: Trace) -> int:
    """Return how often a thread got the lock while another one waited for it that had asked before.

    >>> patient = Row("R1", "rw", "rw", "shared", 0.0, 4.0, 5.0, "R1", "acquired")
    >>> earlier = Row("W1", "rw", "rw", "exclusive", -1.0, -1.0, 2.0, "W1", "acquired")
    >>> barging = Row("W1", "rw", "rw", "exclusive", 2.0, 2.0, 4.0, "W1", "acquired")
    >>> times_overtaken(Trace((earlier, patient, barging), (), 5.0))
    1
    """
    overtakers, oldest_behind = 0, float("inf")
    for row in reversed(_uses(trace)):  # those who got in later come first
        overtakers += oldest_behind < row.requested
        oldest_behind = min(oldest_behind, row.requested)
    return overtakers


def overlapping(trace: Trace) -> set[str]:
    """Return which kinds of holds of different threads overlapped in time, such as {"read+read"}.

    >>> first = Row("R1", "rw", "rw", "shared", 0.0, 0.0, 2.0, "R1", "acquired")
    >>> second = Row("R2", "rw", "rw", "shared", 1.0, 1.0, 3.0, "R2", "acquired")
    >>> overlapping(Trace((first, second), (), 3.0))
    {'read+read'}
    """
    words = {"shared": "read", "exclusive": "write"}
    holds = [(row.acquired, row.acquired + trace.hold_of(row), words[row.mode]) for row in _uses(trace)]
    pairs = ((one, other) for place, one in enumerate(holds) for other in holds[place + 1 :])
    return {"+".join(sorted((one[2], other[2]))) for one, other in pairs if other[0] < one[1]}


def waits_of(trace: Trace, mode: str) -> list[float]:
    """Return how long each request of a mode waited, in ms, the shortest first.

    Args:
        trace: what happened.
        mode: "shared" for readers, "exclusive" for writers.
    """
    return sorted(trace.wait_of(row) for row in trace.select() if row.kind == "rw" and row.mode == mode)


def at_99_percent(waits: Sequence[float]) -> float:
    """Return the shortest of some sorted waits that 99 % of them did not exceed.

    >>> at_99_percent([1.0, 2.0, 3.0])
    3.0
    """
    return waits[-(-99 * len(waits) // 100) - 1]


# ---- measured while a knob was turned


def waits_in_flood(greedy: str) -> dict[str, Sweep]:
    """Measure how long readers and writers wait under each policy; return a Sweep for each of the two.

    Args:
        greedy: who asks all the time, "R" for the readers or "W" for the writers.
    """
    traces = {name: run(flood(make_rw, greedy)) for name, make_rw in POLICIES.items()}
    sweeps = {}
    for side, mode in {"readers": "shared", "writers": "exclusive"}.items():
        waits = [waits_of(trace, mode) for trace in traces.values()]
        sweeps[side] = Sweep(
            title=f"The {side} wait",
            x_label="",
            x=tuple(traces),
            y_label="wait (ms)",
            series={
                "mean": [[round(mean(each), 1)] for each in waits],
                "99th percentile": [[round(at_99_percent(each), 1)] for each in waits],
            },
        )
    return sweeps


def gain(program: Program, make_rw: Callable, *, repetitions: int = 3) -> list[float]:
    """Measure how many times as many operations a program does with a lock as with a plain Lock.

    Args:
        program: makes the program with a given lock; it returns how many operations it did.
        make_rw: makes the lock.
        repetitions: how often it is measured.
    """
    return _gains_over(_plain(program, repetitions), program, make_rw, repetitions)


def gains_by_reads(shares: Sequence[float] = (0, 0.5, 0.9, 1), *, repetitions: int = 3) -> Sweep:
    """Measure what each lock brings while more and more of the operations are reads.

    Args:
        shares: the shares of reads to try, 0 to 1.
        repetitions: how often each is tried.
    """
    return _gains(
        "Eight threads, 5 ms for each operation: what sharing brings",
        "operations that are reads (%)",
        {100 * share: _clerks(ask_a_server, read_share=share) for share in shares},
        repetitions,
    )


def gains_by_hold(holds_s: Mapping[str, float | None] = HOLDS_S, *, repetitions: int = 3) -> Sweep:
    """Measure what each lock brings while the lock is held for longer and longer; 90 % are reads.

    Args:
        holds_s: by its name, how long an operation sleeps while it holds the lock, in seconds; None is not
            at all.
        repetitions: how often each is tried.
    """
    return _gains(
        "Eight threads, 90 % reads: short holds and long ones",
        "time asleep while holding the lock",
        {
            name: _clerks(_nothing if hold_s is None else partial(time.sleep, hold_s))
            for name, hold_s in holds_s.items()
        },
        repetitions,
    )


def gains_by_work(*, repetitions: int = 3) -> Sweep:
    """Measure what RWLockFair brings for reads that wait, for reads that compute, and for rare reads."""
    works = {
        "8 threads, 90 % reads:\nask a server": _clerks(ask_a_server),
        "8 threads, 90 % reads:\ncompute": _clerks(compute, run_s=0.2),
        "7 threads read now and then,\n1 writes all the time": seven_readers,
    }
    return Sweep(
        title="What RWLockFair brings depends on the operations",
        x_label="",
        x=tuple(works),
        y_label=GAIN,
        series={"RWLockFair": [gain(work, RWLockFair, repetitions=repetitions) for work in works.values()]},
    )


def _nothing() -> None:
    pass


def _clerks(use: Callable[[], None], *, read_share: float = 0.9, run_s: float = 0.06) -> Program:
    return lambda make_rw: clerks(make_rw, use, read_share=read_share, run_s=run_s)


def _gains(title: str, knob: str, programs: Mapping[Any, Program], repetitions: int) -> Sweep:
    return Sweep(
        title=title,
        x_label=knob,
        x=tuple(programs),
        y_label=GAIN,
        series=_by_lock(programs.values(), repetitions),
    )


def _by_lock(programs: Iterable[Program], repetitions: int) -> dict[str, list[list[float]]]:
    lists: dict[str, list[list[float]]] = {name: [] for name in POLICIES}
    for program in programs:
        plain = _plain(program, repetitions)
        for name, make_rw in POLICIES.items():
            lists[name].append(_gains_over(plain, program, make_rw, repetitions))
    return lists


def _plain(program: Program, repetitions: int) -> float:
    return median(run(program(PlainLock), trace=False).result for _ in range(repetitions))


def _gains_over(plain: float, program: Program, make_rw: Callable, repetitions: int) -> list[float]:
    return [run(program(make_rw), trace=False).result / plain for _ in range(repetitions)]
