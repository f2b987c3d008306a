"""The turns of a schedule that was played: who did what, how it went, and which updates were lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..recorder import Taken
from .settling import Turn
from .shared import key_of, touches, variable_name

_ASSIGNS = ("cell", "global_variable", "attribute", "item")


class LostUpdate(NamedTuple):
    """A write over another thread's write that its own thread had not read.

    Args:
        variable: its name.
        writer: the number of the thread that wrote last.
        loser: the number of the thread whose write is gone.
        value: what the variable holds now, as text; empty where that is nothing plain.
        at: where in the schedule the last write is.
    """

    variable: str
    writer: int
    loser: int
    value: str
    at: int


def with_results(turns: Sequence[Turn], taken: Sequence[Taken]) -> tuple[Turn, ...]:
    """Return the turns with how each went: the value read or written, or that it got nothing."""
    steps = {each.at: each for each in taken if each.step is not None}
    return tuple(turn._replace(result=_result(turn, steps[turn.at])) for turn in turns if turn.at in steps)


def _result(turn: Turn, taken: Taken) -> str:
    if not turn.what.startswith(taken.step.verb):  # one of the steps that an operation of many consists of
        return ""
    return taken.value if taken.step.outcome in ("done", "opened") else taken.step.outcome


def lost_updates(taken: Sequence[Taken]) -> tuple[LostUpdate, ...]:
    """Return every write of a variable that came after another thread's write, but was computed without it.

    That is: the thread read the variable, another one wrote it, and the thread wrote it without reading it
    again (Berenson and others, "A critique of ANSI SQL isolation levels", SIGMOD 1995: phenomenon P4).
    """
    found = []
    read: dict[tuple[Any, int], int] = {}
    written: dict[Any, Taken] = {}
    for each in taken:
        if not touches(each.step) or each.step.subject.kind not in _ASSIGNS:
            continue
        key, me = (each.step.number, each.step.part), each.task.id
        if each.step.verb == "read":
            read[key, me] = each.at
            continue
        before = written.get(key)
        if before is not None and before.task is not each.task and read.get((key, me), before.at) < before.at:
            name = variable_name([each]) if key == key_of(each.step) else each.step.subject.text
            found.append(LostUpdate(name, me, before.task.id, each.value, each.at))
        written[key] = each
        read.pop((key, me), None)
    return tuple(found)
