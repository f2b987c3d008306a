"""A task: one thread of the explored program, from its start to its end."""

from __future__ import annotations

import threading
from typing import Any

from .clock import is_running_out
from .pool import Worker
from .steps import Step, Target


class Task(Target):
    """One thread of the program; as a target, it is what `join` waits for.

    Attributes:
        id: 0 for the program's own function, then in the order of starting; -1 before its start.
        ident: the identifier of the operating-system thread that carries it out.
        step: what it is about to do.
        newest: the index of its newest event, or of a later moment at which time passed; before its first,
            that of the event that started it.
        done: True once it has ended; `unwound` once its thread is free for another task.
        rounds: how often it went round a loop since its last step.
        turns: how often it went round a loop that may never end, since it last got the baton.
        came_round: True where it has done so since it was looked at last.
    """

    __slots__ = (
        "came_round",
        "daemon",
        "done",
        "error",
        "id",
        "ident",
        "name",
        "newest",
        "rounds",
        "step",
        "thread",
        "turns",
        "unwound",
        "worker",
    )
    kind = "join"

    def __init__(self, thread: threading.Thread) -> None:
        super().__init__()
        self.thread, self.name, self.daemon = thread, thread.name, thread.daemon
        self.id, self.ident, self.newest, self.rounds, self.turns = -1, 0, -1, 0, 0
        self.step = Step("begin", None)
        self.worker: Worker | None = None
        self.done = self.unwound = self.came_round = False
        self.error: BaseException | None = None

    def state(self) -> bool:
        """Return True where nobody waits for it: after its end, and before its start, which is an error."""
        return self.done or self.id < 0

    def waits_for(self) -> str:
        """Return the kind of what its step waits for: "time", or that of a row in a trace."""
        if is_running_out(self.step):
            return "time"
        return self.step.waits_for()

    def __repr__(self) -> str:
        return self.name


class Join(Step):
    """Waits until a task has ended."""

    __slots__ = ()

    def __init__(self, task: Task, within: float | None) -> None:
        super().__init__("join", task, reads=True, within=within)

    def ready_in(self, state: Any) -> bool:
        """Return True once the thread has ended."""
        return state or self.expired
