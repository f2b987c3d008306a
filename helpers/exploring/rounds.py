"""Playing a loop that goes on for ever: seeing that it does, and writing one round of it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..trace import Trace
from .liveness import Lasso, Loop
from .replaying import Played, play_again
from .search.following import Following
from .stage import Stage

TIMES = 20  # rounds after which it must still come back to the same state


@dataclass(frozen=True)
class Round:
    """One round of a loop, written down.

    Args:
        played: the way in and the round; None where the program did not come back to the same state.
        reason: why not.
    """

    played: Played | None
    reason: str = ""


def play_round(stage: Stage, lasso: Lasso, loop: Loop) -> Round:
    """Play a loop twenty times, see that it comes back to the same state each time, and write down one round.

    Threads that wait for each other's locks in a cycle are in a deadlock, whatever others do.
    """
    schedule, begin, comes_back = _play(stage, lasso)
    if not comes_back:
        return Round(None, "a loop was found that does not come back to the same state")
    with stage.scheduler.shown():
        played = play_again(stage, schedule)
    if played.ending.kind != "paused":
        return Round(None, f"a loop was found that ends when it is played again ({played.ending.kind})")
    if _is_deadlocked(played.trace):
        return Round(replace(played, kind="deadlock"))
    at = played.step_at(begin)
    victim = "" if loop.victim is None else played.trace.threads[loop.victim].name
    trace = replace(played.trace, loop=float(at), victim=victim)
    return Round(replace(played, kind=loop.kind, trace=trace, loop=len(schedule) - begin))


def _is_deadlocked(trace: Trace) -> bool:
    """Return True where threads wait for locks in a cycle; a permit that is missing, anybody could give."""
    cycle = {(wait.thread, wait.name) for wait in trace.cycle()}
    kinds = {row.kind for row in trace.rows if (row.thread, row.name) in cycle and row.outcome == "waiting"}
    return bool(cycle) and "semaphore" not in kinds


def _play(stage: Stage, lasso: Lasso) -> tuple[list[int], int, bool]:
    """Return the way in and one round as a schedule, where the round begins, and whether it comes back."""
    length = len(lasso.round)
    rounds_at = range(len(lasso.stem), len(lasso.stem) + length * TIMES + 1, length)
    seen: list[Any] = []

    def look(position: int) -> None:
        if position in rounds_at:
            seen.append(stage.state_of())

    stage.play(Following((*lasso.stem, *lasso.round * TIMES), look))
    blocks = stage.scheduler.blocks()
    schedule = _flat(blocks[: len(lasso.stem) + length])
    comes_back = len(seen) == TIMES + 1 and all(state == seen[0] for state in seen)
    return schedule, len(_flat(blocks[: len(lasso.stem)])), comes_back


def _flat(blocks: Sequence[Sequence[int]]) -> list[int]:
    return [task for block in blocks for task in block]
