"""Where a thread stands: in which functions, with which variables, and what it is about to do."""

from __future__ import annotations

import contextlib
import inspect
import threading
from types import FrameType
from typing import Any

from ..points import sites
from ..points.objects import codes_with_hidden_variables, rewritten_codes
from ..points.rewriting import STACK
from ..scheduler import Scheduler
from ..steps import Step
from ..tasks import Task
from .code import OURS
from .hidden import keeps_something
from .not_comparable import NotComparable
from .values import Values

_STOPS = (Scheduler.perform.__code__, Scheduler.pick.__code__)
_SITES = sites.__file__
# Functions of these keep nothing but variables while they call the program.
_LIBRARY = (threading.__file__, contextlib.__file__)


def write_thread(values: Values, task: Task, frame: FrameType | None, now: int) -> None:
    """Write down where a task stands.

    Args:
        values: writes it.
        task: a task that has not ended.
        frame: the innermost function that its thread is in.
        now: the virtual time in nanoseconds.
    """
    values.written.append(task.id)
    _write_step(values, task.step, now)
    if task.step.verb != "begin":
        frame = _where_it_stopped(frame)
        above: FrameType | None = None
        while frame is not None:
            if not frame.f_code.co_filename.startswith(OURS):
                write_frame(values, frame, above)
            elif frame.f_code.co_name == "_run":
                break
            frame, above = frame.f_back, frame


def _where_it_stopped(frame: FrameType | None) -> FrameType | None:
    """Return where a thread entered the scheduler: what lies above is the search's."""
    while frame is not None and frame.f_code not in _STOPS:
        frame = frame.f_back
    return frame


def _write_step(values: Values, step: Step, now: int) -> None:
    values.written += (type(step), step.verb, step.expired)
    values.written += (None if step.within is None else step.deadline - now, *step.memory())
    if step.target is not None:
        values.add(step.target)
    values.add_part(step.part)


def write_frame(values: Values, frame: FrameType, above: FrameType | None = None) -> None:
    """Write down a function that is being executed: where it is, its variables, and what is on its stack.

    Args:
        values: writes it.
        frame: the function.
        above: the one that it waits for; None where it is only left for a while, as a generator is.

    Raises:
        NotComparable: what is on its stack cannot be seen.
    """
    code = frame.f_code
    if id(code) not in rewritten_codes and code.co_filename not in _LIBRARY:
        raise NotComparable(f"{code.co_qualname} in the middle of a call")
    if id(code) in codes_with_hidden_variables:
        raise NotComparable(f"{code.co_qualname}, with a comprehension whose variable is shared")
    variables: dict[str, Any] = frame.f_locals
    if id(code) in rewritten_codes and (STACK not in variables or not code.co_flags & inspect.CO_OPTIMIZED):
        raise NotComparable(f"{code.co_qualname} in the middle of an expression")
    calls = id(code) in rewritten_codes and above is not None and above.f_code.co_filename != _SITES
    if calls and keeps_something(frame, variables[STACK]):
        raise NotComparable(f"{code.co_qualname} in the middle of a call that keeps something of its own")
    values.written += (id(code), frame.f_lasti)
    for name, value in sorted(variables.items()):  # a frame keeps the order in which it was looked at
        values.written.append(name)
        values.add(value)
    values.written.append(None)
