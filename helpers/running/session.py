"""One run: the program's threads, what each waits for, and everything they wrote down."""

from __future__ import annotations

import itertools
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter as now
from types import CodeType, FrameType
from typing import Any, NamedTuple

from ..substitution import Namer, Operation, calling_frame, is_program_file, program_frame
from ..substitution.words import RealLock, RealRLock, real_join, real_sleep, real_start
from .insisting import Ended
from .locks import BEFORE, Request, recorded_lock, recorded_rlock
from .plumbing import PlumbingLock, PlumbingRLock

SLICE_S = 0.05
_MAY_CHANGE_THREAD = 0x20 | 0x80 | 0x200  # generators and coroutines: their frame may go on in another thread


class Site(NamedTuple):
    """Who did something, and where: a thread's name, code, and the instruction's offset in bytes."""

    thread: str
    code: CodeType | None
    offset: int


class Told(NamedTuple):
    """An operation that has ended, as `RunSession` writes it down; times in seconds."""

    request: Request
    granted: float | None
    ended: float
    outcome: str
    released_by: str | None = None


@dataclass
class Worker:
    """A thread of the program."""

    name: str
    thread: threading.Thread
    daemon: bool
    alive: PlumbingLock
    started: float = 0.0
    ended: float | None = None
    cpu_s: float = 0.0
    inside: bool = False


@dataclass
class Blocked:
    """What a thread is blocked by right now. A new object for each time that it blocks."""

    lock: Any
    timed: bool


@dataclass
class RunSession:
    """Serves the threads of one program: makes their locks, starts and joins them, writes down what they do.

    Args:
        record: True to record; False to give the program Python's own locks.
    """

    record: bool = True
    workers: list[Worker] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    locks: list[Any] = field(default_factory=list)
    errors: list[tuple[str, BaseException]] = field(default_factory=list)
    started: float = field(default_factory=now)
    giving_up: bool = False

    def __post_init__(self) -> None:
        """Prepare the books that no caller needs to see."""
        self.all_done = threading.Event()
        self.sites: list[Site] = []
        self._keys: dict[tuple[int, int, str | None], int] = {}
        self._sites_lock = RealLock()
        self.labels: dict[int, str] = {}
        self._used_idents: set[int] = set()
        self.blocked: dict[int, Blocked] = {}
        self.requests: dict[int, list[Request]] = {}
        self.open_holds: dict[int, tuple[Any, list[Told]]] = {}
        self._names: dict[int, tuple[Any, str]] = {}
        self._namer = Namer()
        self._thread_names = Namer()
        self._thread_numbers = itertools.count(1)
        self._by_thread: dict[threading.Thread, Worker] = {}

    # ---- who is calling, from where

    def owns_current_thread(self) -> bool:
        """Return True in a thread of the program."""
        return threading.get_ident() in self.labels

    def label(self) -> str:
        """Return the calling thread's name."""
        return self.labels.get(threading.get_ident(), "outside")

    def place_of(self, frame: FrameType) -> tuple[int, int, CodeType, int]:
        """Return the key of where the program is, and for what it may be used again: offset, code, thread.

        A key is a plain number: Python's garbage collector need not look into a tuple of numbers, so a long
        record costs it nothing. An offset of -1 says that the key may not be used again.
        """
        code, offset, thread = frame.f_code, frame.f_lasti, threading.get_ident()
        label = self.labels.get(thread)
        key = self._keys.get((id(code), offset, label))
        if key is not None:
            return key, offset, code, thread
        key = self._new_key(self.site(frame))
        if code.co_flags & _MAY_CHANGE_THREAD or not is_program_file(code.co_filename):
            return key, -1, code, thread
        self._keys[id(code), offset, label] = (
            key  # the site keeps the code alive, so that the id stays its own
        )
        return key, offset, code, thread

    def site_before_the_run(self) -> int:
        """Return the key of whoever held a lock when the program started."""
        return self._new_key(Site(BEFORE, None, 0))

    def _new_key(self, site: Site) -> int:
        with self._sites_lock:
            self.sites.append(site)
            return len(self.sites) - 1

    def site(self, frame: FrameType | None) -> Site:
        """Return the calling thread and the place in the program at or below `frame`."""
        program = program_frame(frame)
        if program is None:
            return Site(self.label(), None, 0)
        return Site(self.label(), program.f_code, program.f_lasti)

    # ---- making locks

    def new_lock(self, frame: FrameType) -> Any:
        """Return the lock that `threading.Lock()` called in `frame` gives."""
        return self._new("Lock", frame, recorded_lock, PlumbingLock, RealLock)

    def new_rlock(self, frame: FrameType) -> Any:
        """Return the lock that `threading.RLock()` called in `frame` gives."""
        return self._new("RLock", frame, recorded_rlock, PlumbingRLock, RealRLock)

    def _new(self, word: str, frame: FrameType, recorded: Any, plumbing: Any, real: Any) -> Any:
        role = _role(frame)
        if role == "inside":
            return plumbing(self)
        if not self.record:
            made = real()
        elif role == "condition":
            made = recorded(self, self.name_of(frame.f_locals["self"], "condition"), "condition")
        else:
            made = recorded(self, self._namer.created(frame, word))
        self.locks.append(made)
        return made

    def stand_in(self, lock: Any, path: str, role: str) -> Any:
        """Return what takes the place of a lock that existed before the program started."""
        reentrant = "RLock" in type(lock).__name__ or "RLock" in getattr(lock, "stands_for", ())
        if role == "inside":
            return PlumbingRLock(self) if reentrant else PlumbingLock(self)
        if not self.record:
            made: Any = RealRLock() if reentrant else RealLock()
        else:
            kind = "condition" if role == "condition" else "lock"
            name = self._namer.unique(path or "lock")
            made = recorded_rlock(self, name, kind) if reentrant else recorded_lock(self, name, kind)
        self.locks.append(made)
        if not reentrant and lock.locked():
            made.acquire() if not self.record else made.start_held()
        return made

    def created(self, obj: Any, frame: FrameType) -> None:
        """Name an Event, a Queue or the like after what the program assigns it to."""
        self.give_name(obj, self._namer.created(frame, type(obj).__name__.lstrip("_")))

    def give_name(self, obj: Any, name: str) -> None:
        """Remember what the program calls an object."""
        self._names[id(obj)] = (obj, name)

    def name_of(self, obj: Any, fallback: str) -> str:
        """Return what the program calls an object; the second without a name gets a number."""
        if id(obj) not in self._names:
            self.give_name(obj, self._namer.unique(fallback))
        return self._names[id(obj)][1]

    def forget_callers(self) -> None:
        """Let go of the program's frames, so that its variables can be freed and its threads told apart.

        The system gives the identifier of a thread that has ended to a new one.
        """
        self._namer.forget_frames()
        for lock in list(self.locks) if self.record else ():
            lock.forget_caller()

    # ---- waiting

    def wait_for(
        self, lock: Any, request: Request | None, acquire: Callable[..., bool], timeout: float
    ) -> bool:
        """Block in `acquire` as Python's own lock does, and say so while it lasts.

        Raises:
            Ended: the program is being given up.
        """
        me = threading.get_ident()
        with self._asking(request):
            self.blocked[me] = Blocked(lock, timed=timeout >= 0)
            try:
                got = acquire(True, timeout)
            finally:
                self.blocked.pop(me, None)
        self.end_if_giving_up()
        return got

    def end_if_giving_up(self) -> None:
        """Raise `Ended` in a thread of a program that is being given up."""
        if self.giving_up and self.owns_current_thread():
            raise Ended

    def not_granted(self, request: Request, outcome: str) -> None:
        """Write down a request that got nothing."""
        self.told.append(Told(request, None, now(), outcome))

    # ---- operations on what is not a lock

    def operate(self, operation: Operation, obj: Any, call: Callable[[], Any], frame: FrameType) -> Any:
        """Carry out one operation on an Event, a Queue, a reader-writer lock or the like, and write it down."""
        if not self.record:
            return call()
        owner = getattr(obj, "c_rw_lock", obj)
        name = self.name_of(owner, type(owner).__name__)
        request = Request(operation.kind, name, operation.mode, now(), self.site(frame))
        if operation.effect in ("release", "downgrade"):
            self._close_hold(obj)
        with self._asking(request):
            try:
                result = call()
            except Ended:
                raise
            except BaseException as error:
                self.not_granted(
                    request, "timed out" if isinstance(error, queue.Empty | queue.Full) else "raised"
                )
                raise
        self._write_down(operation, request, obj, result)
        return result

    @contextmanager
    def _asking(self, request: Request | None) -> Iterator[None]:
        """Show a request as waiting for as long as the body lasts."""
        mine = self.requests.setdefault(threading.get_ident(), [])
        if request is not None:
            mine.append(request)
        try:
            yield
        finally:
            if request is not None:
                mine.remove(request)

    def _write_down(self, operation: Operation, request: Request, obj: Any, result: Any) -> None:
        failed = result is False and (operation.effect == "hold" or operation.mode == "wait")
        if failed:
            self.not_granted(request, operation.failure)
        elif operation.effect == "downgrade":
            self._open_hold(result, request._replace(mode="shared"))
        elif operation.effect == "hold":
            self._open_hold(obj, request)
        elif operation.effect == "":
            self.told.append(Told(request, now(), now(), "done"))

    def _open_hold(self, obj: Any, request: Request) -> None:
        held = Told(request, now(), 0.0, "held")
        self.open_holds.setdefault(id(obj), (obj, []))[1].append(held)

    def _close_hold(self, obj: Any) -> None:
        """End the hold that a release gives back: the caller's own newest, else the oldest."""
        _, holds = self.open_holds.get(id(obj), (obj, []))
        mine = [held for held in holds if held.request.site.thread == self.label()]
        if holds:
            held = mine[-1] if mine else holds[0]
            self.told.append(held._replace(ended=now(), outcome="acquired", released_by=self.label()))
            holds.remove(held)

    def sleep(self, seconds: float, frame: FrameType) -> None:
        """Sleep as `time.sleep` does, in slices where it is long, so that the thread can be ended."""
        request = Request("sleep", "", "sleep", now(), self.site(frame))
        if seconds > SLICE_S:
            with self._asking(request):
                self._sleep_in_slices(request.asked + seconds)
        else:
            real_sleep(seconds)
        if self.record and is_program_file(frame.f_code.co_filename):
            self.told.append(Told(request, now(), now(), "done"))

    def _sleep_in_slices(self, end: float) -> None:
        while (left := end - now()) > SLICE_S:
            real_sleep(SLICE_S)
            self.end_if_giving_up()
        real_sleep(max(0.0, left))

    def mark(self, label: str) -> None:
        """Write down a progress mark."""
        request = Request("note", label, "note", now(), self.site(sys._getframe(1)))
        self.told.append(Told(request, request.asked, request.asked, "done"))

    # ---- threads

    def thread_name(self, template: str) -> str:
        """Return the default name of a new thread."""
        return template % next(self._thread_numbers)

    def start(self, thread: threading.Thread) -> None:
        """Start a thread as one of the program's."""
        if thread in self._by_thread:
            real_start(thread)  # raises: threads can only be started once
        worker = Worker(self._thread_names.unique(thread.name), thread, thread.daemon, PlumbingLock(self))
        worker.alive.hold_for(worker.name)
        self._by_thread[thread] = worker
        self.workers.append(worker)
        thread.run = lambda run=thread.run: self._body(worker, run)  # type: ignore[method-assign]
        # A daemon for Python, so that not even a thread that cannot be ended keeps the interpreter from exiting.
        thread._daemonic = True  # type: ignore[attr-defined]
        try:
            real_start(thread)
        finally:
            thread._daemonic = worker.daemon  # type: ignore[attr-defined]

    def _body(self, worker: Worker, run: Callable[[], None]) -> None:
        thread = worker.thread
        thread._daemonic = worker.daemon  # type: ignore[attr-defined]
        del thread.run
        me = threading.get_ident()
        if me in self._used_idents:
            self.forget_callers()
        self._used_idents.add(me)
        self.labels[me] = worker.name
        worker.inside, worker.started, cpu = True, now(), time.thread_time()
        try:
            run()
        except (Ended, SystemExit):
            pass
        except BaseException as error:
            self.errors.append((worker.name, error))
        finally:
            worker.inside = False
            worker.cpu_s, worker.ended = time.thread_time() - cpu, now()
            self.labels.pop(me, None)
            worker.alive.break_open()
            if not self.unfinished():
                self.all_done.set()

    def unfinished(self) -> list[Worker]:
        """Return the threads that the program's end still waits for: those that are no daemons."""
        return [worker for worker in self.workers if worker.ended is None and not worker.daemon]

    def join(self, thread: threading.Thread, timeout: float | None, frame: FrameType) -> None:
        """Wait for a thread to end as `Thread.join` does."""
        worker = self._by_thread.get(thread)
        if worker is None or thread is threading.current_thread():
            self._join_stranger(thread, timeout)
            return
        request = Request("join", worker.name, "wait", now(), self.site(frame))
        limit = -1 if timeout is None else max(timeout, 0)
        ended = worker.ended is not None or (
            bool(limit) and self.wait_for(worker.alive, request, worker.alive.wait_until_free, limit)
        )
        if ended:
            real_join(thread, 1.0)
        if self.record:
            outcome = "done" if ended else "timed out"
            self.told.append(Told(request, now() if ended else None, now(), outcome))

    def _join_stranger(self, thread: threading.Thread, timeout: float | None) -> None:
        """Wait for a thread that is not the program's, in slices, so that the waiting thread can be ended."""
        end = None if timeout is None else now() + timeout
        while True:
            left = SLICE_S if end is None else min(SLICE_S, end - now())
            real_join(thread, max(0.0, left))
            if not thread.is_alive() or (end is not None and now() >= end):
                return
            self.end_if_giving_up()


def _role(frame: FrameType) -> str:
    """Return what a lock made in `frame` is: the program's own, a Condition's, or the inside of something."""
    role, caller = "lock", frame
    if caller.f_code.co_name == "__init__" and isinstance(caller.f_locals.get("self"), threading.Condition):
        role, caller = "condition", calling_frame(frame) or frame
    while caller.f_code.co_filename == "<string>" and caller.f_back is not None:  # a dataclass's __init__
        caller = caller.f_back
    return role if is_program_file(caller.f_code.co_filename) else "inside"
