"""The verdict of an exploration: what can happen, the schedule that shows it, and what stands for it."""

from __future__ import annotations

import html
from dataclasses import dataclass, field, replace

from ..trace import Row, Trace
from .exploration import Explored

GOOD = "proved"


@dataclass(frozen=True)
class Verdict:
    """What can happen in a program.

    Args:
        kind: one of

            - "failure": an assertion or an exception that nobody catches, in any thread;
            - "deadlock": nobody can move, and a thread that is no daemon has not ended;
            - "lost wake-up": nobody can move, no cycle of waits or ended holder is to blame, and a thread
              waits on a Condition or an Event;
            - "infinite loop": a thread goes on and on without a step;
            - "proved": every class of schedules was played to its end, and none of these happened;
            - "unknown": anything else; `reason` says what.
        schedules: how many schedules were played to their end. Where `complete`, they stand for all.
        blocked: how many more were cut, as they could only repeat others.
        complete: True where every class of schedules was played to its end.
        reason: why the verdict is "unknown", or why `complete` is False.
        assumes: under which assumptions it holds.
        trace: the schedule that is shown: the one that leads to the bad end.
        schedule: the same as a tuple of thread numbers, one a step, which `replay` takes.
        found: with `find="all"`, one verdict of each kind that was found.
    """

    kind: str
    schedules: int
    blocked: int
    complete: bool
    reason: str = ""
    assumes: tuple[str, ...] = ()
    trace: Trace | None = field(default=None, repr=False)
    schedule: tuple[int, ...] = field(default=(), repr=False)
    found: tuple[Verdict, ...] = field(default=(), repr=False)

    @property
    def explored(self) -> str:
        """How much was explored, as a sentence.

        >>> Verdict("proved", 30, 0, True).explored
        'Explored 30 schedules, which stand for all.'
        """
        many = f"{self.schedules:,} schedule{'' if self.schedules == 1 else 's'}"
        if self.complete:
            return f"Explored {many}, which stand{'s' if self.schedules == 1 else ''} for all."
        return f"Explored {many}." if not self.reason else f"Explored {many}: {self.reason}."

    def explain(self) -> str:
        """Return the verdict as a text: what happens, step by step, and how much was explored."""
        lines = [f"{self.kind}: {self._what()}"] if self._what() else [self.kind]
        if self.trace is not None and self.kind not in (GOOD, "unknown"):
            lines += steps_of(self.trace)
            lines += ["", *stuck_in(self.trace)] if not self.trace.finished else []
        lines += ["", self.explored]
        if self.assumes and self.kind == GOOD:
            lines += ["Assuming that " + "; ".join(self.assumes) + "."]
        return "\n".join(lines)

    def _what(self) -> str:
        if self.kind == "unknown":
            return self.reason
        if self.trace is None:
            return ""
        raised = [row for row in self.trace.rows if row.kind == "note" and row.outcome == "raised"]
        if self.kind == "failure" and raised:
            return f"{raised[0].name} in {raised[0].thread}, {raised[0].where}"
        cycle = self.trace.cycle()
        if cycle:
            return "; ".join(f"{wait.thread} waits for {wait.name}, held by {wait.holder}" for wait in cycle)
        return ""

    def _repr_html_(self) -> str:
        """Return the verdict as a notebook shows it."""
        return f"<pre>{html.escape(self.explain())}</pre>"

    def __str__(self) -> str:
        return self.explain()


def steps_of(trace: Trace) -> list[str]:
    """Return one line a step: its number, as in a timeline, its thread, what it does, and where."""
    told = sorted(line for row in trace.rows for line in _lines_of(row))
    names = max((len(record.name) for record in trace.threads), default=0)
    width = max((len(what) for _, _, _, what, _ in told), default=0)
    return [
        f"{number:4d}  {thread:{names}}  {what:{width}}  {where}".rstrip()
        for number, _, thread, what, where in told
    ]


def _lines_of(row: Row) -> list[tuple[int, int, str, str, str]]:
    lines = []
    if row.acquired is not None:
        lines.append((int(row.acquired), 0, row.thread, _granted(row), row.where))
        if row.released is not None:
            by = row.released_by or row.thread
            lines.append((int(row.released), 0, by, f"releases {row.name}", ""))
    elif row.outcome in ("refused", "timed out", "raised"):
        lines.append((int(row.released or 0), 0, row.thread, f"is refused {row.name}", row.where))
    return lines


def _granted(row: Row) -> str:
    if row.kind in ("read", "write"):
        value = f" = {row.value}" if row.value else ""
        return f"{row.kind}s {row.name}{value}"
    if row.kind == "note":
        return f"raises {row.name}" if row.outcome == "raised" else f"marks {row.name!r}"
    if row.mode in ("exclusive", "shared"):
        shared = " to share" if row.kind == "rw" and row.mode == "shared" else ""
        return f"acquires {row.name}{shared}"
    if row.kind == "join":
        return f"has joined {row.name}"
    return f"{row.mode} {row.name}".strip()


def stuck_in(trace: Trace) -> list[str]:
    """Return one line for each thread that has not ended: what it waits for, and who holds that."""
    holders = {(wait.thread, wait.name): wait.holder for wait in trace.wait_edges()}
    lines = []
    for row in trace.rows:
        if row.outcome == "waiting":
            name = f"the end of {row.name}" if row.kind == "join" else row.name
            holder = holders.get((row.thread, row.name))
            held = f", held by {holder}" if holder and row.kind != "join" else ""
            lines.append(f"{row.thread} waits for {name}{held} ({row.where})")
    return lines


def verdict_of(seen: Explored) -> Verdict:
    """Return the verdict on what an exploration saw."""
    reason = seen.reason
    numbers = (seen.schedules, seen.blocked, seen.complete and not reason, reason, seen.assumes)
    found = tuple(
        Verdict(each.kind, *numbers, trace=each.trace, schedule=each.schedule) for each in seen.found
    )
    if found and not seen.unreliable:
        return replace(found[0], found=found)
    kind = GOOD if seen.complete and not reason else "unknown"
    return Verdict(kind, *numbers)
