"""Under which assumptions a verdict holds: what the exploration left out, told in plain words."""

from __future__ import annotations

from .scheduler import Scheduler

_ALWAYS = "each read and write of a variable is one indivisible step"
_ANY_TIME = "a sleep or a timeout may be over at any moment, however long the others need"
NO_TIME = "steps take no time"
_CHANCE = "each outcome of a random choice has a probability above 0"
_NOTIFY = "a notify may wake any of the threads that wait"


def assumptions(scheduler: Scheduler) -> tuple[str, ...]:
    """Return the assumptions of everything that a scheduler played, the most general first."""
    said = [_ALWAYS]
    if "time" in scheduler.used:
        said.append(_ANY_TIME if scheduler.early_timers else NO_TIME)
    if "notify" in scheduler.used:
        said.append(_NOTIFY)
    if "chance" in scheduler.used:
        said.append(_CHANCE)
    over = sorted(scheduler.passed_over)
    if over:
        said.append(f"no thread is interrupted inside {', '.join(over)}")
    return tuple(said)
