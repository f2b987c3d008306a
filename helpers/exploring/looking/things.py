"""What threads meet at: locks, conditions, events and the like, with who holds them and who waits."""

from __future__ import annotations

import queue
import threading
from typing import Any, NamedTuple

from readerwriterlock import rwlock

from ...trace import Row, Trace
from ..recorder import Recorder
from ..scheduler import Scheduler
from ..stage import Stage

_KINDS = ("lock", "rw", "condition", "semaphore", "event", "barrier", "queue")


class Thing(NamedTuple):
    """Something that threads meet at.

    Args:
        name: what the program calls it.
        kind: "lock", "rlock", "rw", "condition", "semaphore", "event", "barrier" or "queue".
        holders: who holds it, and whether "shared" or "exclusive".
        waiting: who waits for it.
        state: what else there is to say, such as "set" or "2 of 3 here".
    """

    name: str
    kind: str
    holders: tuple[tuple[str, str], ...] = ()
    waiting: tuple[str, ...] = ()
    state: str = ""


def things_of(
    stage: Stage, recorder: Recorder, trace: Trace, states: dict[str, tuple[str, str]]
) -> list[Thing]:
    """Return everything that threads meet at, in the order in which it was made.

    Args:
        stage: where the program is.
        recorder: knows what was made.
        trace: says who holds and waits.
        states: what `states_of` said while the threads still stood where they are.
    """
    rows: dict[str, list[Row]] = {}
    for row in trace.rows:
        if row.kind in _KINDS:
            rows.setdefault(row.name, []).append(row)
    kinds = {name: kind for name, (kind, _) in states.items()}
    kinds |= {name: of[0].kind for name, of in rows.items() if name not in kinds}
    return [
        _thing(name, kind, rows.get(name, []), states.get(name, ("", ""))[1]) for name, kind in kinds.items()
    ]


def _thing(name: str, kind: str, rows: list[Row], state: str) -> Thing:
    held = [(row.thread, row.mode) for row in rows if row.outcome == "held" and row.kind != "barrier"]
    waiting = dict.fromkeys(row.thread for row in rows if row.outcome == "waiting")
    depth = len(held) if kind == "rlock" else 1
    return Thing(
        name, kind, tuple(dict.fromkeys(held)), tuple(waiting), f"depth {depth}" if depth > 1 else state
    )


def states_of(stage: Stage, recorder: Recorder) -> dict[str, tuple[str, str]]:
    """Return, by name, of which kind everything is that threads meet at, and in which state."""
    found: dict[str, tuple[str, str]] = {}
    for lock in (*stage.existing.stand_ins, *recorder.locks):
        if lock.name:
            before = "held since before the start" if lock.owner == -1 else ""
            found[lock.name] = ("rlock" if lock.stands_for == "RLock" else "lock", before)
    for obj, name in recorder.names.given():
        kind, state = _state_of(stage.scheduler, obj)
        if kind:
            found[name] = (kind, state)
    return found


def _state_of(scheduler: Scheduler, obj: Any) -> tuple[str, str]:
    if isinstance(obj, threading.Event):
        return "event", "set" if obj._flag else "not set"  # type: ignore[attr-defined]
    if isinstance(obj, threading.Semaphore):
        return "semaphore", f"{obj._value} left"  # type: ignore[attr-defined]
    if isinstance(obj, threading.Barrier):
        here = getattr(scheduler.known_target_of(obj), "arrived", 0)
        return "barrier", f"{here} of {obj.parties} here"
    if isinstance(obj, threading.Condition):
        return "condition", ""
    if type(obj).__module__ == rwlock.__name__:
        return "rw", ""
    if isinstance(obj, queue.Queue):
        return "queue", f"{obj._qsize()} inside"
    return "", ""
