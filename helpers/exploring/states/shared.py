"""How each kind of object that threads share is written down: locks, events, queues, and threads themselves.

Each function writes one object of its kind.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

from ..primitives import ExploredLock
from ..primitives.signals import Rendezvous
from .not_comparable import NotComparable

if TYPE_CHECKING:
    from .values import Values

# What Python's own objects are made of: all else is the program's.
_CONDITION, _EVENT, _SEMAPHORE = threading.Condition(), threading.Event(), threading.BoundedSemaphore()
_BARRIER, _QUEUE, _THREAD = threading.Barrier(1), queue.LifoQueue(), threading.Thread(target=print)


def write_lock(values: Values, value: ExploredLock) -> None:
    """Write down a lock: who owns it, how deep, and who was woken for it."""
    if values.is_new(value):
        values.written += (type(value), value.owner, getattr(value, "depth", 0), *sorted(value.woken), None)


def write_condition(values: Values, value: threading.Condition) -> None:
    """Write down a Condition: its lock, and who waits."""
    if values.is_new(value):
        values.add(value._lock)  # type: ignore[attr-defined]
        values.written += (type(value), values.scheduler.waiters_of(value).state())
        write_additions(values, value, _CONDITION)


def write_event(values: Values, value: Any) -> None:
    """Write down whether an Event is set."""
    if values.is_new(value):
        values.written += (type(value), value._flag)
        write_additions(values, value, _EVENT)


def write_semaphore(values: Values, value: Any) -> None:
    """Write down how many permits a Semaphore has."""
    if values.is_new(value):
        values.written += (type(value), value._value, getattr(value, "_initial_value", 0))
        write_additions(values, value, _SEMAPHORE)


def write_barrier(values: Values, value: Any) -> None:
    """Write down a Barrier: who has arrived, and whether it is broken."""
    if values.is_new(value):
        target = values.scheduler.target_of(value, Rendezvous)
        values.written += (type(value), value._parties, target.arrived, target.broken)
        values.add(value._action)
        write_additions(values, value, _BARRIER)


def write_queue(values: Values, value: Any) -> None:
    """Write down a queue: what is in it, and how much is unfinished."""
    if values.is_new(value):
        shut_down = getattr(value, "is_shutdown", False)
        values.written += (type(value), value.maxsize, value.unfinished_tasks, shut_down)
        values.add_all(value.queue)
        write_additions(values, value, _QUEUE)


def write_simple_queue(values: Values, value: Any) -> None:
    """Write down what is in a SimpleQueue."""
    if values.is_new(value):
        values.written.append(type(value))
        values.add_all(value._queue)


def write_thread_object(values: Values, value: threading.Thread) -> None:
    """Write down which thread it is; of one that was not started, also what it will do."""
    if values.is_new(value):
        task = values.scheduler.task_of(value)
        values.written += ("thread", task.id, value.name, value.daemon)
        if task.id < 0:
            own = ("_target", "_args", "_kwargs")
            values.add_all(getattr(value, name, None) for name in own)
        write_additions(values, value, _THREAD)


def write_additions(values: Values, value: Any, plain: Any) -> None:
    """Write down the attributes that a program has given to an object of Python's own.

    Args:
        values: writes them.
        value: the object.
        plain: an object of the same kind, as Python makes it.
    """
    for name, item in vars(value).items():
        if name not in vars(plain):
            values.written.append(name)
            values.add(item)


def write_target(values: Values, value: Any) -> None:
    """Write down one of the scheduler's own targets: what it stands for."""
    for name in ("thread", "object", "owner"):
        if hasattr(value, name):
            values.add(getattr(value, name))
            return
    raise NotComparable(type(value).__name__)
