"""`Thread`: starting, joining and looking whether it is alive, each one step."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ..steps import Step
from ..tasks import Join

if TYPE_CHECKING:
    from ..scheduler import Scheduler


def start(scheduler: Scheduler, thread: threading.Thread) -> None:
    """`Thread.start`."""
    if not getattr(thread, "_initialized", False):
        raise RuntimeError("thread.__init__() not called")
    task = scheduler.task_of(thread)
    if task.id >= 0:
        raise RuntimeError("threads can only be started once")
    task.name, task.daemon = thread.name, thread.daemon
    scheduler.perform(Step("start", task))
    scheduler.bodies.begin(task)


def join(scheduler: Scheduler, thread: threading.Thread, timeout: float | None = None) -> None:
    """`Thread.join`."""
    task = scheduler.task_of(thread)
    if task is scheduler.running:
        raise RuntimeError("cannot join current thread")
    step = Join(task, timeout)
    if timeout is not None:
        scheduler.used.add("life")
    scheduler.perform(step)
    if task.id < 0:
        step.outcome = "raised"
        raise RuntimeError("cannot join thread before it is started")
    if not task.done:
        step.outcome = "timed out"


def is_alive(scheduler: Scheduler, thread: threading.Thread) -> bool:
    """`Thread.is_alive`."""
    task = scheduler.task_of(thread)
    scheduler.used.add("life")
    scheduler.perform(Step("look whether alive", task, reads=True))
    return task.id >= 0 and not task.done
