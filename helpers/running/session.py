"""One run: makes the locks of a program's threads, and writes down what they do with them."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from time import perf_counter as now
from types import FrameType
from typing import Any

from ..substitution import Namer, Operation, is_program_file, lock_role
from ..substitution.real import LOCK_TYPES, RealLock, RealRLock
from .callers import Callers
from .insisting import Ended
from .locks import recorded_lock, recorded_rlock
from .plumbing import PlumbingLock, PlumbingRLock
from .records import Request, Told
from .waiting import Waiting
from .workers import Workers


class RunSession:
    """Serves the threads of one program (see `helpers.substitution.Session`) and keeps the books of its run.

    Args:
        record: True to record; False to give the program Python's own locks.
    """

    def __init__(self, record: bool = True) -> None:
        self.record = record
        self.started = now()
        self.callers = Callers()
        self.owns_current_thread = self.callers.is_ours  # asked at each operation
        self.waiting = Waiting(self.callers)
        self.workers = Workers(self.callers, self.waiting, self._on_thread)
        self.locks: list[Any] = []
        self.told: list[Told] = []
        self.open_holds: dict[int, tuple[Any, list[Told]]] = {}
        self._closing = RealLock()
        self.names = Namer()
        self._used_idents: set[int] = set()

    # ---- making locks

    def new_lock(self, frame: FrameType) -> Any:
        """Return the lock that `threading.Lock()` called in `frame` gives."""
        return self._new("Lock", frame, lock_role(frame))

    def new_rlock(self, frame: FrameType) -> Any:
        """Return the lock that `threading.RLock()` called in `frame` gives."""
        return self._new("RLock", frame, lock_role(frame))

    def _new(self, word: str, frame: FrameType, role: str) -> Any:
        if role == "condition":
            return self._make(word, role, lambda: self.names.of(frame.f_locals["self"]))
        return self._make(word, role, lambda: self.names.created(frame, word))

    def stand_in(self, lock: Any, path: str, role: str) -> Any:
        """Return what takes the place of a lock that existed before the program started."""
        word = "RLock" if isinstance(lock, LOCK_TYPES[1]) else "Lock"
        made = self._make(word, role, lambda: self.names.unique(path or word))
        if word == "Lock" and role != "inside" and lock.locked():
            made.start_held() if self.record else made.acquire()
        return made

    def _make(self, word: str, role: str, name: Callable[[], str]) -> Any:
        """Return a new lock; `role` is "lock", "condition" (a Condition's own), or "inside" of something."""
        if role == "inside":
            plumbing = PlumbingRLock if word == "RLock" else PlumbingLock
            return plumbing(self.waiting)
        if self.record:
            recorded = recorded_rlock if word == "RLock" else recorded_lock
            made: Any = recorded(self.callers, self.waiting, self.told, name(), role)
        else:
            made = RealRLock() if word == "RLock" else RealLock()
        self.locks.append(made)
        return made

    # ---- names

    def created(self, obj: Any, frame: FrameType) -> None:
        """Name an Event, a Queue or the like after what the program assigns it to."""
        self.names.name_object(obj, frame)

    # ---- writing down

    def not_granted(self, request: Request, outcome: str) -> None:
        """Write down a request that got nothing."""
        self.told.append(Told(request, None, now(), outcome))

    def mark(self, label: str) -> None:
        """Write down a progress mark."""
        request = Request("note", label, "note", now(), self.callers.site(sys._getframe(1)))
        self.told.append(Told(request, request.asked, request.asked, "done"))

    def sleep(self, seconds: float, frame: FrameType) -> None:
        """Sleep as `time.sleep` does."""
        request = Request("sleep", "", "sleep", now(), self.callers.site(frame))
        self.waiting.sleep(seconds, request)
        if self.record and is_program_file(frame.f_code.co_filename):
            ended = now()
            self.told.append(Told(request, ended, ended, "done"))

    def operate(self, operation: Operation, obj: Any, call: Callable[[], Any], frame: FrameType) -> Any:
        """Carry out one operation on an Event, a Queue, a reader-writer lock or the like; write it down."""
        if not self.record:
            return call()
        if operation.effect == "release":
            return self._release(operation, obj, call, frame)
        request = self._request(operation, obj, frame)
        if operation.effect == "downgrade":
            self._close_hold(obj)
        self.waiting.show(request)
        try:
            result = call()
        except Ended:
            raise
        except (queue.Empty, queue.Full):
            self.not_granted(request, "timed out")
            raise
        except BaseException:
            self.not_granted(request, "raised")
            raise
        finally:
            self.waiting.hide(request)
        self._write_down(operation, request, obj, result)
        return result

    def _release(self, operation: Operation, obj: Any, call: Callable[[], Any], frame: FrameType) -> Any:
        """Give a hold back: that is no request, but the end of one."""
        self._close_hold(obj)
        try:
            return call()
        except Ended:
            raise
        except BaseException:
            self.not_granted(self._request(operation, obj, frame), "raised")
            raise

    def _request(self, operation: Operation, obj: Any, frame: FrameType) -> Request:
        name = self.names.of(getattr(obj, "c_rw_lock", obj))
        return Request(operation.kind, name, operation.mode, now(), self.callers.site(frame))

    def _write_down(self, operation: Operation, request: Request, obj: Any, result: Any) -> None:
        if result is False and (operation.effect == "hold" or operation.mode == "wait"):
            self.not_granted(request, operation.failure)
        elif operation.effect == "downgrade":
            self._open_hold(result, request._replace(mode="shared"))
        elif operation.effect == "hold":
            self._open_hold(obj, request)
        elif operation.effect == "":
            self.told.append(Told(request, now(), now(), "done"))

    def _open_hold(self, obj: Any, request: Request) -> None:
        self.open_holds.setdefault(id(obj), (obj, []))[1].append(Told(request, now(), 0.0, "held"))

    def _close_hold(self, obj: Any) -> None:
        """End the hold that a release gives back: the caller's own newest, else the oldest."""
        _, holds = self.open_holds.get(id(obj), (obj, []))
        me = self.callers.name()
        with self._closing:
            if not holds:
                return
            mine = [held for held in holds if held.request.site.thread == me]
            held = mine[-1] if mine else holds[0]
            holds.remove(held)
        self.told.append(Told(held.request, held.granted, now(), "acquired", me))

    # ---- threads

    def thread_name(self, template: str) -> str:
        """Return the default name of a new thread."""
        return self.workers.default_name(template)

    def start(self, thread: threading.Thread) -> None:
        """Start a thread as one of the program's."""
        self.workers.start(thread)

    def join(self, thread: threading.Thread, timeout: float | None, frame: FrameType) -> None:
        """Wait for a thread to end as `Thread.join` does."""
        name = self.workers.name_of(thread)
        request = Request("join", name, "wait", now(), self.callers.site(frame))
        ended = self.workers.join(thread, timeout, request)
        if self.record:
            self.told.append(Told(request, now() if ended else None, now(), "done" if ended else "timed out"))

    def _on_thread(self) -> None:
        """Tell a new thread apart from one that has ended, whose identifier the system gave it."""
        ident = threading.get_ident()
        if ident in self._used_idents:
            self.forget_callers()
        self._used_idents.add(ident)

    def forget_callers(self) -> None:
        """Let go of the program's frames, so that its variables can be freed."""
        self.names.forget_frames()
        for lock in list(self.locks) if self.record else ():
            lock.forget_caller()
