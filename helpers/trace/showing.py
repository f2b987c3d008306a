"""A trace in words and as a table."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .rows import Row, ThreadRecord

if TYPE_CHECKING:
    from .trace import Trace


def status(trace: Trace) -> str:
    """Return in a few words how the execution ended: finished, deadlock, stuck, or stopped before its end."""
    if trace.finished:
        return "finished"
    cycle = trace.cycle()
    told = ", ".join(wait.told() for wait in cycle or trace.wait_edges())
    if cycle:
        return f"deadlock: {told}"
    return f"stuck: {told}" if told else "stopped before its end"


def stuck_lines(trace: Trace) -> list[str]:
    """Return a line for each thread that had not ended: what it waits for, what it holds, where it stands."""
    lines = []
    for record in trace.threads:
        if record.ended is None:
            waits = [row for row in trace.rows if row.thread == record.name and row.outcome == "waiting"]
            holds = [row for row in trace.rows if row.thread == record.name and row.outcome == "held"]
            lines.append(_stuck_line(record, waits, holds))
    return lines


def one_line(trace: Trace) -> str:
    """Return how many threads and operations, how long, and how it ended."""
    length = f"{trace.duration:.1f} ms" if trace.unit == "ms" else f"{trace.duration:g} steps"
    return f"{len(trace.threads)} threads, {len(trace.rows)} operations, {length}, {status(trace)}"


def as_html(trace: Trace, most: int) -> str:
    """Return a table of the first `most` operations, how it ended, and what was printed."""
    columns = ("thread", "what", "asked", "got it", "gave it back", "outcome", "line")
    head = "".join(f"<th style='text-align:left'>{name}</th>" for name in columns)
    body = "".join(_html_row(row) for row in trace.rows[:most])
    unit = "ms" if trace.unit == "ms" else "steps"
    parts = [f"<b>Trace: {html.escape(one_line(trace))}</b> (times in {unit})"]
    parts += [f"<div>{html.escape(line)}</div>" for line in stuck_lines(trace)]
    parts.append(f"<table><tr>{head}</tr>{body}</table>")
    if len(trace.rows) > most:
        parts.append(f"<div>and {len(trace.rows) - most} more operations</div>")
    if trace.stdout:
        parts.append(f"printed:<pre>{html.escape(trace.stdout)}</pre>")
    return "\n".join(parts)


def _stuck_line(record: ThreadRecord, waits: Sequence[Row], holds: Sequence[Row]) -> str:
    held = ", ".join(f"{row.name} (got at {row.where})" for row in holds)
    wanted = ", ".join(f"{_what(row)} (asked at {row.where})" for row in waits)
    place = f"at {record.where}" if record.where else "library code"
    doing = f"waits for {wanted}" if wanted else f"was running {place}"
    return f"{record.name} {doing}" + (f"; holds {held}" if held else "")


def _what(row: Row) -> str:
    """Return kind and name of what a row is about: "lock a", "sleep", and "lock" for a lock of that name."""
    return row.kind if row.name in ("", row.kind) else f"{row.kind} {row.name}"


def _html_row(row: Row) -> str:
    times = (row.requested, row.acquired, row.released)
    cells = [row.thread, f"{row.kind} {row.name} {row.mode}".strip()]
    cells += ["" if time is None else f"{time:.3f}".rstrip("0").rstrip(".") for time in times]
    cells += [row.outcome, row.where]
    return (
        "<tr>" + "".join(f"<td style='text-align:left'>{html.escape(cell)}</td>" for cell in cells) + "</tr>"
    )
