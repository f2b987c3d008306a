"""How a schedule ends, and what unwinds its threads then."""

from __future__ import annotations

from dataclasses import dataclass

from .tasks import Task


class Abort(BaseException):
    """Unwinds a thread of a schedule that is over."""


@dataclass(frozen=True)
class Ending:
    """How one schedule ended.

    Args:
        kind: "ended", "failure", "deadlock", "infinite loop", "step limit", "redundant" (cut by the
            search), "paused" (the end of a prefix), "diverged" or "uncontrolled".
        reason: what there is to say about it.
        task: the task that it is about, if any.
    """

    kind: str
    reason: str = ""
    task: Task | None = None
