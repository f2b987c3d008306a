"""The verdict of an exploration: what can happen, the schedule that shows it, and what stands for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..trace import Trace
from .assumptions import NO_TIME
from .explaining import Line, headline, steps, stuck
from .exploration import Explored
from .showing import shown

GOOD, UNKNOWN = "proved", "unknown"


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
            - "starvation": in a loop that a fair scheduler can go round for ever, a thread waits for a lock
              or a semaphore and never gets in while others keep moving, or makes no progress while others do;
            - "livelock": in such a loop, everybody who does not wait keeps moving, and nobody gets on;
            - "proved": every class of schedules was played to its end, and none of these happened;
            - "unknown": anything else; `reason` says what.
        schedules: how many schedules were played to their end. Where `complete`, they stand for all.
        blocked: how many more were cut, as they could only repeat others.
        states: how many states the program has, where these were visited one by one; else 0.
        complete: True where every class of schedules was played to its end.
        reason: why the verdict is "unknown", or why `complete` is False.
        assumes: under which assumptions it holds.
        trace: the schedule that is shown: the one that leads to the bad end.
        schedule: the same as a tuple of thread numbers, one a step, which `replay` takes.
        loop: of a livelock or a starvation, how many steps at the end of `schedule` repeat for ever.
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
    states: int = 0
    loop: int = 0

    @property
    def explored(self) -> str:
        """How much was explored, as a sentence.

        >>> Verdict("proved", 30, 0, True).explored
        'Explored 30 schedules, which stand for all.'
        """
        many = f"{self.schedules:,} schedule{'' if self.schedules == 1 else 's'}"
        many += f" through {self.states:,} states" if self.states else ""
        if self.complete:
            return f"Explored {many}, which stand{'s' if self.schedules == 1 else ''} for all."
        return f"Explored {many}." if not self.reason else f"Explored {many}: {self.reason}."

    @property
    def is_bad(self) -> bool:
        """True where something bad can happen, and `trace` shows how."""
        return self.kind not in (GOOD, UNKNOWN)

    @property
    def headline(self) -> str:
        """What happens at the end of the schedule that is shown, or why the verdict is "unknown"."""
        if self.kind == GOOD:
            return f"assuming {NO_TIME}" if NO_TIME in self.assumes else ""
        if self.kind in (UNKNOWN, "infinite loop") or self.trace is None:
            return self.reason
        return headline(self.kind, self.trace)

    def explain(self) -> str:
        """Return the verdict as a text: what happens, step by step, and how much was explored."""
        between = ", " if self.kind == GOOD else ": "
        lines = [f"{self.kind}{between}{self.headline}" if self.headline else self.kind]
        if self.is_bad and self.trace is not None:
            lines += ["", *_aligned(steps(self.trace))]
            lines += ["", *stuck(self.trace)] if stuck(self.trace) else []
        lines += ["", self.explored]
        lines += [f"Assuming that {'; '.join(self.assumes)}."] if self.kind == GOOD else []
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Return the verdict as a notebook shows it."""
        return shown(self)

    def __str__(self) -> str:
        return self.explain()


def _aligned(lines: list[Line]) -> list[str]:
    threads = max((len(line.thread) for line in lines), default=0)
    whats = max((len(line.what) for line in lines), default=0)
    return [
        f"{line.number:4d}  {line.thread:{threads}}  {line.what:{whats}}  {line.where}".rstrip()
        for line in lines
    ]


def verdict_of(seen: Explored) -> Verdict:
    """Return the verdict on what an exploration saw."""
    complete = seen.complete and not seen.reason
    kind = GOOD if complete else UNKNOWN
    verdict = Verdict(
        kind, seen.schedules, seen.blocked, complete, seen.reason, seen.assumes, states=seen.states
    )
    if not seen.found or seen.unreliable:
        return verdict
    found = tuple(
        replace(
            verdict,
            kind=each.kind,
            reason=each.reason or seen.reason,
            trace=each.trace,
            schedule=each.schedule,
            loop=each.loop,
        )
        for each in seen.found
    )
    return replace(found[0], found=found)
