"""The methods of Python's classes that are replaced while a program is played, and by what."""

from __future__ import annotations

import functools
import queue
import threading
from collections.abc import Callable
from typing import Any

from ...substitution import reader_writer, session
from ...substitution.methods import told
from . import conditions, queues, signals, threads

_METHODS: dict[type, dict[str, Callable[..., Any]]] = {
    threading.Condition: {
        "wait": conditions.wait,
        "wait_for": conditions.wait_for,
        "notify": conditions.notify,
        "notify_all": conditions.notify_all,
    },
    threading.Event: {
        "wait": signals.event_wait,
        "is_set": signals.event_is_set,
        "isSet": signals.event_is_set,
        "set": signals.event_set,
        "clear": signals.event_clear,
    },
    threading.Semaphore: {
        "acquire": signals.semaphore_acquire,
        "__enter__": signals.semaphore_acquire,
        "release": signals.semaphore_release,
        "__exit__": signals.semaphore_exit,
    },
    threading.BoundedSemaphore: {"release": signals.semaphore_release},
    threading.Barrier: {
        "wait": signals.barrier_wait,
        "reset": signals.barrier_reset,
        "abort": signals.barrier_abort,
        "broken": signals.barrier_broken,
        "n_waiting": signals.barrier_waiting,
    },
    queue.Queue: {
        "put": queues.put,
        "get": queues.get,
        "put_nowait": queues.put_nowait,
        "get_nowait": queues.get_nowait,
        "task_done": queues.task_done,
        "join": queues.join,
        "qsize": queues.qsize,
        "empty": queues.empty,
        "full": queues.full,
    },
    queue._PySimpleQueue: {  # type: ignore[attr-defined]
        "put": queues.put,
        "get": queues.get,
        "put_nowait": queues.put_nowait,
        "get_nowait": queues.get_nowait,
        "qsize": queues.qsize,
        "empty": queues.empty,
    },
    threading.Thread: {"is_alive": threads.is_alive},
}
if hasattr(queue.Queue, "shutdown"):
    _METHODS[queue.Queue]["shutdown"] = queues.shutdown


@functools.cache
def words() -> list[tuple[Any, str, Any]]:
    """Return (class, name, replacement) for every method that is replaced."""
    found = [
        (owner, name, _method(vars(owner)[name], native))
        for owner, methods in _METHODS.items()
        for name, native in methods.items()
    ]
    found.append((threading, "main_thread", _main_thread))
    rw = reader_writer.operations()
    return found + [(owner, name, told(vars(owner)[name], operation)) for owner, name, operation in rw]


_real_main_thread = threading.main_thread


def _main_thread() -> threading.Thread:
    """`threading.main_thread`: a program's own is the one that runs its function."""
    current = session.current_session()
    return _real_main_thread() if current is None else current.scheduler.tasks[0].thread


def _method(real: Any, native: Callable[..., Any]) -> Any:
    """Return a method, or property, that is `native` in the threads of an explored program, else `real`."""
    if isinstance(real, property):
        return property(_method(real.fget, native))

    @functools.wraps(real)
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        current = session.current_session()
        if current is None:
            return real(self, *args, **kwargs)
        return native(current.scheduler, self, *args, **kwargs)

    return method
