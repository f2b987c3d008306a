"""The state of a whole program, as one value that can be compared."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from ...substitution import Existing
from .threads import write_thread
from .values import Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..scheduler import Scheduler

State = tuple[Any, ...]


def fingerprint(scheduler: Scheduler, program: Callable[[], Any], existing: Existing) -> State:
    """Return the state that a program is in, between two steps: equal states go on in the same ways.

    It is where every thread stands, everything that the program's threads, closures and global variables
    reach, who holds and waits for what, and how long each wait still lasts.

    Args:
        scheduler: plays the program, and has stopped it between two steps.
        program: the program's own function.
        existing: what it could reach before it started.

    Raises:
        NotComparable: the program keeps something whose state cannot be seen.
    """
    values = Values(scheduler)
    frames, handled = sys._current_frames(), sys._current_exceptions()
    now = scheduler.clock.now
    for task in scheduler.tasks:
        values.written += ("done", task.id) if task.done else ()
        if not task.done:
            write_thread(values, task, frames.get(task.ident), now)
            values.add(_being_handled(handled.get(task.ident)))
    values.add(program)
    for cell in existing.cells:
        values.add(cell)
    for namespace, name in existing.globals:
        values.written.append(name)
        if name in namespace:
            values.add(namespace[name])
    if scheduler.clock.was_read:
        clock = scheduler.clock
        values.written += (now, *sorted(clock.looks.items()))
    if scheduler.open is not None:
        scheduler.open.write(values)
    return tuple(values.written)


def _being_handled(found: Any) -> BaseException | None:
    """Return the exception that a thread is handling; Python 3.11 tells its type and traceback, too."""
    return found[1] if isinstance(found, tuple) else found
