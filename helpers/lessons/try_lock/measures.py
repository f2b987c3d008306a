"""Lesson 03: what was measured while a knob was turned."""

from collections.abc import Mapping, Sequence

from helpers import Sweep, Trace, run
from helpers.lessons.try_lock.knobs import asking, till

WAYS = {"waits": None, "tries every 1 ms": 0.001, "tries all the time": 0.0}


def other_work(holds_s: Sequence[float] = (0.002, 0.01, 0.03), *, repetitions: int = 3) -> Sweep:
    """Measure how much other work a thread gets done beside a lock that is held for longer and longer.

    Args:
        holds_s: how long the lock is held each time, in seconds.
        repetitions: how often each is measured.
    """
    return Sweep(
        title="Other work done beside a busy lock",
        x_label="lock held for (ms), free for 2 ms",
        x=tuple(1000 * hold_s for hold_s in holds_s),
        y_label="pieces of 1 ms, in about 0.2 s",
        series={
            name: [
                [run(till(tries=tries, hold_s=hold_s)).result for _ in range(repetitions)]
                for hold_s in holds_s
            ]
            for name, tries in {"waits": False, "tries": True}.items()
        },
    )


def price_of_asking(ways: Mapping[str, float | None] = WAYS, *, repetitions: int = 3) -> Sweep:
    """Measure the processor time of the holder, T1, and of the thread that asks, T2, by how T2 asks.

    Args:
        ways: the name of each way, and the pause between two tries in seconds (see `asking`).
        repetitions: how often each is measured.
    """
    traces = [[run(asking(pause_s=ways[way]), trace=False) for _ in range(repetitions)] for way in ways]
    return Sweep(
        title="T1 computes with the lock held, while T2 ...",
        x_label="",
        x=tuple(ways),
        y_label="processor time (ms)",
        series={
            name: [[cpu_ms(trace, thread) for trace in runs] for runs in traces]
            for name, thread in {"T1, computing": "T1", "T2, asking": "T2"}.items()
        },
    )


def cpu_ms(trace: Trace, thread: str) -> float:
    """Return the processor time of a thread, in milliseconds.

    >>> from helpers.trace import ThreadRecord
    >>> cpu_ms(Trace((), (ThreadRecord("T1", 0.0, 9.0, 0.5), ThreadRecord("T2", 0.0, 9.0, 0.25)), 9.0), "T2")
    250.0
    """
    return 1000 * next(record.cpu_s for record in trace.threads if record.name == thread)
