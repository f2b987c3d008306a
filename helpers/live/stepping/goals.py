"""Goals: what a learner who decides the schedule is to reach, and when it is reached.

Goals are put together from small ones: ``ends_in("deadlock") & within(6)``. Each looks at one `Look`, with
its turns and its trace.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ...exploring.looking import Look

Condition = Callable[[Look], bool]


@dataclass(frozen=True)
class Goal:
    """What is to be reached.

    Args:
        text: the task, such as "Make it deadlock."
        is_reached: says whether a look at the program shows it.
        solution: one way, as the names of the threads whose turns it takes: "T1 T2 T1". Empty where none is
            given; then the stepper shows what `explore` finds.

    >>> both = Goal("both", lambda look: True) & Goal("and this", lambda look: False)
    >>> both.text, both.is_reached(None)
    ('both', False)
    """

    text: str
    is_reached: Condition
    solution: str = ""

    def __and__(self, other: Goal) -> Goal:
        """Return a goal that is reached where both are, with the text and the solution of the first."""
        return Goal(self.text, lambda look: self.is_reached(look) and other.is_reached(look), self.solution)


# ---- how it ends


def ends_in(kind: str, text: str = "") -> Goal:
    """Return the goal that the program ends in a certain way.

    Args:
        kind: "ended", "failure", "deadlock", "lost wake-up", "livelock" or "starvation".
        text: the task.
    """

    def is_reached(look: Look) -> bool:
        return kind == (look.round.kind if look.round else "") or kind == look.kind

    return Goal(text or f"Make it end in: {kind}.", is_reached)


def loses_updates(count: int = 1, text: str = "") -> Goal:
    """Return the goal that so many updates are lost."""
    many = "an update" if count == 1 else f"{count} updates"
    return Goal(text or f"Lose {many}.", lambda look: len(look.lost) >= count)


def returns(result: Any, text: str = "") -> Goal:
    """Return the goal that the program ends and returns a certain value."""
    return Goal(
        text or f"Make it return {result!r}.",
        lambda look: look.kind == "ended" and look.trace.result == result,
    )


def starves(victim: str, text: str = "") -> Goal:
    """Return the goal that a certain thread starves: a round that can go on for ever keeps it out."""

    def is_reached(look: Look) -> bool:
        found = look.round
        return found is not None and found.victim is not None and look.name_of(found.victim) == victim

    return Goal(text or f"Starve {victim}.", is_reached)


# ---- what happens on the way


def overtaken(victim: str, times: int, text: str = "") -> Goal:
    """Return the goal that others get in so often while a thread waits for the same lock."""

    def is_reached(look: Look) -> bool:
        return any(_overtakes(look, row) >= times for row in look.trace.select(victim))

    return Goal(text or f"Make {victim} wait while others get in {times} times.", is_reached)


def _overtakes(look: Look, waited: Any) -> int:
    until = look.trace.duration if waited.acquired is None else waited.acquired
    others = [row for row in look.trace.select(name=waited.name) if row.thread != waited.thread]
    return sum(1 for row in others if row.acquired is not None and waited.requested <= row.acquired < until)


def waiting(names: Sequence[str], text: str = "") -> Goal:
    """Return the goal that all these threads wait for a lock at the same time."""

    def is_reached(look: Look) -> bool:
        stuck = {each.name for each in look.threads if each.blocked_by and each.waits_for != "join"}
        return stuck.issuperset(names)

    return Goal(text or f"Make {', '.join(names)} wait at the same time.", is_reached)


def marked(counts: dict[str, int], text: str = "") -> Goal:
    """Return the goal that threads have made so many progress marks, neither fewer nor more."""

    def is_reached(look: Look) -> bool:
        return all(len(look.trace.marks(name)) == count for name, count in counts.items())

    return Goal(text or f"Reach these progress marks: {counts}.", is_reached)


def holding(names: Sequence[str], text: str = "") -> Goal:
    """Return the goal that all these threads hold something at the same time."""

    def is_reached(look: Look) -> bool:
        holders = {name for thing in look.things for name, _ in thing.holders}
        return holders.issuperset(names)

    return Goal(text or f"Let {', '.join(names)} hold a lock at the same time.", is_reached)


def refused(name: str, times: int = 1, text: str = "") -> Goal:
    """Return the goal that a thread has been refused a lock so often, or has given up waiting."""

    def is_reached(look: Look) -> bool:
        outcomes = [row.outcome for row in look.trace.select(name)]
        return sum(outcome in ("refused", "timed out") for outcome in outcomes) >= times

    return Goal(text or f"Have {name} refused {times} times.", is_reached)


def refused_release(name: str, text: str = "") -> Goal:
    """Return the goal that a thread's release of a lock has ended in an error."""

    def is_reached(look: Look) -> bool:
        rows = [row for row in look.trace.rows if row.thread == name and row.kind == "lock"]
        return any(row.mode == "release" and row.outcome == "raised" for row in rows)

    return Goal(text or f"Have a release by {name} refused.", is_reached)


def in_order(names: Sequence[str], lock: str, text: str = "") -> Goal:
    """Return the goal that threads get a lock in a certain order, and nobody else in between."""

    def is_reached(look: Look) -> bool:
        got = [row for row in look.trace.select(name=lock) if row.acquired is not None]
        return [row.thread for row in sorted(got, key=lambda row: row.acquired)] == list(names)

    return Goal(text or f"Let them get {lock} in this order: {', '.join(names)}.", is_reached)


# ---- at what price


def switches(look: Look) -> int:
    """Return how often the turn went from one thread to another."""
    return sum(one.thread != other.thread for one, other in pairwise(look.turns))


def with_switches(most: int) -> Goal:
    """Return the condition that the turn goes from one thread to another so often at most."""
    return Goal(f"With {most} switches at most.", lambda look: switches(look) <= most)


def within(turns: int) -> Goal:
    """Return the condition that it takes so many turns at most."""
    return Goal(f"In {turns} turns at most.", lambda look: len(look.turns) <= turns)


# ---- goals that have a name

GOALS = {
    "deadlock": ends_in("deadlock", "Make it deadlock."),
    "lost update": loses_updates(1, "Lose an update."),
    "failure": ends_in("failure", "Make it fail."),
    "lost wake-up": ends_in("lost wake-up", "Lose a wake-up."),
    "livelock": ends_in("livelock", "Make it go round for ever, with nobody getting on."),
    "starvation": ends_in("starvation", "Keep a thread out for ever."),
    "finish": ends_in("ended", "Bring it to its end."),
}


def goal_of(goal: Goal | str | None) -> Goal | None:
    """Return a goal, given itself or its name.

    Raises:
        TypeError: it is neither.
        ValueError: there is none of that name; the message lists those that there are.
    """
    if goal is None or isinstance(goal, Goal):
        return goal
    if not isinstance(goal, str):
        raise TypeError(f"goal must be a Goal or the name of one, not {goal!r}")
    if goal not in GOALS:
        raise ValueError(f"there is no goal {goal!r}; there are: {', '.join(map(repr, GOALS))}")
    return GOALS[goal]
