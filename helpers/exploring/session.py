"""The session of an exploration: what `threading`'s words give to the threads of the program."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from ..substitution import Operation
from ..substitution.real import LOCK_TYPES
from .clock import TICK_S
from .primitives import ExploredLock, ExploredRLock, threads
from .scheduler import Scheduler
from .steps import Sleep


class ExploreSession:
    """Serves the threads of an explored program (see `helpers.substitution.Session`)."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler

    def owns_current_thread(self) -> bool:
        """Return True in a thread of the program."""
        return threading.get_ident() in self.scheduler.pool.idents

    def new_lock(self, frame: FrameType) -> Any:
        """Return what `threading.Lock()` called in `frame` gives."""
        return self._new(ExploredLock, "Lock", frame)

    def new_rlock(self, frame: FrameType) -> Any:
        """Return what `threading.RLock()` called in `frame` gives."""
        return self._new(ExploredRLock, "RLock", frame)

    def _new(self, make: type[ExploredLock], word: str, frame: FrameType) -> ExploredLock:
        recorder = self.scheduler.recorder
        name = "" if recorder is None else recorder.name_lock(frame, word)
        made = make(self.scheduler, name)
        if recorder is not None:
            recorder.locks.append(made)
        return made

    def stand_in(self, lock: Any, path: str, role: str) -> Any:
        """Return what takes the place of a lock that existed before the program started."""
        reentrant = isinstance(lock, LOCK_TYPES[1])
        made = (ExploredRLock if reentrant else ExploredLock)(self.scheduler, path)
        if not reentrant and role != "inside" and lock.locked():
            made.first_owner = made.owner = BEFORE
        return made

    def start(self, thread: threading.Thread) -> None:
        """Start a thread that becomes one of the program's."""
        threads.start(self.scheduler, thread)

    def join(self, thread: threading.Thread, timeout: float | None, frame: FrameType) -> None:
        """Wait for a thread to end."""
        threads.join(self.scheduler, thread, timeout)

    def sleep(self, seconds: float, frame: FrameType) -> None:
        """Let some virtual time pass."""
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self.scheduler.perform(Sleep(seconds))

    def now_ns(self) -> int:
        """Return what a clock shows to the calling thread, in nanoseconds of virtual time.

        Who looks at it again and again at one instant waits for time to pass, and so sleeps for a moment.
        """
        scheduler = self.scheduler
        if scheduler.early_timers:
            scheduler.notice("the clock, with early_timers")
        elif scheduler.clock.looks_again(scheduler.running.id):
            scheduler.perform(Sleep(TICK_S))
        return scheduler.clock.read()

    def pick(self, count: int) -> int | None:
        """Return an outcome of a random choice of so many; None where the program is left to real chance."""
        return self.scheduler.pick(count) if self.scheduler.random_choices else None

    def thread_name(self, template: str) -> str:
        """Return the default name of a new thread, numbered from 1 in each schedule."""
        self.scheduler.names_given += 1
        return template % self.scheduler.names_given

    def created(self, obj: Any, frame: FrameType) -> None:
        """Take note that `frame` made an Event, a Queue or the like."""
        if self.scheduler.recorder is not None:
            self.scheduler.recorder.names.name_object(obj, frame)

    def operate(self, operation: Operation, obj: Any, call: Callable[[], Any], frame: FrameType) -> Any:
        """Carry out one operation on a reader-writer lock: the steps are those of the locks inside it."""
        if self.scheduler.recorder is None:
            return call()
        return self.scheduler.recorder.around(operation, obj, call, frame)

    def mark(self, label: str) -> None:
        """Take note of a progress mark of the calling thread."""
        self.scheduler.marked = True
        if self.scheduler.recorder is not None:
            self.scheduler.recorder.mark(label)


BEFORE = -1  # the holder of a lock that was held when the program started
