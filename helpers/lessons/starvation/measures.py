"""Lesson 06: what is read from its traces and turns, and what was measured while a knob was turned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from readerwriterlock.rwlock import RWLockRead

from helpers import Sweep, Trace, run
from helpers.lessons.starvation.programs import writer_among_readers
from helpers.trace import Row, ThreadRecord, jain_index

Turn = tuple[str, float, float, float]  # who, when asked, when in, when out; in seconds


@dataclass(frozen=True)
class Request:
    """How one request for a lock went; times in ms.

    Args:
        asked: when the thread asked.
        waited: how long it waited.
        held: how long it then held the lock.
        overtaken: how often others got the same lock while it waited.
    """

    asked: float
    waited: float
    held: float
    overtaken: int


# ---- read from a trace


def request_of(trace: Trace, thread: str) -> Request:
    """Return how a thread's first request for a lock went.

    Raises:
        ValueError: it did not ask for one.

    >>> before = Row("T1", "lock", "a", "exclusive", 0.0, 0.0, 2.0, "T1", "acquired")
    >>> patient = Row("T2", "lock", "a", "exclusive", 1.0, 4.0, 5.0, "T2", "acquired")
    >>> again = Row("T1", "lock", "a", "exclusive", 2.0, 2.0, 4.0, "T1", "acquired")
    >>> request_of(Trace((before, patient, again), (), 5.0), "T2")
    Request(asked=1.0, waited=3.0, held=1.0, overtaken=1)
    """
    row = next((row for row in trace.select() if row.thread == thread), None)
    if row is None:
        raise ValueError(f"{thread} asked for no lock in this trace")
    in_at = row.requested + trace.wait_of(row)
    others = [other for other in trace.select() if other.name == row.name and other.thread != thread]
    overtaken = sum(row.requested < _in(other) < in_at for other in others)
    return Request(row.requested, trace.wait_of(row), trace.hold_of(row), overtaken)


def after(trace: Trace, thread: str) -> int:
    """Return how often other threads got a lock after a thread had got it for the first time.

    >>> first = Row("T1", "lock", "a", "exclusive", 0.0, 0.0, 2.0, "T1", "acquired")
    >>> second = Row("T2", "lock", "a", "exclusive", 1.0, 2.0, 5.0, "T2", "acquired")
    >>> after(Trace((first, second), (), 5.0), "T1"), after(Trace((first, second), (), 5.0), "T2")
    (1, 0)
    """
    mine = next(row for row in trace.select() if row.thread == thread)
    return sum(row.thread != thread and _in(row) > _in(mine) for row in trace.select())


def shut_out(trace: Trace, thread: str) -> bool:
    """Return whether others got the lock at least ten times as often while a thread waited as later.

    They have to have got it 5 times at least.

    >>> patient = Row("T2", "lock", "a", "exclusive", 1.0, 7.0, 8.0, "T2", "acquired")
    >>> turn = Row("T1", "lock", "a", "exclusive", 0.0, 0.0, 1.0, "T1", "acquired")
    >>> turns = [turn._replace(requested=t, acquired=t + 0.5, released=t + 1) for t in range(1, 6)]
    >>> trace = Trace((patient, *turns), (), 9.0)
    >>> shut_out(trace, "T2"), shut_out(trace, "T1")
    (True, False)
    """
    overtaken = request_of(trace, thread).overtaken
    return overtaken >= 5 and overtaken >= 10 * after(trace, thread)


def told(trace: Trace, thread: str, others: str) -> str:
    """Return in a sentence how long a thread waited, and how often others got in while it did, and later.

    Args:
        trace: what happened.
        thread: the thread that asked for a lock.
        others: what the other threads did with that lock, such as "reads".

    >>> before = Row("T1", "lock", "a", "exclusive", 0.0, 0.0, 2.0, "T1", "acquired")
    >>> patient = Row("T2", "lock", "a", "exclusive", 1.0, 4.0, 5.0, "T2", "acquired")
    >>> again = Row("T1", "lock", "a", "exclusive", 2.0, 2.0, 4.0, "T1", "acquired")
    >>> told(Trace((before, patient, again), (), 5.0), "T2", "turns")
    'T2 waited 3 ms; turns that began meanwhile: 1, later: 0.'
    """
    request = request_of(trace, thread)
    return (
        f"{thread} waited {request.waited:.0f} ms; {others} that began meanwhile: {request.overtaken}, "
        f"later: {after(trace, thread)}."
    )


def turns_of(trace: Trace) -> dict[str, int]:
    """Return how often each thread got the lock."""
    got = [row.thread for row in trace.select() if row.acquired is not None]
    return {record.name: got.count(record.name) for record in trace.threads if record.name != "MainThread"}


def at_percent(trace: Trace, percent: int) -> float:
    """Return the shortest wait, in ms, that so many percent of the requests did not exceed.

    >>> row = Row("T1", "lock", "a", "exclusive", 0.0, 0.0, 2.0, "T1", "acquired")
    >>> at_percent(Trace((row, row._replace(acquired=9.0)), (), 9.0), 50)
    0.0
    """
    waits = sorted(trace.wait_of(row) for row in trace.select())
    return waits[-(-percent * len(waits) // 100) - 1]


def longest(trace: Trace) -> tuple[float, str]:
    """Return the longest wait, in ms, and whose it was."""
    return max((trace.wait_of(row), row.thread) for row in trace.select())


def _in(row: Row) -> float:
    return row.acquired if row.acquired is not None else float("inf")


# ---- turns that a program wrote down itself


def as_trace(turns: Sequence[Turn]) -> Trace:
    """Return turns at a lock as a trace in ms, to be drawn.

    >>> as_trace([("T1", 2.0, 2.0, 2.5), ("T2", 2.1, 2.5, 3.0)]).waits()
    [0.0, 400.0]
    """
    start = min(asked for _, asked, _, _ in turns)
    rows = []
    for name, *times in sorted(turns, key=lambda turn: turn[1]):
        asked, got_in, out = (round(1000 * (time - start), 6) for time in times)
        rows.append(Row(name, "lock", "lock", "exclusive", asked, got_in, out, name, "acquired"))
    end = max(row.released for row in rows)
    names = sorted({row.thread for row in rows}, key=lambda name: (name == "P", name))
    return Trace(tuple(rows), tuple(ThreadRecord(name, 0.0, end) for name in names), end)


def most_overtaken(turns: Sequence[Turn]) -> int:
    """Return how often a thread that waited was overtaken by others that asked later, at most.

    >>> most_overtaken([("T1", 0.0, 0.0, 1.0), ("T1", 1.0, 1.0, 2.0), ("T2", 0.5, 2.0, 3.0)])
    1
    """
    return max(
        sum(other[1] > turn[1] and other[2] < turn[2] for other in turns if other[0] != turn[0])
        for turn in turns
    )


# ---- as sweeps


def shares(title: str, counts: Mapping[str, Mapping[str, int]]) -> Sweep:
    """Return how often each thread got in, by thread, beside Jain's index of each run.

    Args:
        title: what is compared.
        counts: for each run, by its name, how often each thread got in.

    >>> list(shares("Two runs", {"even": {"T1": 4, "T2": 4}, "one": {"T1": 8, "T2": 0}}).series)
    ["even: Jain's index 1.00", "one: Jain's index 0.50"]
    """
    return Sweep(
        title=title,
        x_label="",
        x=tuple(next(iter(counts.values()))),
        y_label="turns",
        series={
            f"{name}: Jain's index {jain_index(each.values()):.2f}": [[turns] for turns in each.values()]
            for name, each in counts.items()
        },
    )


def waits_by_think(
    thinks_s: Iterable[float] = (0, 0.001, 0.002, 0.005, 0.01), *, repetitions: int = 3
) -> Sweep:
    """Measure how long a writer under RWLockRead waits for readers who think for longer and longer.

    Args:
        thinks_s: the think times to try, in seconds.
        repetitions: how often each is tried.
    """
    times = {think_s: [_writers_wait(think_s) for _ in range(repetitions)] for think_s in thinks_s}
    return Sweep(
        title="Four readers under RWLockRead: how long the writer waits",
        x_label="think time of each reader after a turn (ms)",
        x=tuple(1000 * think_s for think_s in times),
        y_label="wait of the writer (ms)",
        series={"": list(times.values())},
    )


def _writers_wait(think_s: float) -> float:
    trace = run(writer_among_readers(RWLockRead, think_s=think_s))
    return request_of(trace, "W1").waited
