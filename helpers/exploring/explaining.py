"""A schedule in words: what happens step by step, who is stuck in the end, and why."""

from __future__ import annotations

from typing import NamedTuple

from ..trace import Row, Trace

_DOES = {
    "notify": "notifies",
    "set": "sets",
    "clear": "clears",
    "look whether set": "looks whether set:",
    "locked?": "looks whether locked:",
    "put": "puts into",
    "get": "gets from",
    "task done": "has done a task of",
    "look at size": "looks at the size of",
    "break": "breaks",
    "reset": "resets",
}
_IN_VAIN = {"timed out": "gives up on", "refused": "is refused", "raised": "raises at"}


class Line(NamedTuple):
    """One step of a schedule in words: its number as in a timeline, who, what, and where."""

    number: int
    thread: str
    what: str
    where: str


def headline(kind: str, trace: Trace) -> str:
    """Return in one sentence what is wrong at the end of a schedule."""
    if kind == "failure":
        return "; ".join(_raised(row) for row in raised(trace))
    if trace.loop is not None:
        return _round(trace)
    cycle = trace.cycle()
    if cycle:
        return "; ".join(f"{wait.thread} waits for {wait.name}, held by {wait.holder}" for wait in cycle)
    waits = [line for line in stuck(trace) if "waits for the end" not in line] or stuck(trace)
    return "; ".join(waits)


def raised(trace: Trace) -> list[Row]:
    """Return the rows of the errors that nobody caught."""
    return [row for row in trace.rows if row.kind == "note" and row.outcome == "raised"]


def _raised(row: Row) -> str:
    if row.value:
        return f"{row.name}: {row.value} ({row.thread}, {row.where})"
    return f"{row.name} in {row.thread} ({row.where})"


def _round(trace: Trace) -> str:
    """Return in one sentence what goes on for ever."""
    repeat = [line for line in steps(trace) if line.number >= trace.loop]
    count = len({line.number for line in repeat})
    ever = f"these {count} steps repeat" if count != 1 else f"step {repeat[0].number} repeats"
    numbers = f" ({repeat[0].number} to {repeat[-1].number})" if count > 1 else ""
    if not trace.victim:
        return f"{ever} for ever{numbers}; nobody gets on"
    moves = any(line.thread == trace.victim for line in repeat)
    never = "never gets on" if moves else "never gets in"
    return f"{ever} for ever{numbers}; {trace.victim} {never}"


def steps(trace: Trace) -> list[Line]:
    """Return a line for each step that is shown, in order.

    >>> held = Row("T1", "lock", "a", "exclusive", 0.0, 0.0, 1.0, "T1", "acquired", "demo.py:3")
    >>> for line in steps(Trace((held,), (), 2.0, unit="step")):
    ...     print(line.number, line.thread, line.what)
    0 T1 acquires a
    1 T1 releases a
    """
    lines = [line for row in trace.rows for line in _lines_of(row)]
    return sorted(lines, key=lambda line: line.number)


def _lines_of(row: Row) -> list[Line]:
    if row.kind == "join":
        return []
    if row.acquired is None:
        if row.outcome not in _IN_VAIN:
            return []
        at = int(row.requested if row.released is None else row.released)
        does = "may not release" if row.mode == "release" else _IN_VAIN[row.outcome]
        return [Line(at, row.thread, f"{does} {row.name}", row.where)]
    lines = [Line(int(row.acquired), row.thread, _granted(row), row.where)]
    if row.kind in ("condition", "barrier") and row.mode == "wait":
        begins = "waits on" if row.kind == "condition" else "arrives at"
        if row.requested < row.acquired:
            lines.insert(0, Line(int(row.requested), row.thread, f"{begins} {row.name}", row.where))
    if row.released is not None:
        lines.append(Line(int(row.released), row.released_by or row.thread, f"releases {row.name}", ""))
    return lines


def _granted(row: Row) -> str:
    if row.kind in ("read", "write"):
        return f"{row.kind}s {row.name}{f' = {row.value}' if row.value else ''}"
    if row.kind == "note" and row.mode == "chance":
        return f"draws {row.name}"
    if row.kind == "note":
        return f"raises {row.name}" if row.outcome == "raised" else f"marks {row.name!r}"
    if row.mode in ("exclusive", "shared"):
        return f"acquires {row.name}{' to share it' if row.kind == 'rw' and row.mode == 'shared' else ''}"
    if row.kind == "sleep":
        return "sleeps"
    if row.mode == "wait":
        return {"condition": "wakes up from", "event": "passes", "barrier": "passes"}[
            row.kind
        ] + f" {row.name}"
    return f"{_DOES.get(row.mode, row.mode)} {row.name}"


def stuck(trace: Trace) -> list[str]:
    """Return a line for each thread that waits at the end: for what, and who holds that."""
    holders: dict[tuple[str, str], list[str]] = {}
    for wait in trace.wait_edges():
        holders.setdefault((wait.thread, wait.name), []).append(wait.holder)
    ended = {record.name for record in trace.threads if record.ended is not None}
    lines = []
    for row in trace.rows:
        if row.outcome != "waiting":
            continue
        if row.kind == "join":
            lines.append(f"{row.thread} waits for the end of {row.name} ({row.where})")
            continue
        held = [
            f"{name}, which has ended" if name in ended else name
            for name in holders.get((row.thread, row.name), ())
        ]
        by = f", held by {' and '.join(held)}" if held else ""
        goes_on = held or row.kind in ("lock", "rw") or trace.loop is not None
        nobody = "" if goes_on else ", and nobody is left to wake it"
        on = "on" if row.kind in ("condition", "event", "barrier") else "for"
        lines.append(f"{row.thread} waits {on} {row.name}{by}{nobody} ({row.where})")
    return lines
