"""The scheduler: plays a program so that exactly one of its threads runs at a time, and decides which.

A thread announces each of its steps before it carries it out (`perform`), and hands the baton to whichever
thread a chooser picks. So a schedule is a list of choices, and the same choices give the same schedule.

Source: Musuvathi, Qadeer, Ball, Basler, Nainar, Neamtiu, "Finding and reproducing Heisenbugs in concurrent
programs" (CHESS), OSDI 2008.
"""

from __future__ import annotations

import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ..substitution import place, program_frame
from .bodies import Bodies
from .endings import Abort, Ending
from .points.open_accesses import OpenAccesses
from .points.sites import Site
from .pool import Pool
from .position import Position
from .search import Search
from .steps import Step, as_choice
from .tasks import Task

STALL_S = 5.0


class Parked(Step):
    """Of a daemon that goes round for ever: it never comes to the next step, and nobody waits for it."""

    def __init__(self) -> None:
        super().__init__("go round", None)

    def ready(self) -> bool:
        """Return False."""
        return False


class Scheduler(Position):
    """Plays one schedule after another of a program, from position to position.

    Args:
        pool: the operating-system threads to play on.
        max_steps: a schedule is cut after so many steps.
        max_rounds: a thread that goes round a loop so often without a step is in an infinite loop.

    Attributes:
        bodies: carries out the tasks.
        early_timers: True where a wait may run out at any moment.
        random_choices: True where chance decides as the search does.
        search: decides what happens next in the schedule that is played.
        racing_sites: the places at which an access is a step; None where it is everywhere.
        past: gives the vector clock of a task; None where races are not looked for that way.
        looks_at_open_accesses: True where races are looked for in states, rather than in schedules.
        open: the accesses that are open then.
        marked: True once a progress mark was made, until somebody looks.
        races: the pairs of places that were found to race.
        passed: the places of the accesses that the running thread made since its last step.
        on_call: told of every call of a Python function, as `sys.setprofile` does it; None is faster.
        notice: called with what the program uses that no schedule controls.
        most_tasks: how many threads a schedule had at most.
        used: which of "time", "chance", "notify" and "life" (`is_alive`) any schedule made use of.
        passed_over: the code without points that the program called.
        plain_functions: library functions that touch nothing but what they are given.
        recorder: told of every step, where a schedule is to be shown.
        go_on_after_failure: True to let the other threads go on to their ends.
    """

    def __init__(self, pool: Pool, max_steps: int, max_rounds: int) -> None:
        self.pool, self.max_steps, self.max_rounds = pool, max_steps, max_rounds
        self.bodies = Bodies(self)
        self.search: Search | None = None
        self.random_choices = False
        self.spurious_wakeups = self.early_timers = False
        self.go_on_after_failure = False
        self.recorder: Any = None
        self.notice: Callable[[str], None] = lambda _: None
        self.on_call: Any = None
        self.used: set[str] = set()
        self.most_tasks = 0
        self.passed_over: set[str] = set()
        self.racing_sites: set[Site] | None = None
        self.past: Callable[[Task], list[int]] | None = None
        self.looks_at_open_accesses = False
        self.plain_functions: set[Any] = set()
        self._reset()

    def _reset(self) -> None:
        self.begin(self.early_timers)
        self.passed: set[Site] = set()
        self.races: list[tuple[Site, Site]] = []
        self.open = OpenAccesses() if self.looks_at_open_accesses else None
        self.marked = False
        self.failed_at = 0
        self.names_given = 0
        self.result: Any = None

    # ---- one schedule

    def play(self, program: Callable[[], Any], search: Search, limit_s: float) -> Ending:
        """Play one schedule from start to end.

        Args:
            program: the program's own function.
            search: decides who carries out the next step; it may end the schedule with `end`.
            limit_s: a backstop in seconds for what neither steps nor rounds bound.

        Returns:
            how the schedule ended.
        """
        self._reset()
        self.search = search

        def main() -> None:
            self.result = program()

        thread = threading.Thread(target=main, name="MainThread", daemon=False)
        self.running = self.bodies.begin(self.task_of(thread))
        self.running.worker.gate.open()
        try:
            self._wait(limit_s)
        except BaseException:
            self._give_up("interrupted")
            raise
        return self.ending or Ending("redundant")

    def _wait(self, limit_s: float) -> None:
        """Wait until the schedule is over, or is given up: it takes too long, or nothing happens in it."""
        deadline = time.monotonic() + limit_s
        seen = -1
        while not self.pool.home.pass_within(STALL_S):
            if time.monotonic() > deadline:
                return self._give_up(f"not done within the backstop of {limit_s:g} s")
            if len(self.schedule) == seen and not self.running.rounds:
                where = self.place_of(self.running)
                return self._give_up(f"nothing happens for {STALL_S:g} s: {where}")
            seen = len(self.schedule)
        return None

    def _give_up(self, reason: str) -> None:
        """End the schedule from outside: its running thread unwinds at its next step or round."""
        self.end("uncontrolled", reason, self.running)
        if not self.pool.home.pass_within(STALL_S):
            # blocked outside Python: its thread ends by itself, should it ever come back
            self.ending = Ending("uncontrolled", f"{reason}, and its thread cannot be ended", self.running)

    # ---- one step

    def perform(self, step: Step) -> None:
        """Announce a step of the calling thread; returns when it is this thread's turn to carry it out."""
        me = self.running
        if threading.get_ident() != me.ident:
            raise RuntimeError("this belongs to a program that was explored: only its own threads can use it")
        if self.aborting:
            raise Abort
        me.step, me.rounds = step, 0
        if step.within is not None:
            self.used.add("time")
            self.clock.start(step)
        if self.passed:
            self.passed.clear()
        target = step.target
        if target is not None and target.number < 0:
            self.give_number(target)
        step.number = -1 if target is None else target.number
        if self.recorder is not None:
            self.recorder.announced(me, step)
        following = self.next_task()
        if following is not None and following is not me:
            self.running = following
            following.worker.gate.open()
            me.worker.gate.pass_through()
        if self.aborting:
            raise Abort

    def pick(self, count: int) -> int:
        """Let chance decide between so many outcomes, in a step of the calling thread."""
        self.perform(Step("choose", None))
        self.used.add("chance")
        outcome = self.search.pick(self, count)
        if self.aborting or outcome < 0:
            self.aborting = True
            raise Abort
        self.starts.append(len(self.schedule))
        self.choices.append(as_choice(outcome))
        self.schedule.append(as_choice(outcome))
        if self.recorder is not None:
            self.recorder.drew(outcome, count)
        return outcome

    def access(self, site: Site, owner: Any, part: Any, writes: bool) -> None:
        """Let the calling thread read or write a variable: as a step where threads race for it there."""
        me = self.running
        if self.aborting:
            raise Abort
        variable = self.variables.of(owner)
        if type(owner) is types.GeneratorType and variable.is_shared_with(me.id):
            self.notice("a generator that threads share")  # it runs on between two of its points
        if self.racing_sites is None or site in self.racing_sites:
            step = Step("write" if writes else "read", variable, reads=not writes, part=part)
            step.subject = site
            self.perform(step)
            event = me.newest - 1  # the access is part of its event, where others come after one
        else:
            self._pass(site)
            event = me.newest
        if self.past is not None:
            self.races += variable.races(part, writes, (me.id, event, site), self.past(me))
        elif self.open is not None:
            self.races += self.open.races(me.id, variable, part, writes, site)

    def meet_real_lock(self) -> None:
        """End the schedule where the program uses a lock that could not be replaced."""
        self.end("uncontrolled", f"a lock that could not be replaced: {self.place_of(self.running)}")
        raise Abort

    def _pass(self, site: Site) -> None:
        """Count an access that is no step: it is one in a replay."""
        self.schedule.append(self.running.id)
        self.passed.add(site)
        if len(self.schedule) > self.max_steps:
            self.end("step limit", self._cut())
            raise Abort

    def _cut(self) -> str:
        return f"a schedule was cut after {self.max_steps:,} steps (max_steps)"

    def place_of(self, task: Task) -> str:
        """Return where a task stands, as text."""
        return f"{task.name} {_stands_at(task.ident)}"

    def went_round(self) -> None:
        """Count one round of a loop of the calling thread; a thread that only goes round is ended."""
        me = self.running
        me.rounds += 1
        if self.aborting:
            raise Abort
        if me.rounds > self.max_rounds:
            self._goes_round(me)

    def _goes_round(self, me: Task) -> None:
        if me.daemon:
            self.perform(Parked())
            return
        where = _stands_at(me.ident)
        self.end("infinite loop", f"{me.name} goes round without a step {where}", me)
        raise Abort

    def next_task(self) -> Task | None:
        """Return who carries out the next step, and write it down; None where the schedule is over."""
        if len(self.schedule) >= self.max_steps:
            self.end("step limit", self._cut())
        if self.aborting:
            return None
        task = self.search.choose(self)
        if task is None:
            self.aborting = True
            return None
        self.starts.append(len(self.schedule))
        self.choices.append(task.id)
        self.schedule.append(task.id)
        if self.open is not None:
            self.open.take(task)
        if self.recorder is not None:
            self.recorder.chosen(task, task.step)
        return task

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Play schedules for showing them: without looking for races, and to the first failure."""
        kept = self.racing_sites, self.past, self.go_on_after_failure, self.looks_at_open_accesses
        self.past, self.go_on_after_failure, self.looks_at_open_accesses = None, False, False
        try:
            yield
        finally:
            self.racing_sites, self.past, self.go_on_after_failure, self.looks_at_open_accesses = kept


def _stands_at(ident: int) -> str:
    frame = program_frame(sys._current_frames().get(ident))
    return "" if frame is None else f"at {place(frame.f_code, frame.f_lasti)}"
