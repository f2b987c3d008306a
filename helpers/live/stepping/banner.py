"""How a schedule ends, in words: a head that can be read from the back of a hall, and one sentence."""

from __future__ import annotations

import linecache
from typing import NamedTuple

from ...exploring.looking import Look
from ...trace import Wait


class Banner(NamedTuple):
    """The end of a schedule.

    Args:
        kind: "finished", or what went wrong, as `explore` calls it; "lost update" where that is known.
        head: it in two words.
        text: it in a sentence.
        is_good: True where nothing went wrong.
    """

    kind: str
    head: str
    text: str
    is_good: bool = False


def banner_of(look: Look) -> Banner | None:
    """Return how a schedule ends; None as long as it goes on."""
    if look.kind == "paused":
        return _going_round(look)
    return _ENDS.get(look.kind, _stopped)(look)


def _finished(look: Look) -> Banner:
    result = look.trace.result
    returned = "" if result is None else f" The program returned {result!r}."
    if look.lost:
        many = "an update was lost" if len(look.lost) == 1 else f"{len(look.lost)} updates were lost"
        return Banner("lost update", "Lost update", f"It finished, but {many}. {_lost(look)}{returned}")
    return Banner("finished", "Finished", f"All threads came to their end.{returned}", is_good=True)


def _failure(look: Look) -> Banner:
    raised = next(row for row in look.trace.rows if row.outcome == "raised" and row.kind == "note")
    told = look.error if ":" in look.error else f"{look.error}{_at_line(look, raised.thread)}"
    error = f"{raised.thread} raises {told}"
    if look.lost:
        return Banner("lost update", "Lost update", f"{_lost(look)} So {error}")
    return Banner("failure", "Failure", error)


def _at_line(look: Look, thread: str) -> str:
    """Return the line at which a thread raised, as far as its source is there."""
    places = next(each.places for each in look.threads if each.name == thread)
    line = linecache.getline(places[0].filename, places[0].line).strip() if places else ""
    return f": {line}" if line else "."


def _lost(look: Look) -> str:
    last = look.lost[-1]
    value = f" = {last.value}" if last.value else ""
    writer, loser = look.name_of(last.writer), look.name_of(last.loser)
    return f"{writer} wrote {last.variable}{value}, and had not read what {loser} wrote."


def _deadlock(look: Look) -> Banner:
    if look.cycle:
        told = "; ".join(_told(look, wait) for wait in look.cycle)
        return Banner("deadlock", "Deadlock", f"{told}. Nobody can move.")
    waits = "; ".join(_told(look, wait) for wait in look.waits if not wait.name.startswith("end of"))
    return Banner("deadlock", "Deadlock", f"Nobody can move: {waits or 'all that are left wait'}.")


def _told(look: Look, wait: Wait) -> str:
    """Return an edge of the wait-for graph as a phrase; who only stands before another holds nothing."""
    holders = [name for thing in look.things if thing.name == wait.name for name, _ in thing.holders]
    is_held = wait.holder in holders or wait.name.startswith("end of")
    return wait.told() if is_held else f"{wait.thread} waits for {wait.name} behind {wait.holder}"


def _lost_wake_up(look: Look) -> Banner:
    signals = [row for row in look.trace.rows if row.kind in ("condition", "event")]
    waiting = [row for row in signals if row.outcome == "waiting"]
    told = "; ".join(f"{row.thread} waits on {row.name}" for row in waiting)
    return Banner("lost wake-up", "Lost wake-up", f"{told}, and nobody is left to wake it.")


def _stopped(look: Look) -> Banner:
    return Banner(look.kind, look.kind.capitalize(), look.reason or "It cannot go on.")


def _going_round(look: Look) -> Banner | None:
    found = look.round
    if found is None or not found.kind:
        return None
    count = len(look.turns) - found.since
    before = f"after turn {found.since}" if found.since else "at the beginning"
    back = f"Everything is as it was {before}: these {count} turns can repeat for ever."
    if found.kind == "starvation" and found.victim is not None:
        moves = any(turn.thread == found.victim for turn in look.turns[found.since :])
        never = "moves, and never gets on" if moves else "never gets in"
        return Banner("starvation", "Starvation", f"{back} {look.name_of(found.victim)} {never}.")
    return Banner("livelock", "Livelock", f"{back} Everybody who can move does, and nobody gets on.")


_ENDS = {
    "ended": _finished,
    "failure": _failure,
    "deadlock": _deadlock,
    "lost wake-up": _lost_wake_up,
}
