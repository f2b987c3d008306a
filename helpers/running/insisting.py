"""Ending a thread that swallows every exception: raise again before it is back inside its ``try``.

An exception put into a thread from outside lands wherever the thread is, which in a loop that swallows
everything is inside the ``try``. So we make the thread raise at its next line too, which is in the handler.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any

from ..substitution import is_program_file

if TYPE_CHECKING:
    from .workers import Worker

_TOOL = 4  # the monitoring tool numbers below are taken by debuggers, coverage and profilers


class Ended(BaseException):
    """Ends a thread of a program that is being given up; not an Exception, so that programs let it pass."""


class _EndedAgain(Ended):
    """`Ended`, for Python 3.11: made in the thread that it strikes, where it switches line tracing on."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            frame.f_trace = _raise_at_line
            frame = frame.f_back
        sys.settrace(_raise_at_line)


def strike(worker: Worker, error: type[Ended] = Ended) -> None:
    """Make a running thread raise `error` at its next step, unless it is starting another thread."""
    put, ident, raised = _put(worker.thread, error)
    # No other thread gets the GIL between the question and the deed: nothing is called in between.
    if not worker.starting:
        put(ident, raised)


def insist(worker: Worker) -> None:
    """Make a running thread raise at its next step, and at the next line of the program after that."""
    strike(worker, Ended if hasattr(sys, "monitoring") else _EndedAgain)


def _put(thread: threading.Thread, error: type[Ended]) -> tuple[Callable[[Any, Any], int], Any, Any]:
    """Return the call that makes a thread, which has begun, raise `error` at its next step."""
    return ctypes.pythonapi.PyThreadState_SetAsyncExc, ctypes.c_ulong(thread.ident), ctypes.py_object(error)


@contextmanager
def every_line_raises(idents: set[int]) -> Iterator[None]:
    """While this lasts, every line of the program raises `Ended` in these threads (Python 3.12 and later).

    Args:
        idents: the threads' identifiers; may be changed meanwhile.
    """
    monitoring: Any = getattr(sys, "monitoring", None)
    if monitoring is None:
        yield
        return

    def on_line(code: CodeType, _line: int) -> None:
        if threading.get_ident() in idents and is_program_file(code.co_filename):
            raise Ended

    line = monitoring.events.LINE
    monitoring.use_tool_id(_TOOL, "locks course")
    monitoring.register_callback(_TOOL, line, on_line)
    monitoring.set_events(_TOOL, line)
    try:
        yield
    finally:
        monitoring.set_events(_TOOL, 0)
        monitoring.register_callback(_TOOL, line, None)
        monitoring.free_tool_id(_TOOL)


def _raise_at_line(frame: FrameType, event: str, _argument: Any) -> Any:
    if event != "line" or not is_program_file(frame.f_code.co_filename):
        return _raise_at_line
    # Raising switches tracing off; the strike that waits behind it switches it on again.
    put, ident, raised = _put(threading.current_thread(), _EndedAgain)
    put(ident, raised)
    raise Ended
