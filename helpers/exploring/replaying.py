"""Playing one given schedule again, step by step, and writing it down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..trace import Trace
from .recorder import Recorder
from .scheduler import Chooser, Ending, Scheduler
from .stage import Stage
from .steps import TIME
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
    scheduler = stage.scheduler
    scheduler.racing_sites, scheduler.past = None, None
    recorder = scheduler.recorder = Recorder(scheduler, at_end)
    for obj, path in stage.existing.named:
        recorder.names.give(obj, path)
    try:
        ending = stage.play(following(tuple(schedule), recorder))
        recorder.ended()
        trace, shown_at = tell(recorder, ending, scheduler.tasks, stage.stdout, scheduler.result)
    finally:
        scheduler.recorder = None
    return Played(ending, trace, tuple(scheduler.schedule), kind_of(ending, trace), shown_at)


def following(schedule: tuple[int, ...], recorder: Recorder) -> Chooser:
    """Return a chooser that follows a schedule, and ends it where the list does."""

    def choose(scheduler: Scheduler) -> Task | None:
        ready = scheduler.ready()
        at = len(scheduler.schedule)
        while scheduler.can_time_pass() and (not ready or schedule[at : at + 1] == (TIME,)):
            scheduler.let_time_pass(ready)
            ready, at = scheduler.ready(), len(scheduler.schedule)
        task: Task | None
        if at < len(schedule):
            number = schedule[at]
            task = scheduler.tasks[number] if 0 <= number < len(scheduler.tasks) else None
            if task is not None and not task.done and task.step.ready():
                return task
            scheduler.end("diverged", f"step {at} of the schedule cannot be taken by thread {number}", task)
        elif ready:
            scheduler.end("paused")
        else:
            scheduler.nobody_ready()
        recorder.ended()
        return None

    return choose


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
