"""The threads of one program: started as its own, waited for, and each told when it began and ended."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter as now

from ..substitution import Namer
from ..substitution.real import real_join, real_start
from .callers import Callers
from .insisting import Ended
from .plumbing import PlumbingLock
from .records import Request
from .waiting import Waiting


@dataclass(eq=False)
class Worker:
    """A thread of the program.

    `alive` is a lock that it holds from its start to its end. It is `inside` while it executes the program,
    and `starting` while it starts another thread, where a strike would leave that one about to begin forever.
    """

    name: str
    thread: threading.Thread
    daemon: bool
    alive: PlumbingLock
    started: float = 0.0
    ended: float | None = None
    cpu_s: float = 0.0
    inside: bool = False
    starting: bool = False

    def is_left(self) -> bool:
        """Return True until it has ended: also where it was started but has not begun yet."""
        return self.thread.is_alive() or (self.ended is None and not self.started)


class Workers:
    """All threads of a program, in the order in which they were started.

    Args:
        on_thread: called in each thread of the program before its own code runs.
    """

    def __init__(self, callers: Callers, waiting: Waiting, on_thread: Callable[[], None]) -> None:
        self._callers, self._waiting, self._on_thread = callers, waiting, on_thread
        self._names = Namer()
        self._numbers = itertools.count(1)
        self._of_thread: dict[threading.Thread, Worker] = {}
        self.all: list[Worker] = []
        self.errors: list[tuple[str, BaseException]] = []
        self.all_done = threading.Event()

    def default_name(self, template: str) -> str:
        """Return the default name of a new thread, numbered from 1 in each run."""
        return template % next(self._numbers)

    def start(self, thread: threading.Thread) -> None:
        """Start a thread as one of the program's."""
        if thread in self._of_thread:
            real_start(thread)  # raises: threads can only be started once
        alive = PlumbingLock(self._waiting)
        worker = Worker(self._names.unique(thread.name), thread, thread.daemon, alive)
        alive.hold()
        self._of_thread[thread] = worker
        self.all.append(worker)
        program = thread.run
        thread.run = lambda: self._body(worker, program)  # type: ignore[method-assign]
        # A daemon for Python, so that not even a thread that cannot be ended keeps the interpreter alive.
        thread._daemonic = True  # type: ignore[attr-defined]
        starter = self._of_thread.get(threading.current_thread(), worker)
        try:
            starter.starting = True
            real_start(thread)
        except RuntimeError:  # the system has no thread left to give
            worker.ended = now()
            raise
        finally:
            starter.starting = False
            thread._daemonic = worker.daemon  # type: ignore[attr-defined]

    def _body(self, worker: Worker, program: Callable[[], None]) -> None:
        thread = worker.thread
        thread._daemonic = worker.daemon  # type: ignore[attr-defined]
        del thread.run
        self._callers.enter(worker.name)
        self._on_thread()
        worker.inside, worker.started, cpu_s = True, now(), time.thread_time()
        try:
            self._waiting.end_if_giving_up()
            program()
        except (Ended, SystemExit):
            pass
        except BaseException as error:
            self.errors.append((worker.name, error))
        finally:
            worker.inside = False
            worker.cpu_s, worker.ended = time.thread_time() - cpu_s, now()
            self._callers.leave()
            worker.alive.break_open()
            if not self.unfinished():
                self.all_done.set()

    def unfinished(self) -> list[Worker]:
        """Return the threads that the program's end still waits for: those that are no daemons."""
        return [worker for worker in self.all if worker.ended is None and not worker.daemon]

    def name_of(self, thread: threading.Thread) -> str:
        """Return a thread's name in the trace."""
        worker = self._of_thread.get(thread)
        return thread.name if worker is None else worker.name

    def join(self, thread: threading.Thread, timeout: float | None, request: Request) -> bool:
        """Wait for a thread to end as `Thread.join` does, and return whether it did."""
        worker = self._of_thread.get(thread)
        if worker is None or thread is threading.current_thread():
            return self._join_stranger(thread, timeout)
        limit = -1.0 if timeout is None else max(timeout, 0.0)
        ended = worker.ended is not None
        if not ended and limit:
            ended = self._waiting.wait_for(worker.alive, request, worker.alive.wait_until_free, limit)
        if ended:
            real_join(thread)
        return ended

    def _join_stranger(self, thread: threading.Thread, timeout: float | None) -> bool:
        real_join(thread, 0)  # raises where Python does: not started yet, or the thread itself

        def ended(slice_s: float) -> bool:
            real_join(thread, slice_s)
            return not thread.is_alive()

        self._waiting.in_slices(timeout, ended)
        return not thread.is_alive()
