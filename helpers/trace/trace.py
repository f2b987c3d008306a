"""`Trace`: everything that one execution of a program did with its locks, and the arithmetic on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import showing
from .rows import HOLDABLE, KINDS, OUTCOMES, Row, ThreadRecord
from .wait_for import Wait, first_cycle

if TYPE_CHECKING:
    import networkx

UNITS = ("ms", "step")
FORMAT = 1


def jain_index(shares: Iterable[float]) -> float:
    """Return Jain's fairness index of some shares: 1.0 where all are equal, 1/n where one has everything.

    Args:
        shares: one number >= 0 a thread, such as its acquisitions or its meals.

    Source: Jain, Chiu, Hawe, "A quantitative measure of fairness and discrimination", DEC-TR-301, 1984.

    >>> jain_index([5, 5, 5, 5])
    1.0
    >>> jain_index([20, 0, 0, 0])
    0.25
    """
    values = list(shares)
    squares = sum(value * value for value in values)
    return sum(values) ** 2 / (len(values) * squares) if squares else 1.0


@dataclass(frozen=True)
class Trace:
    """Everything that one execution of a program did with its locks, ready to be drawn.

    Args:
        rows: the operations, ordered by the time of their request.
        threads: the program's threads in the order in which they began; the program's own function runs
            in the first, "MainThread".
        duration: time from start to end, in `unit`.
        unit: "ms" (a run on real threads) or "step" (an explored schedule).
        finished: True where the program ended by itself; False where it was ended at its deadline or
            found deadlocked.
        stdout: what the program printed.
        result: what the program returned.
        loop: of a schedule that goes on for ever, when the part begins that repeats; it ends with the trace.
        victim: the thread that never gets anywhere in that loop, if there is one.

    >>> lock = "exclusive"
    >>> trace = Trace(
    ...     rows=(
    ...         Row("T1", "lock", "a", lock, 0.0, 0.0, None, None, "held", "demo.py:3"),
    ...         Row("T2", "lock", "b", lock, 1.0, 1.0, None, None, "held", "demo.py:7"),
    ...         Row("T1", "lock", "b", lock, 2.0, None, None, None, "waiting", "demo.py:4"),
    ...         Row("T2", "lock", "a", lock, 3.0, None, None, None, "waiting", "demo.py:8"),
    ...     ),
    ...     threads=(ThreadRecord("T1", 0.0, None), ThreadRecord("T2", 0.0, None)),
    ...     duration=10.0,
    ...     finished=False,
    ... )
    >>> trace
    <Trace: 2 threads, 4 operations, 10.0 ms, deadlock: T1 waits for b held by T2, T2 waits for a held by T1>
    >>> trace.waits("T1"), trace.holds("T1")
    ([0.0, 8.0], [10.0])
    >>> Trace.from_json(trace.to_json()) == trace
    True
    """

    rows: tuple[Row, ...]
    threads: tuple[ThreadRecord, ...]
    duration: float
    unit: str = "ms"
    finished: bool = True
    stdout: str = ""
    result: Any = field(default=None, hash=False)
    loop: float | None = None
    victim: str = ""

    # ---- reading rows

    def select(
        self, thread: str | None = None, name: str | None = None, kinds: Sequence[str] = HOLDABLE
    ) -> list[Row]:
        """Return the rows of one thread, one object, some kinds; None stands for all of them."""
        return [
            row
            for row in self.rows
            if row.kind in kinds
            and row.mode in ("exclusive", "shared")
            and thread in (None, row.thread)
            and name in (None, row.name)
        ]

    def lock_names(self) -> list[str]:
        """Return the names of everything that was held or asked for, in the order of first use."""
        return list(dict.fromkeys(row.name for row in self.select()))

    def marks(self, thread: str | None = None) -> list[Row]:
        """Return the progress marks that the program made with `mark`, and the errors that ended a thread."""
        notes = [row for row in self.rows if (row.kind, row.mode) == ("note", "note")]
        return [row for row in notes if thread in (None, row.thread)]

    # ---- arithmetic

    def wait_of(self, row: Row) -> float:
        """Return how long a row's thread waited; a wait that was still going on counts up to the end."""
        if row.outcome in ("timed out", "refused", "raised"):
            return (row.released if row.released is not None else row.requested) - row.requested
        return (self.duration if row.acquired is None else row.acquired) - row.requested

    def hold_of(self, row: Row) -> float:
        """Return how long a row's thread held what it got; a hold still going on counts up to the end."""
        if row.acquired is None:
            return 0.0
        return (self.duration if row.released is None else row.released) - row.acquired

    def waits(self, thread: str | None = None, name: str | None = None) -> list[float]:
        """Return the wait of every request for a lock, in `unit`, ordered by request."""
        return [self.wait_of(row) for row in self.select(thread, name)]

    def holds(self, thread: str | None = None, name: str | None = None) -> list[float]:
        """Return the length of every hold, in `unit`, ordered by request."""
        return [self.hold_of(row) for row in self.select(thread, name) if row.acquired is not None]

    def lifetime(self, thread: str) -> float:
        """Return the time from a thread's start to its end, or to the trace's end, in `unit`."""
        record = next((record for record in self.threads if record.name == thread), None)
        if record is None:
            known = ", ".join(repr(record.name) for record in self.threads)
            raise KeyError(f"no thread {thread!r} in this trace; it has {known or 'none'}")
        return (self.duration if record.ended is None else record.ended) - record.started

    def wait_share(self, thread: str) -> float:
        """Return the part of a thread's life that it spent waiting for locks, 0 to 1.

        >>> waited = Row("T1", "lock", "lock", "exclusive", 0.0, 3.0, 4.0, "T1", "acquired")
        >>> Trace((waited,), (ThreadRecord("T1", 0.0, 6.0),), 6.0).wait_share("T1")
        0.5
        """
        life = self.lifetime(thread)
        return sum(self.waits(thread)) / life if life else 0.0

    def lock_wait_share(self, name: str) -> float:
        """Return the part of the lives of all threads that use locks which went to waiting for one, 0 to 1.

        >>> waited = Row("T1", "lock", "lock", "exclusive", 0.0, 3.0, 4.0, "T1", "acquired")
        >>> free = Row("T2", "lock", "lock", "exclusive", 0.0, 0.0, 3.0, "T2", "acquired")
        >>> lives = (ThreadRecord("T1", 0.0, 6.0), ThreadRecord("T2", 0.0, 6.0))
        >>> Trace((waited, free), lives, 6.0).lock_wait_share("lock")
        0.25
        """
        lives = sum(self.lifetime(thread) for thread in {row.thread for row in self.select()})
        return sum(self.waits(name=name)) / lives if lives else 0.0

    def acquisitions(self, thread: str | None = None, name: str | None = None) -> int:
        """Return how many requests were granted."""
        return len(self.holds(thread, name))

    def throughput(self, thread: str | None = None, name: str | None = None) -> float:
        """Return granted requests per second of a run, or per step of an explored schedule.

        >>> once = Row("T1", "lock", "lock", "exclusive", 0.0, 0.0, 4.0, "T1", "acquired")
        >>> Trace((once, once), (), duration=10.0).throughput()
        200.0
        >>> Trace((once, once), (), duration=10.0, unit="step").throughput()
        0.2
        """
        per = self.duration / 1000 if self.unit == "ms" else self.duration
        return self.acquisitions(thread, name) / per if per else 0.0

    def fairness(self) -> float:
        """Return Jain's index of the acquisitions of all threads that asked for a lock; 1.0 is even.

        >>> got = Row("T1", "lock", "lock", "exclusive", 0.0, 0.0, 4.0, "T1", "acquired")
        >>> denied = Row("T2", "lock", "lock", "exclusive", 1.0, None, None, None, "waiting")
        >>> Trace((got, denied), (), 9.0).fairness()
        0.5
        """
        askers = dict.fromkeys(row.thread for row in self.select())
        return jain_index(self.acquisitions(thread) for thread in askers)

    # ---- who waits for whom

    def wait_edges(self, at: float | None = None) -> list[Wait]:
        """Return who waits for what, held by whom, at a time (the end where None).

        Waiting for a thread to end (`join`) counts too: its holder is that thread. Of something that
        several threads share, each holder is an edge.
        """
        edges = []
        for row in self.rows:
            if not self._waits_at(row, at):
                continue
            if row.kind == "join":
                edges.append(Wait(row.thread, f"end of {row.name}", row.name))
            elif row.kind in HOLDABLE:
                edges += [Wait(row.thread, row.name, holder) for holder in self._holders_at(row, at)]
        return list(dict.fromkeys(edges))

    def wait_for_graph(self, at: float | None = None) -> networkx.DiGraph:
        """Return the wait-for graph: an edge from each waiting thread to each thread it waits for.

        An edge's attribute ``name`` says what is waited for. A cycle is a deadlock (Coffman, Elphick,
        Shoshani, "System deadlocks", ACM Computing Surveys 3(2), 1971).

        >>> held = Row("T1", "lock", "a", "exclusive", 0.0, 0.0, None, None, "held")
        >>> asks = Row("T2", "lock", "a", "exclusive", 1.0, None, None, None, "waiting")
        >>> lives = (ThreadRecord("T1", 0.0, None), ThreadRecord("T2", 0.0, None))
        >>> list(Trace((held, asks), lives, 5.0, finished=False).wait_for_graph().edges(data="name"))
        [('T2', 'T1', 'a')]
        """
        import networkx

        graph = networkx.DiGraph()
        graph.add_nodes_from(record.name for record in self.threads)
        for wait in self.wait_edges(at):
            graph.add_edge(wait.thread, wait.holder, name=wait.name)
        return graph

    def cycle(self, at: float | None = None) -> tuple[Wait, ...]:
        """Return the waits that form a cycle, or () where there is none.

        >>> def row(thread, name, acquired, outcome):
        ...     return Row(thread, "lock", name, "exclusive", 0.0, acquired, None, None, outcome)
        >>> rows = (row("T1", "a", 0.0, "held"), row("T1", "a", None, "waiting"))
        >>> Trace(rows, (ThreadRecord("T1", 0.0, None),), 5.0, finished=False).cycle()
        (Wait(thread='T1', name='a', holder='T1'),)
        """
        return first_cycle(self.wait_edges(at))

    def _waits_at(self, row: Row, at: float | None) -> bool:
        if at is None:
            return row.outcome == "waiting"
        end = self.duration if row.outcome == "waiting" else row.requested + self.wait_of(row)
        return row.requested <= at < end or (at == end == self.duration and row.outcome == "waiting")

    def _holders_at(self, wanted: Row, at: float | None) -> Iterator[str]:
        for row in self.select(name=wanted.name):
            if row.acquired is None or (wanted.mode == row.mode == "shared" and row.kind == "rw"):
                continue
            holds = (
                row.outcome == "held" if at is None else row.acquired <= at < row.acquired + self.hold_of(row)
            )
            if holds or (at == self.duration and row.outcome == "held"):
                yield row.thread

    # ---- keeping it

    def to_json(self) -> str:
        """Return the trace as a JSON text that `from_json` reads back.

        A `result` that JSON cannot say is kept as its ``repr``.
        """
        return json.dumps(
            {
                "format": FORMAT,
                "unit": self.unit,
                "duration": self.duration,
                "finished": self.finished,
                "stdout": self.stdout,
                "result": self.result,
                "loop": self.loop,
                "victim": self.victim,
                "threads": self.threads,
                "rows": self.rows,
            },
            default=repr,
        )

    @classmethod
    def from_json(cls, text: str) -> Trace:
        """Return the trace that `to_json` wrote.

        Raises:
            ValueError: the text is not such a trace; the message says what is wrong.
        """
        try:
            data = json.loads(text)
            if data["format"] != FORMAT:
                raise ValueError(
                    f"this trace has format {data['format']!r}; this version reads format {FORMAT}"
                )
            return cls(
                rows=tuple(Row(*row) for row in data["rows"]),
                threads=tuple(ThreadRecord(*record) for record in data["threads"]),
                duration=data["duration"],
                unit=data["unit"],
                finished=data["finished"],
                stdout=data["stdout"],
                result=data["result"],
                loop=data.get("loop"),
                victim=data.get("victim", ""),
            )
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise ValueError(f"not a trace written by to_json: {error}") from error

    def __post_init__(self) -> None:
        """Refuse what no view could draw."""
        if self.unit not in UNITS:
            raise ValueError(f"unit must be one of {UNITS}, not {self.unit!r}")
        for row in self.rows:
            if row.kind not in KINDS or row.outcome not in OUTCOMES:
                raise ValueError(f"no such operation: kind {row.kind!r} with outcome {row.outcome!r}")

    # ---- showing it

    def status(self) -> str:
        """Return in a few words how it ended: finished, deadlock, stuck, or stopped before its end."""
        return showing.status(self)

    def stuck_lines(self) -> list[str]:
        """Return a line for each thread that had not ended: what it waits for, holds, and where it stands."""
        return showing.stuck_lines(self)

    def __repr__(self) -> str:
        """Return one line: how many threads and operations, how long, how it ended."""
        return f"<Trace: {showing.one_line(self)}>"

    def _repr_html_(self, most: int = 12) -> str:
        """Return a table of the first operations, how it ended, and what was printed."""
        return showing.as_html(self, most)
