"""Where the schedule that is played stands: what was done so far, and who can go on from here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from .clock import Clock, is_running_out
from .endings import Ending
from .points.variables import Variables
from .primitives.waiters import Waiters
from .steps import TIME, Target
from .tasks import Task

PATIENCE = 3  # rounds of a loop, before the next thread gets a turn
MAX_STEPS_AT_ONE_INSTANT = 1_000


class Position:
    """The tasks of a schedule, the objects that they share, and the choices that led here.

    Attributes:
        tasks: who takes part, in the order of their start.
        running: the task that has the baton.
        clock: the virtual time.
        instant_began: how long `schedule` was when time last passed.
        schedule: the ids of the tasks in the order of their steps so far; accesses that are no steps count.
        starts: where in `schedule` each step that was chosen stands.
        choices: whose turn it was: a task's id for each step that was chosen, `TIME` where time passed.
        targets: what the steps so far were about, in the order of first use.
        variables: those of the program.
        ending: how the schedule ended; None while it goes on.
        aborting: True once it is over, and its threads unwind.
    """

    def begin(self, early_timers: bool) -> None:
        """Stand at the beginning of a schedule: nobody takes part yet.

        Args:
            early_timers: True where a wait may run out at any moment.
        """
        self.tasks: list[Task] = []
        self.running: Any = None
        self.clock = Clock(early_timers)
        self.instant_began = 0
        self.schedule: list[int] = []
        self.starts: list[int] = []
        self.choices: list[int] = []
        self.targets: list[Target] = []
        self.variables = Variables()
        self.ending: Ending | None = None
        self.aborting = False
        self._target_of: dict[int, tuple[Any, Any]] = {}
        self._of_thread: dict[threading.Thread, Task] = {}

    # ---- who takes part, and what they share

    def task_of(self, thread: threading.Thread) -> Task:
        """Return the task of a thread, started or not."""
        task = self._of_thread.get(thread)
        if task is None:
            task = self._of_thread[thread] = Task(thread)
        return task

    def target_of(self, obj: Any, make: Callable[[Any], Target]) -> Any:
        """Return the target that stands for an object of Python's own, such as an Event."""
        found = self._target_of.get(id(obj))
        if found is None:
            found = self._target_of[id(obj)] = (obj, make(obj))  # keeps the object, and so its id
        return found[1]

    def number_of(self, obj: Any) -> int:
        """Return the number of an object, in the order of first use."""
        variable = self.variables.of(obj)
        if variable.number < 0:
            self.give_number(variable)
        return variable.number

    def give_number(self, target: Target) -> None:
        """Give a target the next number."""
        target.number = len(self.targets)
        self.targets.append(target)

    def waiters_of(self, condition: Any) -> Waiters:
        """Return who waits on a Condition."""
        return self.target_of(condition, lambda made: Waiters(made._lock))

    # ---- who can go on

    def ready(self) -> list[Task]:
        """Return the tasks whose next step could be carried out now, in the order of their start."""
        return [task for task in self.tasks if not task.done and task.step.ready()]

    def can_time_pass(self) -> bool:
        """Return True where somebody waits for time to pass."""
        return any(is_running_out(task.step) for task in self.tasks if not task.done)

    def must_time_pass(self, ready: list[Task]) -> bool:
        """Return True where it is time's turn: nobody can step, or too many steps were taken by now."""
        if ready and len(self.schedule) - self.instant_began <= MAX_STEPS_AT_ONE_INSTANT:
            return False
        return self.can_time_pass()

    def let_time_pass(self, ready: list[Task]) -> None:
        """Move the clock to the next moment at which a wait runs out; the schedule tells where it had to."""
        self.starts.append(len(self.schedule))
        self.choices.append(TIME)
        if ready:
            self.schedule.append(TIME)
        self.clock.move(task.step for task in self.tasks if not task.done)
        self.instant_began = len(self.schedule)

    def ready_in_time(self) -> list[Task]:
        """Return the tasks that are ready, after as much time as it takes until somebody is."""
        ready = self.ready()
        while self.must_time_pass(ready):
            self.let_time_pass(ready)
            ready = self.ready()
        return ready

    def preferred(self, tasks: list[Task]) -> Task:
        """Return the one of some tasks that goes on by default: the running one, else the first started.

        One that goes round and round may wait for another: then it is the next one's turn.
        """
        me = self.running
        if me not in tasks:
            return tasks[0]
        if me.turns <= PATIENCE:
            return me
        me.turns = 0
        return next((task for task in tasks if task.id > me.id), tasks[0])

    # ---- what was done

    def blocks(self) -> list[list[int]]:
        """Return the schedule cut into one piece an event: its step, and the accesses that followed it."""
        ends = [*self.starts[1:], len(self.schedule)] if self.starts else []
        return [self.schedule[start:end] for start, end in zip(self.starts, ends, strict=True)]

    def end(self, kind: str, reason: str = "", task: Task | None = None) -> None:
        """End the schedule; the first ending counts."""
        if self.ending is None:
            self.ending = Ending(kind, reason, task)
        self.aborting = True

    def nobody_ready(self) -> None:
        """End a schedule in which nobody can move: the program has ended, or is stuck."""
        stuck = any(not task.done and not task.daemon for task in self.tasks)
        self.end("deadlock" if stuck else "ended")
