"""What happened: who asked for which lock when, got it when, and gave it back when.

`Trace` is the one data type between the sources (`run`, later `explore` and `step`) and the views
(the charts). It is frozen, holds plain values only, and does all the arithmetic on them.
Times are in the trace's unit: milliseconds for a run on real threads, steps for an explored schedule.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import networkx

UNITS = ("ms", "step")
HOLDABLE = ("lock", "rw", "condition", "semaphore")
KINDS = (*HOLDABLE, "event", "barrier", "queue", "join", "sleep", "read", "write", "note")
OUTCOMES = ("acquired", "held", "waiting", "timed out", "refused", "raised", "done")
FORMAT = 1


class Row(NamedTuple):
    """One operation of one thread on one object.

    Args:
        thread: name of the thread that asked.
        kind: what was asked for, one of `KINDS` (an RLock is a "lock").
        name: the object's name in the program, such as ``lock`` or ``forks[2]``; the label of a note.
        mode: "exclusive" or "shared" for what can be held; else the operation ("wait", "set", "put", ...).
        requested: time of the request.
        acquired: time it was granted; None where it never was.
        released: time it was given back, or at which the request ended without a grant; None where neither
            happened, or where there is nothing to give back.
        released_by: name of the thread that gave it back; None where nobody did.
        outcome: one of `OUTCOMES`: "acquired" and given back, "held" (acquired and still held at the end),
            "waiting" (still asking at the end), "timed out", "refused" (a try-lock that got nothing),
            "raised" (it ended in an exception), "done" (an operation with nothing to hold).
        where: "file:line" of the request.
    """

    thread: str
    kind: str
    name: str
    mode: str
    requested: float
    acquired: float | None
    released: float | None
    released_by: str | None
    outcome: str
    where: str = ""


class ThreadRecord(NamedTuple):
    """One thread of the program.

    Args:
        name: the thread's own name (a number is added to a name that was used before).
        started: time at which it began to run.
        ended: time at which it ended; None where it had not ended when the trace did.
        cpu_s: processor time it used, in seconds.
        where: "file:line" at which it stood when the trace ended; empty where it had ended.
    """

    name: str
    started: float
    ended: float | None
    cpu_s: float = 0.0
    where: str = ""


class Wait(NamedTuple):
    """An edge of the wait-for graph: `thread` waits for `name`, which `holder` holds."""

    thread: str
    name: str
    holder: str

    def told(self) -> str:
        """Return the edge as a phrase.

        >>> Wait("T1", "a", "T2").told(), Wait("main", "end of T1", "T1").told()
        ('T1 waits for a held by T2', 'main waits for the end of T1')
        """
        if self.name == f"end of {self.holder}":
            return f"{self.thread} waits for the {self.name}"
        return f"{self.thread} waits for {self.name} held by {self.holder}"


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
        """Return the progress marks that the program made with `mark`, in order."""
        return [row for row in self.rows if row.kind == "note" and thread in (None, row.thread)]

    # ---- arithmetic

    def wait_of(self, row: Row) -> float:
        """Return how long a row's thread waited; a wait that was still going on counts up to the end."""
        if row.outcome in ("timed out", "refused", "raised"):
            return (row.released if row.released is not None else row.requested) - row.requested
        return (self.duration if row.acquired is None else row.acquired) - row.requested

    def hold_of(self, row: Row) -> float:
        """Return how long a row's thread held what it got; a hold that was still going on counts up to the end."""
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
        """Return the part of a thread's life that it spent waiting for locks, 0 to 1."""
        life = self.lifetime(thread)
        return sum(self.waits(thread)) / life if life else 0.0

    def lock_wait_share(self, name: str) -> float:
        """Return the part of all threads' lives that was spent waiting for one lock, 0 to 1."""
        lives = sum(self.lifetime(thread) for thread in {row.thread for row in self.select()})
        return sum(self.waits(name=name)) / lives if lives else 0.0

    def acquisitions(self, thread: str | None = None, name: str | None = None) -> int:
        """Return how many requests were granted."""
        return len(self.holds(thread, name))

    def throughput(self, thread: str | None = None, name: str | None = None) -> float:
        """Return granted requests per second of a run, or per step of an explored schedule."""
        per = self.duration / 1000 if self.unit == "ms" else self.duration
        return self.acquisitions(thread, name) / per if per else 0.0

    def fairness(self) -> float:
        """Return Jain's index of the acquisitions of all threads that asked for a lock; 1.0 is even."""
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
        edges = self.wait_edges(at)
        for start in edges:
            path = _path_back(start, edges)
            if path:
                return tuple(path)
        return ()

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
        """Return in a few words how the execution ended: finished, deadlock, stuck, or stopped before its end."""
        if self.finished:
            return "finished"
        stuck = self.cycle() or tuple(self.wait_edges())
        told = ", ".join(wait.told() for wait in stuck)
        if self.cycle():
            return f"deadlock: {told}"
        return f"stuck: {told}" if told else "stopped before its end"

    def stuck_lines(self) -> list[str]:
        """Return one line for each thread that had not ended: what it waits for, what it holds, where it stands."""
        lines = []
        for record in self.threads:
            if record.ended is None:
                waits = [row for row in self.rows if row.thread == record.name and row.outcome == "waiting"]
                holds = [row for row in self.rows if row.thread == record.name and row.outcome == "held"]
                lines.append(_stuck_line(record, waits, holds))
        return lines

    def __repr__(self) -> str:
        """Return one line: how many threads and operations, how long, how it ended."""
        length = f"{self.duration:.1f} ms" if self.unit == "ms" else f"{self.duration:g} steps"
        return f"<Trace: {len(self.threads)} threads, {len(self.rows)} operations, {length}, {self.status()}>"

    def _repr_html_(self, most: int = 12) -> str:
        """Return a table of the first operations, how it ended, and what was printed."""
        columns = ("thread", "what", "asked", "got it", "gave it back", "outcome", "line")
        head = "".join(f"<th style='text-align:left'>{name}</th>" for name in columns)
        body = "".join(_html_row(row) for row in self.rows[:most])
        more = len(self.rows) - most
        parts = [
            f"<b>{html.escape(repr(self)[1:-1])}</b> (times in {'ms' if self.unit == 'ms' else 'steps'})"
        ]
        parts += [f"<div>{html.escape(line)}</div>" for line in self.stuck_lines()]
        parts.append(f"<table><tr>{head}</tr>{body}</table>")
        if more > 0:
            parts.append(f"<div>and {more} more operations</div>")
        if self.stdout:
            parts.append(f"printed:<pre>{html.escape(self.stdout)}</pre>")
        return "\n".join(parts)


def _path_back(start: Wait, edges: Sequence[Wait]) -> list[Wait]:
    """Return a path of waits from `start` that ends at its own thread, or []."""
    paths, seen = [[start]], {start}
    while paths:
        path = paths.pop(0)
        if path[-1].holder == start.thread:
            return path
        for edge in edges:
            if edge.thread == path[-1].holder and edge not in seen:
                seen.add(edge)
                paths.append([*path, edge])
    return []


def _stuck_line(record: ThreadRecord, waits: Sequence[Row], holds: Sequence[Row]) -> str:
    held = ", ".join(f"{row.name} (got at {row.where})" for row in holds)
    wanted = ", ".join(f"{f'{row.kind} {row.name}'.strip()} (asked at {row.where})" for row in waits)
    doing = (
        f"waits for {wanted}"
        if wanted
        else f"was running {f'at {record.where}' if record.where else 'library code'}"
    )
    return f"{record.name} {doing}" + (f"; holds {held}" if held else "")


def _html_row(row: Row) -> str:
    times = (row.requested, row.acquired, row.released)
    cells = [row.thread, f"{row.kind} {row.name} {row.mode}".strip()]
    cells += ["" if time is None else f"{time:.3f}".rstrip("0").rstrip(".") for time in times]
    cells += [row.outcome, row.where]
    return (
        "<tr>" + "".join(f"<td style='text-align:left'>{html.escape(cell)}</td>" for cell in cells) + "</tr>"
    )
