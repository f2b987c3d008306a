"""Under which assumptions a verdict holds: what the exploration left out, told in plain words."""

from __future__ import annotations

from .scheduler import Scheduler

_ALWAYS = "each read and write of a variable is one indivisible step"
_TIME = "a sleep or a timeout may take any time, however long the others need"
_NOTIFY = "a notify may wake any of the threads that wait"


def assumptions(scheduler: Scheduler) -> tuple[str, ...]:
    """Return the assumptions of everything that a scheduler played, the most general first."""
    said = [_ALWAYS]
    if "time" in scheduler.used:
        said.append(_TIME)
    if "notify" in scheduler.used:
        said.append(_NOTIFY)
    over = sorted(scheduler.passed_over)
    if over:
        said.append(f"no thread is interrupted inside {', '.join(over)}")
    return tuple(said)
