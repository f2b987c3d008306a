"""Methods of Python's own classes, replaced for a while: subclasses and earlier objects are served too."""

from __future__ import annotations

import functools
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures.thread import _WorkItem
from types import FrameType
from typing import Any

from readerwriterlock import rwlock

from .program_code import is_program_file
from .real import real_join, real_new_name, real_start
from .session import Operation, current_session


def start(thread: threading.Thread) -> None:
    """`Thread.start`."""
    session = current_session()
    if session is None:
        real_start(thread)
    else:
        session.start(thread)


def join(thread: threading.Thread, timeout: float | None = None) -> None:
    """`Thread.join`."""
    session = current_session()
    if session is None:
        real_join(thread, timeout)
    else:
        session.join(thread, timeout, sys._getframe(1))


def new_name(template: str) -> str:
    """`threading._newname`: numbers a program's threads from 1."""
    session = current_session()
    return real_new_name(template) if session is None else session.thread_name(template)


def noting_init(real: Callable[..., None]) -> Callable[..., None]:
    """Return an ``__init__`` that does as `real` does and lets the session name what the program makes."""

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
    """Return the frame that makes an object, given one that calls its ``__init__``, as subclasses do."""
    while (
        frame.f_back is not None and frame.f_code.co_name == "__init__" and frame.f_locals.get("self") is made
    ):
        frame = frame.f_back
    return frame


def told(real: Callable[..., Any], operation: Operation) -> Callable[..., Any]:
    """Return a method that does as `real` does and lets the session tell it where the program called it."""

    @functools.wraps(real)
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        session = current_session()
        frame = sys._getframe(1)
        if session is None or not _from_program(frame):
            return real(self, *args, **kwargs)
        is_try = operation.effect == "hold" and (args or kwargs) and _is_try(*args, **kwargs)
        told = operation.as_try() if is_try else operation
        return session.operate(told, self, lambda: real(self, *args, **kwargs), frame)

    return method


def _is_try(blocking: bool = True, timeout: float | None = None) -> bool:
    """Return True where these arguments of an `acquire` ask for a try-lock."""
    return not blocking or timeout == 0


_CALLS_FOR_THE_PROGRAM = (threading.Thread.run.__code__, _WorkItem.run.__code__)


def _from_program(frame: FrameType) -> bool:
    """Return True where the program makes a call: `with rw.gen_rlock():` and `Thread(target=set)` too."""
    code = frame.f_code
    return (
        is_program_file(code.co_filename)
        or frame.f_globals.get("__name__") == rwlock.__name__
        or any(code is known for known in _CALLS_FOR_THE_PROGRAM)
    )


OPERATIONS: list[tuple[type, str, Operation]] = [
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
NAMED_CLASSES: list[type] = [
    threading.Event,
    threading.Condition,
    threading.Semaphore,
    threading.Barrier,
    queue.Queue,
]
