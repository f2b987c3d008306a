"""Playing one given schedule again, step by step, and writing it down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..trace import Trace
from .endings import Ending
from .recorder import Recorder
from .scheduler import Scheduler
from .search import Search
from .stage import Stage
from .steps import TIME, outcome_of
from .tasks import Task
from .telling import tell


@dataclass(frozen=True)
class Played:
    """A schedule that was played and written down."""

    ending: Ending
    trace: Trace
    schedule: tuple[int, ...]
    kind: str
    shown_at: tuple[int, ...] = ()  # for each step that is shown, where in the schedule it is
    loop: int = 0  # how many steps at the end of the schedule repeat for ever

    def step_at(self, position: int) -> int:
        """Return the number of the first shown step at or after a position in the schedule."""
        return sum(1 for at in self.shown_at if at < position)

    @property
    def reason(self) -> str:
        """What there is to say about the end, beside the trace."""
        return self.ending.reason


def play_again(
    stage: Stage, schedule: Sequence[int], at_end: Callable[[Recorder], None] | None = None
) -> Played:
    """Play a schedule with a step at every access, and return it as a trace.

    Args:
        stage: where the program is.
        schedule: for each step, which thread takes it: 0 for the program's own function, then in the order
            of starting.
        at_end: called at its end, while its threads still stand where they are.
    """
    return write_down(stage, lambda recorder: Replay(schedule, recorder), at_end)


def write_down(
    stage: Stage, make_search: Callable[[Recorder], Search], at_end: Callable[[Recorder], None] | None = None
) -> Played:
    """Play whatever a search chooses, with a step at every access, and return it as a trace.

    Args:
        stage: where the program is.
        make_search: given who is told of every step, returns what chooses them.
        at_end: called when the search says that it is over, while the threads still stand where they are.
    """
    scheduler = stage.scheduler
    scheduler.racing_sites, scheduler.past = None, None
    recorder = scheduler.recorder = Recorder(scheduler, at_end)
    for obj, path in stage.existing.named:
        recorder.names.give(obj, path)
    try:
        ending = stage.play(make_search(recorder))
        recorder.ended()
        trace, shown_at = tell(recorder, ending, scheduler.tasks, stage.stdout, scheduler.result)
    finally:
        scheduler.recorder = None
    return Played(ending, trace, tuple(scheduler.schedule), kind_of(ending, trace), shown_at)


class Replay:
    """Follows a schedule with a step at every access, and ends where the list does."""

    def __init__(self, schedule: Sequence[int], recorder: Recorder) -> None:
        self._schedule, self._recorder = tuple(schedule), recorder

    def choose(self, scheduler: Scheduler) -> Task | None:
        """Return the task whose step comes next; None where the schedule is over."""
        ready = scheduler.ready()
        while scheduler.can_time_pass() and (not ready or self._next(scheduler) == TIME):
            scheduler.let_time_pass(ready)
            ready = scheduler.ready()
        number = self._wanted(scheduler, ready)
        if number is not None:
            task = scheduler.tasks[number] if 0 <= number < len(scheduler.tasks) else None
            if task in ready:
                return task
            self._diverge(scheduler, f"cannot be taken by thread {number}")
        elif ready:
            scheduler.end("paused")
        else:
            scheduler.nobody_ready()
        self._recorder.ended()
        return None

    def pick(self, scheduler: Scheduler, count: int) -> int:
        """Return the outcome of a random choice."""
        number = self._next(scheduler)
        if number is not None and 0 <= outcome_of(number) < count:
            return outcome_of(number)
        if number is None:
            scheduler.end("paused")
        else:
            self._diverge(scheduler, f"is a random choice of {count}, and {number} is none of its outcomes")
        self._recorder.ended()
        return -1

    def _wanted(self, scheduler: Scheduler, ready: list[Task]) -> int | None:
        """Return the number of the thread that is to take a step; None where the schedule is over."""
        return self._next(scheduler)

    def _next(self, scheduler: Scheduler) -> int | None:
        at = len(scheduler.schedule)
        return self._schedule[at] if at < len(self._schedule) else None

    def _diverge(self, scheduler: Scheduler, why: str) -> None:
        scheduler.end("diverged", f"step {len(scheduler.schedule)} of the schedule {why}")


def kind_of(ending: Ending, trace: Trace) -> str:
    """Return what a schedule's end is called, as a verdict does.

    A deadlock without a cycle, and without a thread that ended while holding, in which somebody waits on a
    Condition or an Event, is a lost wake-up.
    """
    if ending.kind != "deadlock" or trace.cycle():
        return ending.kind
    ended = {record.name for record in trace.threads if record.ended is not None}
    if any(wait.holder in ended for wait in trace.wait_edges()):
        return "deadlock"
    waits_for_signal = any(
        row.outcome == "waiting" and row.kind in ("condition", "event") for row in trace.rows
    )
    return "lost wake-up" if waits_for_signal else "deadlock"
