"""Lesson 03: what was measured while a knob was turned."""

from collections.abc import Sequence

from helpers import Sweep, Trace, run
from helpers.lessons.try_lock.knobs import asking, counter


def other_work(holds_s: Sequence[float] = (0.002, 0.005, 0.01, 0.02), *, repetitions: int = 2) -> Sweep:
    """Measure how much other work a thread gets done beside a lock that is held for longer and longer.

    Args:
        holds_s: how long the lock is held each time, in seconds.
        repetitions: how often each is measured.
    """
    return Sweep(
        title="Other work done beside a busy lock",
        x_label="lock held for (ms), free for 2 ms",
        x=tuple(1000 * hold_s for hold_s in holds_s),
        y_label="pieces of 1 ms, in 0.2 s",
        series={
            name: [
                [run(counter(tries=tries, hold_s=hold_s)).result for _ in range(repetitions)]
                for hold_s in holds_s
            ]
            for name, tries in {"waits": False, "tries": True}.items()
        },
    )


def shortest_hold(*, pause_s: float | None, repetitions: int = 3) -> Trace:
    """Return the trace with the shortest hold of some runs, so that a pause of the machine does not count.

    Args:
        pause_s: how T2 asks (see `asking`).
        repetitions: how many runs there are.
    """
    traces = [run(asking(pause_s=pause_s), trace=False) for _ in range(repetitions)]
    return min(traces, key=lambda trace: trace.result)


def ways_to_ask(*, repetitions: int = 2) -> Sweep:
    """Measure how long a computing thread holds its lock, by how another thread asks for it.

    Args:
        repetitions: how often each is measured.
    """
    ways = {"waits": None, "tries every 1 ms": 0.001, "tries all the time": 0.0}
    holds = [
        [run(asking(pause_s=pause_s), trace=False).result for _ in range(repetitions)]
        for pause_s in ways.values()
    ]
    return Sweep(
        title="How long T1 computes with the lock held, while T2 ...",
        x_label="",
        x=tuple(ways),
        y_label="hold (ms)",
        series={"": holds},
    )


def asker_cpu_ms(trace: Trace) -> float:
    """Return the processor time of the thread that asks, T2, in milliseconds.

    >>> from helpers.trace import ThreadRecord
    >>> asker_cpu_ms(Trace((), (ThreadRecord("T1", 0.0, 9.0, 0.5), ThreadRecord("T2", 0.0, 9.0, 0.25)), 9.0))
    250.0
    """
    return 1000 * next(record.cpu_s for record in trace.threads if record.name == "T2")
