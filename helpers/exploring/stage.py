"""A program set on stage: its locks and its code replaced, ready for one schedule after another."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ..substitution import Existing, installed
from ..substitution.constructors import CONSTRUCTORS
from ..substitution.printing import kept_stdout
from ..substitution.standing_in import StandIn
from . import chance, virtual_time
from .endings import Ending
from .importing import import_ahead
from .points.opcodes import check_python
from .points.sites import Now
from .points.swapping import with_points
from .pool import Pool
from .primitives import words
from .restoring import State
from .scheduler import Scheduler
from .search import Search
from .session import ExploreSession
from .states import NotComparable, fingerprint
from .uncontrolled import Watch, watched

COLLECT_EVERY = 1_000
MAX_ROUNDS = 100_000  # of a loop without a step


@dataclass
class Stage:
    """Plays schedules of one program.

    Args:
        program: the program's own function.
        scheduler: what plays it.
        existing: the locks and other objects that were there before.
        watch: what the program does that no schedule controls.
    """

    program: Callable[[], Any]
    scheduler: Scheduler
    existing: Existing
    state: State
    watch: Watch
    kept: list[str]
    output: Any
    backstop_s: float
    played: int = 0

    def play(self, search: Search) -> Ending:
        """Play one schedule, from the state in which the program was found."""
        self.state.restore()
        for lock in self.existing.stand_ins:
            lock.reset()
        self.kept.clear()
        sys.stdout = self.output  # a schedule that was cut may have left another one there
        self.watch.begin()
        ending = self.scheduler.play(self.program, search, self.backstop_s)
        self.watch.end()
        self.played += 1
        if self.played % COLLECT_EVERY == 0:
            gc.collect(1)
        return ending

    def state_of(self) -> Any:
        """Return the state that the program is in, between two steps.

        Raises:
            NotComparable: the program keeps something whose state cannot be seen.
        """
        try:
            return fingerprint(self.scheduler, self.program, self.existing)
        except NotComparable:
            raise
        except Exception as error:  # code of the program that had to be asked for a value
            raise NotComparable(f"{type(error).__name__} when it was looked at") from error

    @property
    def stdout(self) -> str:
        """What the program printed in the newest schedule."""
        return "".join(self.kept)


@contextmanager
def staged(
    program: Callable[[], Any],
    *,
    max_steps: int,
    max_rounds: int = MAX_ROUNDS,
    backstop_s: float,
    always_keeps_stacks: bool = False,
) -> Iterator[Stage]:
    """Set a program on stage; afterwards everything is as it was, and no thread is left.

    Args:
        program: the program's own function.
        max_steps: see `Scheduler`.
        max_rounds: see `Scheduler`.
        backstop_s: how long one schedule may take, in seconds.
        always_keeps_stacks: True where the states of any program are to be compared.

    Raises:
        ValueError: the program reaches a lock that cannot be replaced.
        RuntimeError: this Python's bytecode is not known.
    """
    check_python()
    pool = Pool()
    scheduler = Scheduler(pool, max_steps, max_rounds)
    session = ExploreSession(scheduler)
    constructors = [*CONSTRUCTORS, *virtual_time.CLOCKS, *chance.CHOICES]
    existing = Existing(session.stand_in, lambda value: isinstance(value, StandIn), constructors)
    watch = Watch(session.owns_current_thread)
    scheduler.notice = watch.notice
    with (
        _no_garbage_collection(),
        watched(watch),
        installed(session, lambda: [*words(), *virtual_time.words(), *chance.words()]),
        kept_stdout(session.owns_current_thread) as kept,
    ):
        import_ahead(program)
        existing.replace(program)
        pool.reuses = not any(isinstance(each, threading.local) for each in existing.reached)
        state = State(existing)
        try:
            with with_points(existing.reached, always_keeps_stacks):
                Now.scheduler = scheduler
                yield Stage(program, scheduler, existing, state, watch, kept, sys.stdout, backstop_s)
        finally:
            Now.scheduler = None
            state.restore()
            existing.restore()
            pool.close()


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Keep finalisers from being called in the middle of a schedule, whenever the collector likes."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
