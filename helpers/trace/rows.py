"""The rows of a trace: one operation of one thread, and one thread, as plain tuples."""

from __future__ import annotations

from typing import NamedTuple

HOLDABLE = ("lock", "rw", "condition", "semaphore")
KINDS = (*HOLDABLE, "event", "barrier", "queue", "join", "sleep", "read", "write", "note")
OUTCOMES = ("acquired", "held", "waiting", "timed out", "refused", "raised", "done")


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
        value: of a read or a write, the value, as text; of an error, what it says.
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
    value: str = ""


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
