"""The bodies of the threads: each carries out one task, from its first step to its last."""

from __future__ import annotations

import contextvars
import sys
import threading
from typing import TYPE_CHECKING

from .endings import Abort, Ending
from .points.calls import touched_by_call
from .points.sites import Site
from .pool import Worker
from .steps import Step
from .tasks import Task
from .uncontrolled import is_uncontrolled

if TYPE_CHECKING:
    from .scheduler import Scheduler

THREAD_TARGET = Site("call", "", 0, "", True)  # where a thread calls its target


class Bodies:
    """Lets the workers of a scheduler's pool carry out its tasks."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def begin(self, task: Task) -> Task:
        """Make a task one of those that can be chosen; its first step is to begin."""
        scheduler = self._scheduler
        if scheduler.tasks:
            task.newest = scheduler.running.newest
        task.id = len(scheduler.tasks)
        scheduler.most_tasks = max(scheduler.most_tasks, task.id + 1)
        task.thread._started._flag = True  # type: ignore[attr-defined]
        scheduler.tasks.append(task)
        task.worker = scheduler.pool.take(task.id)
        task.worker.body = lambda: self._body(task)
        return task

    def _body(self, task: Task) -> Worker | None:
        """Carry out a task from its first to its last step; return the worker that goes on."""
        scheduler = self._scheduler
        task.ident = ident = threading.get_ident()
        task.thread._ident = ident  # type: ignore[attr-defined]
        threading._active[ident] = task.thread  # type: ignore[attr-defined]  # current_thread() returns it
        try:
            if not scheduler.aborting:
                self._run(task)
        finally:
            threading._active.pop(ident, None)  # type: ignore[attr-defined]
        task.unwound = True
        return self._after(task)

    def _run(self, task: Task) -> None:
        scheduler = self._scheduler
        try:
            sys.setprofile(scheduler.on_call)
            self._touch_target(task.thread)
            contextvars.Context().run(task.thread.run)
        except (Abort, SystemExit):
            pass
        except BaseException as error:
            if not scheduler.aborting:
                self._failed(task, error)
        finally:
            sys.setprofile(None)
        if scheduler.aborting:
            return
        try:
            scheduler.perform(Step("end", task))
            task.done = True
        except Abort:
            pass

    def _touch_target(self, thread: threading.Thread) -> None:
        """A thread may call a function without points at once, such as a list's `append`."""
        scheduler = self._scheduler
        target = getattr(thread, "_target", None)
        if is_uncontrolled(target):
            scheduler.notice(is_uncontrolled(target))
        if target is not None and len(scheduler.tasks) > 1:
            for owner, part, writes in touched_by_call(scheduler, target, tuple(thread._args)):  # type: ignore[attr-defined]
                scheduler.access(THREAD_TARGET, owner, part, writes)

    def _failed(self, task: Task, error: BaseException) -> None:
        scheduler = self._scheduler
        task.error = error
        if not scheduler.go_on_after_failure:
            task.done = True
            scheduler.end("failure", "", task)
        elif scheduler.ending is None:
            scheduler.ending, scheduler.failed_at = Ending("failure", "", task), len(scheduler.schedule)

    def _after(self, task: Task) -> Worker | None:
        scheduler = self._scheduler
        following = None if scheduler.aborting else scheduler.next_task()
        if following is None:  # over: let the others unwind, one after another
            following = next((other for other in scheduler.tasks if not other.unwound), None)
        if following is None:
            return None
        scheduler.running = following
        return following.worker
