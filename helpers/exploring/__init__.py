"""Every interleaving: `explore` plays an ordinary `threading` function under a scheduler of ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..trace import Trace
from .exploration import Exploration, Explored
from .replaying import play_again
from .stage import staged
from .verdict import Verdict

__all__ = ["Verdict", "explore", "replay"]

_ASSUMES = ("a sleep or a timeout may take any time, however long the others need",)


def explore(
    program: Callable[[], Any],
    *,
    max_schedules: int = 20_000,
    max_steps: int = 2_000,
    spurious_wakeups: bool = False,
    find: str = "first",
    backstop_s: float = 60.0,
) -> Verdict:
    """Play every interleaving of a program that can matter, and say what can happen; the same each time."""
    with staged(program, max_steps=max_steps, backstop_s=backstop_s) as stage:
        stage.scheduler.spurious_wakeups = spurious_wakeups
        return _verdict(Exploration(stage, max_schedules, find, backstop_s).explore())


def _verdict(seen: Explored) -> Verdict:
    found = tuple(
        Verdict(
            played.kind,
            seen.schedules,
            seen.blocked,
            seen.complete,
            seen.reason,
            _ASSUMES,
            played.trace,
            played.schedule,
        )
        for played in seen.found
    )
    if found:
        return found[0] if len(found) == 1 else found[0]
    kind = "proved" if seen.complete and not seen.reason else "unknown"
    return Verdict(kind, seen.schedules, seen.blocked, seen.complete, seen.reason, _ASSUMES)


def replay(program: Callable[[], Any], schedule: Sequence[int]) -> Trace:
    """Play one schedule of a program again and return its trace."""
    with staged(program, max_steps=100_000, backstop_s=60.0) as stage:
        return play_again(stage, schedule).trace
