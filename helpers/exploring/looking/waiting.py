"""Who waits for whom, with what a trace does not tell: who stands before whom inside a reader-writer lock."""

from __future__ import annotations

from collections.abc import Sequence

from ...trace import Trace, Wait
from ..primitives import ExploredLock
from ..recorder import Recorder
from ..scheduler import Scheduler


def waits_of(trace: Trace, behind: Sequence[Wait]) -> tuple[Wait, ...]:
    """Return the edges of the wait-for graph.

    Args:
        trace: tells who waits for what somebody holds.
        behind: what `behind_inside` said while the threads still stood where they are.
    """
    edges = trace.wait_edges()
    told = {wait.thread for wait in edges}
    return (*edges, *(wait for wait in behind if wait.thread not in told))


def behind_inside(scheduler: Scheduler, recorder: Recorder) -> list[Wait]:
    """Return who waits inside a reader-writer lock for whoever has one of the locks that it is made of.

    So a reader may wait for a writer that waits itself, and holds nothing that a reader could see.
    """
    found = []
    for task in scheduler.tasks:
        asked, lock = recorder.pending.get(-1 - task.id), task.step.target
        if asked is None or task.done or task.step.ready() or not isinstance(lock, ExploredLock):
            continue
        if lock.owner is not None and lock.owner >= 0:
            holder = recorder.task_name(scheduler.tasks[lock.owner])
            found.append(Wait(recorder.task_name(task), asked.name, holder))
    return found
