"""`threading`'s own words, which give our objects to the threads of one program and nobody else.

While a session is installed, `threading.Lock()` and the others look at who calls them: a thread of the
program gets what the session makes, every other thread of the process gets Python's own. A session says
what a lock is and what it means to wait; this module only routes the calls.
"""

from __future__ import annotations

import _thread
import functools
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures.thread import _WorkItem
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FrameType
from typing import Any, Protocol

from .program_code import is_program_file

RealThreadingLock = threading.Lock
RealLock: Callable[[], Any] = _thread.allocate_lock
RealRLock: Callable[[], Any] = threading._CRLock or threading._PyRLock  # type: ignore[attr-defined]
LOCK_TYPES: tuple[type, ...] = (type(RealLock()), type(RealRLock()))
real_sleep = time.sleep
RealSimpleQueue = queue.SimpleQueue
real_start = threading.Thread.start
real_join = threading.Thread.join


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


_installed: Session | None = None
_one_at_a_time = _thread.allocate_lock()


def current_session() -> Session | None:
    """Return the session whose program the calling thread belongs to, or None."""
    session = _installed
    return session if session is not None and session.owns_current_thread() else None


@contextmanager
def installed(session: Session) -> Iterator[None]:
    """Make `threading`, `queue` and `time` serve the session's threads; put everything back afterwards.

    Raises:
        RuntimeError: another program is being executed, in this thread or another.
    """
    global _installed
    if current_session() is not None:
        raise RuntimeError(
            "this program is already being run: a program cannot run() another one inside itself"
        )
    if not _one_at_a_time.acquire(blocking=False):
        raise RuntimeError("another thread is running a program right now: run one program at a time")
    undo = [
        (owner, name, vars(owner).get(name) or getattr(owner, name)) for owner, name, _ in _replacements()
    ]
    try:
        _installed = session
        for owner, name, word in _replacements():
            setattr(owner, name, word)
        yield
    finally:
        for owner, name, original in undo:
            setattr(owner, name, original)
        _installed = None
        _one_at_a_time.release()


# ---- constructors: classes, so that `threading.Lock | None` and isinstance() go on working


class _ConstructorType(type):
    real: tuple[type, ...]

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, cls.real) or cls.__name__ in getattr(instance, "stands_for", ())


class Lock(metaclass=_ConstructorType):
    """`threading.Lock`: gives a program's threads the session's lock."""

    real = (LOCK_TYPES[0],)

    def __new__(cls) -> Any:
        """Return a new unlocked lock."""
        session = current_session()
        return RealLock() if session is None else session.new_lock(sys._getframe(1))


class RLock(metaclass=_ConstructorType):
    """`threading.RLock`: gives a program's threads the session's reentrant lock."""

    real = (LOCK_TYPES[1],)

    def __new__(cls) -> Any:
        """Return a new unlocked reentrant lock."""
        session = current_session()
        return RealRLock() if session is None else session.new_rlock(sys._getframe(1))


class SimpleQueue(metaclass=_ConstructorType):
    """`queue.SimpleQueue`: the C one cannot be given up while it waits, so a program gets Python's."""

    real = (RealSimpleQueue, queue._PySimpleQueue)  # type: ignore[attr-defined]

    def __new__(cls) -> Any:
        """Return a new empty queue."""
        session = current_session()
        if session is None:
            return RealSimpleQueue()
        made = queue._PySimpleQueue()  # type: ignore[attr-defined]
        session.created(made, sys._getframe(1))
        return made


def sleep(seconds: float, /) -> None:
    """`time.sleep`: lets the session end a sleeping thread."""
    session = current_session()
    if session is None:
        real_sleep(seconds)
    else:
        session.sleep(seconds, sys._getframe(1))


# What a name bound to one of Python's constructors (`from threading import Lock`) is replaced by.
CONSTRUCTORS: list[tuple[Any, Any]] = [
    (RealThreadingLock, Lock),
    (threading.RLock, RLock),
    (RealSimpleQueue, SimpleQueue),
    (real_sleep, sleep),
]


# ---- methods of Python's own classes, so that subclasses and objects made earlier are served too


def _start(thread: threading.Thread) -> None:
    session = current_session()
    if session is None:
        real_start(thread)
    else:
        session.start(thread)


def _join(thread: threading.Thread, timeout: float | None = None) -> None:
    session = current_session()
    if session is None:
        real_join(thread, timeout)
    else:
        session.join(thread, timeout, sys._getframe(1))


def _newname(template: str, *, _real: Callable[[str], str] = threading._newname) -> str:  # type: ignore[attr-defined]
    session = current_session()
    return _real(template) if session is None else session.thread_name(template)


def _noting_init(real: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(real)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        session = current_session()
        if session is not None:
            maker = _maker(sys._getframe(1), self)
            if _from_program(maker):
                session.created(self, maker)
        real(self, *args, **kwargs)

    return __init__


def _maker(frame: FrameType, made: Any) -> FrameType:
    """Return the frame that makes an object, given the one that calls its ``__init__``: subclasses call it too."""
    while (
        frame.f_back is not None and frame.f_code.co_name == "__init__" and frame.f_locals.get("self") is made
    ):
        frame = frame.f_back
    return frame


def _told(real: Callable[..., Any], operation: Operation) -> Callable[..., Any]:
    """Return a method that does as `real` does and lets the session tell it where the program called it."""

    @functools.wraps(real)
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        session = current_session()
        frame = sys._getframe(1)
        if session is None or not _from_program(frame):
            return real(self, *args, **kwargs)
        told = operation.as_try() if operation.effect == "hold" and _is_try(*args, **kwargs) else operation
        return session.operate(told, self, lambda: real(self, *args, **kwargs), frame)

    return method


def _is_try(blocking: bool = True, timeout: float | None = None) -> bool:
    """Return True where these arguments of an `acquire` ask for a try-lock."""
    return not blocking or timeout == 0


_CALLS_FOR_THE_PROGRAM = (threading.Thread.run.__code__, _WorkItem.run.__code__)


def _from_program(frame: FrameType) -> bool:
    """Return True where the program itself makes a call, as in `with rw.gen_rlock():` or `Thread(target=bell.set)`."""
    return (
        is_program_file(frame.f_code.co_filename)
        or frame.f_globals.get("__name__") == "readerwriterlock.rwlock"
        or frame.f_code in _CALLS_FOR_THE_PROGRAM
    )


_OPERATIONS: list[tuple[type, str, Operation]] = [
    (threading.Event, "wait", Operation("event", "wait")),
    (threading.Event, "set", Operation("event", "set")),
    (threading.Event, "clear", Operation("event", "clear")),
    (threading.Condition, "wait", Operation("condition", "wait")),
    (threading.Condition, "wait_for", Operation("condition", "wait")),
    (threading.Condition, "notify", Operation("condition", "notify")),
    (threading.Condition, "notify_all", Operation("condition", "notify")),
    (threading.Semaphore, "acquire", Operation("semaphore", "shared", "hold")),
    (threading.Semaphore, "__enter__", Operation("semaphore", "shared", "hold")),
    (threading.Semaphore, "release", Operation("semaphore", "shared", "release")),
    (threading.Semaphore, "__exit__", Operation("semaphore", "shared", "release")),
    (threading.BoundedSemaphore, "release", Operation("semaphore", "shared", "release")),
    (threading.Barrier, "wait", Operation("barrier", "wait")),
    (queue.Queue, "put", Operation("queue", "put")),
    (queue.Queue, "get", Operation("queue", "get")),
    (queue.Queue, "join", Operation("queue", "join")),
    (queue._PySimpleQueue, "put", Operation("queue", "put")),  # type: ignore[attr-defined]
    (queue._PySimpleQueue, "get", Operation("queue", "get")),  # type: ignore[attr-defined]
]
_NAMED_CLASSES: list[type] = [
    threading.Event,
    threading.Condition,
    threading.Semaphore,
    threading.Barrier,
    queue.Queue,
]


@functools.cache
def _replacements() -> list[tuple[Any, str, Any]]:
    """Return (owner, attribute, replacement) for everything that is substituted."""
    words: list[tuple[Any, str, Any]] = [
        (threading, "Lock", Lock),
        (threading, "RLock", RLock),
        (threading, "_allocate_lock", Lock),
        (threading, "_newname", _newname),
        (threading.Thread, "start", _start),
        (threading.Thread, "join", _join),
        (queue, "SimpleQueue", SimpleQueue),
        (time, "sleep", sleep),
    ]
    classes = [*_NAMED_CLASSES, *_reader_writer_classes()]
    words += [(owner, "__init__", _noting_init(owner.__init__)) for owner in classes]
    words += [(maker, "__defaults__", _with_our_lock(maker)) for maker in _captured_lock_makers()]
    operations = [*_OPERATIONS, *_reader_writer_operations()]
    words += [(owner, name, _told(owner.__dict__[name], operation)) for owner, name, operation in operations]
    return words


# ---- readerwriterlock


def _reader_writer_classes() -> list[type]:
    from readerwriterlock import rwlock

    plain = [rwlock.RWLockRead, rwlock.RWLockWrite, rwlock.RWLockFair]
    return [*plain, rwlock.RWLockReadD, rwlock.RWLockWriteD, rwlock.RWLockFairD]


def _captured_lock_makers() -> list[Any]:
    """Return the functions that caught `threading.Lock` in a default argument when they were defined."""
    from readerwriterlock import rwlock

    return [owner.__init__ for owner in (*_reader_writer_classes(), rwlock._ThreadSafeInt)]


def _with_our_lock(maker: Any) -> tuple[Any, ...]:
    return tuple(Lock if default is RealThreadingLock else default for default in maker.__defaults__)


def _reader_writer_operations() -> list[tuple[type, str, Operation]]:
    """Return the operations of the handles: one lock with shared and exclusive holds."""
    found = []
    for owner in _reader_writer_classes():
        for handle, mode in ((owner._aReader, "shared"), (owner._aWriter, "exclusive")):
            found.append((handle, "acquire", Operation("rw", mode, "hold")))
            found.append((handle, "release", Operation("rw", mode, "release")))
        # RWLockReadD downgrades by releasing and acquiring: those two operations tell it as it is
        if hasattr(owner._aWriter, "downgrade") and owner.__name__ != "RWLockReadD":
            found.append((owner._aWriter, "downgrade", Operation("rw", "exclusive", "downgrade")))
    return found
