"""What a source of traces gives to the threads of the program that it executes, and which one does so now."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FrameType
from typing import Any, Protocol

from .real import RealLock


class Session(Protocol):
    """What a source of traces gives to the threads of the program that it executes."""

    def owns_current_thread(self) -> bool:
        """Return True in a thread of the program."""

    def new_lock(self, frame: FrameType) -> Any:
        """Return what `threading.Lock()` called in `frame` gives."""

    def new_rlock(self, frame: FrameType) -> Any:
        """Return what `threading.RLock()` called in `frame` gives."""

    def start(self, thread: threading.Thread) -> None:
        """Start a thread that becomes one of the program's."""

    def join(self, thread: threading.Thread, timeout: float | None, frame: FrameType) -> None:
        """Wait for a thread to end, for at most `timeout` seconds."""

    def sleep(self, seconds: float, frame: FrameType) -> None:
        """Sleep for some seconds."""

    def thread_name(self, template: str) -> str:
        """Return the default name of a new thread, numbered from 1 in each execution."""

    def created(self, obj: Any, frame: FrameType) -> None:
        """Take note that `frame` made an Event, a Queue or the like."""

    def operate(self, operation: Operation, obj: Any, call: Callable[[], Any], frame: FrameType) -> Any:
        """Carry out `call`, one operation on an object, and return what it returns."""

    def mark(self, label: str) -> None:
        """Take note of a progress mark of the calling thread."""


@dataclass(frozen=True)
class Operation:
    """One operation that is told in a trace: its kind, its mode, and what it does to holds.

    Args:
        kind: one of `helpers.trace.KINDS`.
        mode: "exclusive" or "shared" for what is held afterwards, else the operation's own name.
        effect: "hold" where success starts a hold, "release" where it ends one, "downgrade", or "".
        failure: how it went where it returned False.
    """

    kind: str
    mode: str
    effect: str = ""
    failure: str = "timed out"

    def as_try(self) -> Operation:
        """Return this operation as a try-lock, which is refused where a wait would time out."""
        return replace(self, failure="refused")


GIVE_WAY_S = 3.0

_active: Session | None = None
_give_way: Callable[[], None] | None = None
_one_at_a_time = RealLock()


def current_session() -> Session | None:
    """Return the session whose program the calling thread belongs to, or None."""
    session = _active
    return session if session is not None and session.owns_current_thread() else None


@contextmanager
def active(session: Session, give_way: Callable[[], None] | None = None) -> Iterator[None]:
    """Make a session the current one of its threads.

    Args:
        session: what serves the program's threads.
        give_way: ends this execution soon where another thread wants one; None refuses it to that thread.

    Raises:
        RuntimeError: another program is being executed, by this thread or another, and does not give way.
    """
    global _active, _give_way
    if current_session() is not None:
        raise RuntimeError("a program that is being run cannot run() another one inside itself")
    if not _one_at_a_time.acquire(blocking=False) and not _wait_for_way():
        raise RuntimeError("another thread is running a program right now: run one program at a time")
    try:
        _active, _give_way = session, give_way
        yield
    finally:
        _active = _give_way = None
        _one_at_a_time.release()


def _wait_for_way() -> bool:
    """Ask whoever executes a program to give way; return whether it did, and we may begin."""
    give_way = _give_way
    if give_way is None:
        return False
    give_way()
    return _one_at_a_time.acquire(timeout=GIVE_WAY_S)
