"""Who can move next after the first steps of a schedule, with what, and who is blocked by whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..trace import Trace, Wait
from .recorder import Recorder
from .replaying import kind_of, play_again
from .stage import Stage
from .tasks import Task


@dataclass(frozen=True)
class Choice:
    """What one thread is about to do.

    Args:
        thread: its number, as in a schedule.
        name: its name.
        what: the step that it has announced, such as "acquire forks[1]"; empty where it has ended.
        where: "file:line" of that step.
        ready: True where it can take the step now.
        blocked_by: the names of the threads that it waits for.
        ended: True once it has ended.
    """

    thread: int
    name: str
    what: str
    where: str
    ready: bool
    blocked_by: tuple[str, ...]
    ended: bool


@dataclass(frozen=True)
class Choices:
    """The state of a program after the first steps of a schedule.

    Args:
        threads: one `Choice` for each thread that was started, in the order of starting.
        trace: the steps so far, with what is held and waited for.
        kind: "paused" where somebody can move; else how the program ended, as in a `Verdict`.
        schedule: the steps so far.
        reason: what there is to say about the end.
    """

    threads: tuple[Choice, ...]
    trace: Trace
    kind: str
    schedule: tuple[int, ...]
    reason: str = ""

    @property
    def ready(self) -> tuple[int, ...]:
        """The numbers of the threads that can take a step now."""
        return tuple(each.thread for each in self.threads if each.ready)


def choices(stage: Stage, prefix: Sequence[int]) -> Choices:
    """Play the first steps of a program and return who can move next."""
    seen: list[tuple[Task, str, str, bool]] = []

    def look(recorder: Recorder) -> None:
        for task in stage.scheduler.tasks:
            pending = recorder.pending.get(task.id)
            where = "" if pending is None else pending.where
            what = "" if task.done else recorder.what(task.step)
            seen.append((task, what, where, not task.done and task.step.ready()))

    played = play_again(stage, prefix, at_end=look)
    waits = played.trace.wait_edges()
    names = [record.name for record in played.trace.threads]
    threads = tuple(
        choice_of(Choice, task, name, waits, what=what, where=where, ready=ready)
        for (task, what, where, ready), name in zip(seen, names, strict=True)
    )
    kind, reason = kind_of(played.ending, played.trace), played.ending.reason
    return Choices(threads, played.trace, kind, played.schedule, reason)


def choice_of(make: Callable[..., Any], task: Task, name: str, waits: Sequence[Wait], **found: Any) -> Any:
    """Return a `Choice`, or what `make` makes in its place, of a task; the waits say what blocks it."""
    blocked_by = tuple(wait.holder for wait in waits if wait.thread == name)
    return make(thread=task.id, name=name, blocked_by=blocked_by, ended=task.done, **found)
