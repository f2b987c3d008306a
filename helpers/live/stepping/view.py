"""What is to be seen of a model, as plain values: the widget and the still picture draw the same."""

from __future__ import annotations

from typing import Any

from ...exploring.looking import Look, Stand, Thing, Turn
from .banner import banner_of
from .model import Model
from .sources import excerpt

MOST_LINES, FEW_LINES = 14, 9  # of a function's source; few where there are many threads
_WAITS_ON = {
    "condition": "waits on {} for a notify",
    "event": "waits for {} to be set",
    "barrier": "waits at {} for the others",
    "semaphore": "waits for a permit of {}",
}
_WAITS = {"join": "waits", "time": "sleeps"}


def view_of(model: Model) -> dict[str, Any]:
    """Return everything that is to be seen of a model, ready for JSON."""
    look = model.look
    banner = banner_of(look)
    edges = [wait for wait in look.waits if wait.thread != "MainThread" or _main_matters(look)]
    return {
        "program": _name_of(model.program),
        "threads": [_thread(model, each) for each in look.threads],
        "things": [_thing(thing) for thing in look.things],
        "variables": [list(variable) for variable in look.variables],
        "waits": [list(wait) for wait in edges],
        "cycle": [wait.thread for wait in look.cycle],
        "turns": [_turn(look, turn) for turn in look.turns],
        "banner": None if banner is None else banner._asdict(),
        "goal": _goal(model),
        "plan": _plan(model),
        "chance": None if look.chance is None else list(look.chance),
        "replay": f"replay({_name_of(model.program)}, {list(look.schedule)})",
        "message": model.message,
        "notes": list(look.notes),
        "printed": look.trace.stdout,
        "marks": [[row.thread, row.name] for row in look.trace.marks() if row.outcome != "raised"],
        "is_over": model.is_over,
    }


def _name_of(program: Any) -> str:
    name = getattr(program, "__qualname__", type(program).__name__)
    return name.replace(".<locals>.program", "").rpartition(".")[2]


def _main_matters(look: Look) -> bool:
    """Return True where the program's own function waits for more than the end of other threads."""
    return look.threads[0].waits_for != "join"


def _thread(model: Model, stand: Stand) -> dict[str, Any]:
    place = stand.places[0] if stand.places else model.last_seen.get(stand.thread)
    shown = (
        None if place is None else excerpt(place, FEW_LINES if len(model.look.threads) > 5 else MOST_LINES)
    )
    return {
        "number": stand.thread,
        "name": stand.name,
        "status": _status(stand),
        "next": stand.what,
        "is_next": stand.thread == model.next_planned,
        "says": _says(stand),
        "last": next((_told(turn) for turn in reversed(model.look.turns) if turn.thread == stand.thread), ""),
        "blocked_by": list(stand.blocked_by),
        "calls": [place.function for place in reversed(stand.places) if place.function != "<lambda>"],
        "source": None if shown is None else shown._asdict() | ({} if stand.places else {"at": -1}),
        "values": [list(pair) for pair in stand.values],
        "is_slim": _is_slim(model.look, stand),
    }


def _is_slim(look: Look, stand: Stand) -> bool:
    """Return True of the program's own function where it only waits for others, or has ended."""
    if stand.thread != 0 or len(look.threads) == 1:
        return False
    return stand.waits_for == "join" or (stand.ended and not stand.places)


def _status(stand: Stand) -> str:
    if stand.ended:
        return "failed" if stand.places else "ended"
    if stand.ready:
        return "ready"
    return _WAITS.get(stand.waits_for, "blocked") if stand.waits_for else "stopped"


def _says(stand: Stand) -> str:
    """Return in one line what a thread would do next, or why it cannot."""
    if stand.ended:
        return "an error that nobody caught" if stand.places else "has ended"
    if stand.ready or not stand.waits_for:
        return stand.what
    by = " and ".join(dict.fromkeys(stand.blocked_by))
    if stand.waits_for == "join":
        return f"waits for {by} to end" if by else stand.what
    if stand.waits_for == "time" and stand.what == "sleep":
        return "sleeps"
    if stand.waits_for in _WAITS_ON and not by:
        return _WAITS_ON[stand.waits_for].format(stand.what.split()[-1])
    if not by or stand.waits_for != "lock" or " to " in stand.what:
        return f"{stand.what}: waits for {by}" if by else f"{stand.what}: waits"
    return f"{stand.what}: {by} holds it"


def _thing(thing: Thing) -> dict[str, Any]:
    return {
        **thing._asdict(),
        "holders": [list(each) for each in thing.holders],
        "waiting": list(thing.waiting),
    }


def _turn(look: Look, turn: Turn) -> dict[str, Any]:
    return {"thread": look.name_of(turn.thread), "number": turn.thread, "what": _told(turn)}


def _told(turn: Turn) -> str:
    """Return what was done in a turn, and how it went.

    >>> _told(Turn(9, 1, "read balance", "0")), _told(Turn(12, 2, "try to acquire lock", "refused"))
    ('read balance = 0', 'try to acquire lock (refused)')
    """
    if not turn.result:
        return turn.what
    is_access = turn.what.startswith(("read ", "write "))
    return f"{turn.what} = {turn.result}" if is_access else f"{turn.what} ({turn.result})"


def _goal(model: Model) -> dict[str, Any] | None:
    if model.goal is None:
        return None
    state = "reached" if model.is_reached else "missed" if model.is_over else "open"
    return {"text": model.goal.text, "state": state}


def _plan(model: Model) -> dict[str, Any] | None:
    plan, done = model.plan, len(model.look.turns)
    if plan is None or (model.next_planned is None and done < len(plan.turns)):
        return None
    return {"why": plan.why, "turns": [model.look.name_of(number) for number in plan.turns], "done": done}
