"""What can be known of a program before the first look at it: the variables that its threads share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...substitution import check_program
from ..recorder import Recorder
from ..replaying import write_down
from ..scheduler import Scheduler
from ..stage import staged
from ..tasks import Task
from .look import BACKSTOP_S, set_options
from .shared import (
    Known,
    Variable,
    grouped,
    is_of_many,
    key_of,
    shared_places,
    touches,
    value_of,
    variable_name,
)

SURVEYED = 400  # steps


def survey(program: Callable[[], Any], **options: bool) -> Known:
    """Play a program in three simple ways, and say which variables its threads share.

    Args:
        program: a callable without arguments.
        options: as for `look`.

    Raises:
        TypeError: `program` cannot be called without arguments.
    """
    check_program("survey", program)
    found = Known()
    with staged(program, max_steps=SURVEYED + 1, backstop_s=BACKSTOP_S) as stage:
        set_options(stage, options)
        for prefer in (_as_it_comes, _last_first, _in_turns):
            wandering = _Wandering(prefer)
            write_down(stage, wandering.listening_to)
            found |= wandering.known()
    return found


def _as_it_comes(scheduler: Scheduler, ready: list[Task]) -> Task:
    return scheduler.preferred(ready)


def _last_first(scheduler: Scheduler, ready: list[Task]) -> Task:
    return ready[-1]


def _in_turns(scheduler: Scheduler, ready: list[Task]) -> Task:
    last = scheduler.running.id
    return next((task for task in ready if task.id > last), ready[0])


class _Wandering:
    """Plays a program by a simple rule, and notes what each variable held before it was first touched."""

    def __init__(self, prefer: Callable[[Scheduler, list[Task]], Task]) -> None:
        self._prefer = prefer
        self._first: dict[Any, str] = {}

    def listening_to(self, recorder: Recorder) -> _Wandering:
        """Return itself, told who knows of every step."""
        self._recorder = recorder
        return self

    def choose(self, scheduler: Scheduler) -> Task | None:
        """Return the task whose step comes next."""
        ready = scheduler.ready_in_time()
        if not ready or len(scheduler.schedule) >= SURVEYED:
            scheduler.end("paused")
            self._recorder.ended()
            return None
        task = self._prefer(scheduler, ready)
        if touches(task.step) and key_of(task.step) not in self._first:
            self._first[key_of(task.step)] = value_of(self._recorder, task.step)
        return task

    def pick(self, _scheduler: Scheduler, _count: int) -> int:
        """Return the first outcome of a random choice."""
        return 0

    def known(self) -> Known:
        """Return what this schedule showed."""
        places = shared_places(self._recorder.taken)
        groups = grouped(self._recorder.taken, places)
        shared = {key: group for key, group in groups.items() if is_of_many(group)}
        first = [Variable(variable_name(group), self._first[key]) for key, group in shared.items()]
        return Known(places, tuple(variable for variable in first if variable.value))
