"""Writes down one schedule that is to be shown: every step, with its place and the program's own names."""

from __future__ import annotations

import collections
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Any

from ..substitution import Namer, Operation, lock_role, place, program_frame
from .steps import ANY_OBJECT, WHOLE, Attribute, Step
from .tasks import Task

if TYPE_CHECKING:
    from .scheduler import Scheduler

ENOUGH_ROUNDS = 20
MAX_VALUE = 30  # characters of a value that are worth showing


@dataclass(eq=False)
class Taken:
    """One step that was carried out, or a note in its place.

    Args:
        task: who.
        step: what, or None for a note or a step of a reader-writer lock.
        where: "file:line".
        blocked_at: how many steps had been taken when it was first seen blocked; None where it never was.
            Of an operation on a reader-writer lock: when its thread was blocked or took a step inside it.
        note: a progress mark's label.
        operation: what was done with a reader-writer lock, whose name is `name`.
        value: what was read or written.
        at: where in the schedule it is.
    """

    task: Task
    step: Step | None
    where: str
    blocked_at: int | None = None
    note: str = ""
    operation: Operation | None = None
    name: str = ""
    value: str = ""
    at: int = 0


class Recorder:
    """Is told of every step of one schedule.

    Attributes:
        taken: the steps that were carried out, in order.
        names: what the program calls its locks and other objects.
        pending: for each task, the step that it has announced.
        locks: the locks that the program has made.
    """

    def __init__(self, scheduler: Scheduler, at_end: Callable[[Recorder], None] | None = None) -> None:
        self._scheduler, self._at_end = scheduler, at_end
        self.names = Namer()
        self._thread_names = Namer()
        self._task_names: dict[int, str] = {}
        self._written: Taken | None = None
        self._over = False
        self.taken: list[Taken] = []
        self.pending: dict[int, Taken] = {}
        self.locks: list[Any] = []

    # ---- names

    def name_lock(self, frame: FrameType, word: str) -> str:
        """Return the name of a lock that is made in `frame`; empty where it is the inside of something."""
        role = lock_role(frame)
        if role == "condition":
            return self.names.of(frame.f_locals["self"])
        return "" if role == "inside" else self.names.created(frame, word)

    def task_name(self, task: Task) -> str:
        """Return a thread's name; a second one of the same name gets a number."""
        if task.id not in self._task_names:
            self._task_names[task.id] = self._thread_names.unique(task.name)
        return self._task_names[task.id]

    def what(self, step: Step) -> str:
        """Return what a step does, as text."""
        if step.target is None:
            return step.verb
        if step.verb in ("read", "write"):
            return f"{step.verb} {step.subject.text or step.subject.name}"
        if step.verb == "wake up":
            return f"wake up from {self.names.of(step.subject)}"
        name = self._name_of(step.subject)
        if step.verb.startswith("look whether "):
            return f"look whether {name} is {step.verb.removeprefix('look whether ')}"
        return f"{step.verb} {name}"

    def _name_of(self, subject: Any) -> str:
        if isinstance(subject, Task):
            return self.task_name(subject)
        return getattr(subject, "name", None) or self.names.of(getattr(subject, "object", subject))

    # ---- what happens

    def announced(self, task: Task, step: Step) -> None:
        """A task says what it is about to do."""
        self._see_written()
        self.pending[task.id] = Taken(task, step, _where(sys._getframe(2)))

    def chosen(self, task: Task, step: Step) -> None:
        """A task carries its step out now."""
        taken = self.pending.pop(task.id, None) or Taken(task, step, "")
        self._see_who_is_blocked()
        self._operation_began(task)
        taken.at = len(self._scheduler.schedule) - 1
        self.taken.append(taken)
        if step.verb == "read":
            taken.value = self.value_of(step)
        elif step.verb == "write":
            self._written = taken

    def _see_written(self) -> None:
        """Look at what was written by the last step: its thread has gone on by now."""
        if self._written is not None and self._written.step is not None:
            self._written.value = self.value_of(self._written.step)
        self._written = None

    def value_of(self, step: Step) -> str:
        """Return what a variable holds, as a short text; empty where that is not one plain value."""
        owner, part = step.target.owner, step.part
        if type(part) is Attribute:
            keeper = owner if part.owner == ANY_OBJECT else self._scheduler.targets[part.owner].owner
            value = getattr(keeper, "__dict__", {}).get(part.name)
        elif isinstance(owner, types.CellType):
            value = owner.cell_contents if _is_full(owner) else None
        elif part is WHOLE:
            value = owner
        elif isinstance(owner, list):
            value = owner[part] if part < len(owner) else None
        else:
            value = owner.get(part) if isinstance(owner, dict) else None
        return as_text(value)

    def _see_who_is_blocked(self) -> None:
        for waiting in self.pending.values():
            if waiting.blocked_at is None and waiting.step is not None and not waiting.step.ready():
                waiting.blocked_at = len(self.taken)
                self._operation_began(waiting.task)

    def _operation_began(self, task: Task) -> None:
        """Take note of when a thread began an operation on a reader-writer lock, which it had announced."""
        asked = self.pending.get(-1 - task.id)
        if asked is not None and asked.blocked_at is None:
            asked.blocked_at = len(self.taken)

    def ended(self) -> None:
        """The schedule is over; called while its threads still stand where they are, where they do."""
        if self._over:
            return
        self._over = True
        self._see_written()
        self._see_who_is_blocked()
        if self._at_end is not None:
            self._at_end(self)

    def drew(self, outcome: int, count: int) -> None:
        """Chance has decided the step that was taken last."""
        self.taken[-1].value = f"outcome {outcome + 1} of {count}"

    def mark(self, label: str) -> None:
        """The running task makes a progress mark; one that only goes round makes enough of them."""
        if self._scheduler.running.rounds > ENOUGH_ROUNDS:
            return
        at = len(self._scheduler.schedule) - 1
        self.taken.append(Taken(self._scheduler.running, None, _where(sys._getframe(2)), note=label, at=at))

    def around(self, operation: Operation, obj: Any, call: Callable[[], Any], frame: FrameType) -> Any:
        """An operation on a reader-writer lock: tell it as one, and not the locks inside."""
        if (
            self._scheduler.aborting
        ):  # the schedule is over; a `with` that unwinds releases, and that is no step
            return call()
        task = self._scheduler.running
        name = self.names.of(getattr(obj, "c_rw_lock", obj))
        asked = Taken(task, None, _where(frame), operation=operation, name=name)
        outer = self.pending.get(-1 - task.id)
        self.pending[-1 - task.id] = asked
        try:
            result = call()
        finally:
            if not self._scheduler.aborting:  # else the schedule is over, and the thread was still asking
                self.pending.pop(-1 - task.id)
                if outer is not None:
                    self.pending[-1 - task.id] = outer
        asked.at = len(self._scheduler.schedule) - 1
        asked.note = "" if result is not False or not operation.effect else operation.failure
        self.taken.append(asked)
        return result


def _where(frame: FrameType | None) -> str:
    found = program_frame(frame)
    return "" if found is None else place(found.f_code, found.f_lasti)


def _is_full(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - reading an empty cell raises
    except ValueError:
        return False
    return True


def as_text(value: Any) -> str:
    """Return a plain value as a short text; empty where it is not plain, or too long to be shown.

    >>> as_text([1, 2]), as_text(object()), as_text("x" * 99)
    ('[1, 2]', '', '')
    """
    text = repr(value) if _is_plain(value) else ""
    return text if len(text) <= MAX_VALUE else ""


def _is_plain(value: Any) -> bool:
    """Return True for numbers, texts, and containers of these: no code of the program shows them."""
    if type(value) in (list, tuple, set, collections.deque):
        return all(map(_is_plain, value))
    if type(value) is dict:
        return all(_is_plain(each) for item in value.items() for each in item)
    return type(value) in (int, float, str, bool, bytes, type(None))
