"""A recorded schedule, told as a Trace: the unit is the step, and each step that is shown has a number."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from readerwriterlock import rwlock

from ..substitution import is_program_file, place
from ..trace import Row, ThreadRecord, Trace
from .endings import Ending
from .names import variable_names
from .primitives import ExploredLock
from .recorder import Recorder, Taken
from .tasks import Task

# Where an object lies in memory differs from process to process.
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_TRIES = ("try to acquire", "try to put", "try to get")
_GETS = ("acquire", "try to acquire")


def tell(
    recorder: Recorder, ending: Ending, tasks: list[Task], stdout: str, result: Any
) -> tuple[Trace, tuple[int, ...]]:
    """Return the trace of a schedule that was recorded, and where in the schedule each shown step is."""
    telling = _Telling(recorder, ending, tasks)
    return telling.trace(stdout, result), telling.shown_at()


@dataclass
class _Open:
    """A hold that has not been given back yet."""

    taken: Taken
    at: int
    requested: int


class _Telling:
    def __init__(self, recorder: Recorder, ending: Ending, tasks: list[Task]) -> None:
        self._recorder, self._ending, self._tasks = recorder, ending, tasks
        self._names = variable_names(recorder.taken)
        self._shown = [index for index, taken in enumerate(recorder.taken) if self._is_shown(taken)]
        self._number = {index: number for number, index in enumerate(self._shown)}
        self._open: dict[tuple[int, str], list[_Open]] = defaultdict(list)
        self._arrived: dict[int, tuple[Taken, int]] = {}
        self._waiting: dict[int, tuple[Taken, int]] = {}
        self.rows: list[Row] = []

    def trace(self, stdout: str, result: Any) -> Trace:
        for index, taken in enumerate(self._recorder.taken):
            if index in self._number:
                self._tell(taken, self._number[index])
            elif taken.step is not None and taken.step.verb == "join":
                self._tell_join(taken, self._number_after(index))
        self._tell_failure()
        end = len(self._shown) + (self._ending.kind != "ended")  # a last column for how it stands at the end
        self._tell_open(end)
        self.rows.sort(key=lambda row: (row.requested, row.acquired if row.acquired is not None else end))
        return Trace(
            rows=tuple(self.rows),
            threads=tuple(self._record(task, end) for task in self._tasks),
            duration=float(end),
            unit="step",
            finished=self._ending.kind == "ended",
            stdout=stdout,
            result=result,
        )

    # ---- which steps are shown

    def shown_at(self) -> tuple[int, ...]:
        return tuple(self._recorder.taken[index].at for index in self._shown)

    def _is_shown(self, taken: Taken) -> bool:
        if taken.operation is not None or taken.note:
            return True
        step = taken.step
        if step is None or step.verb in ("begin", "end", "start", "join"):
            return False
        if isinstance(step.target, ExploredLock) and step.subject is step.target:
            return bool(step.target.name)
        if step.verb in ("read", "write"):
            return id(step) in self._names and step.subject.filename != rwlock.__file__
        return True

    def _number_after(self, index: int) -> int:
        """Return the number of the first shown step at or after a step."""
        return next((number for number, shown in enumerate(self._shown) if shown >= index), len(self._shown))

    def _requested(self, taken: Taken, number: int) -> int:
        """Return when a task began to wait: only from when it was blocked, not while it was not its turn."""
        return number if taken.blocked_at is None else min(number, self._number_after(taken.blocked_at))

    # ---- one step

    def _tell(self, taken: Taken, number: int) -> None:
        step = taken.step
        if taken.operation is not None:
            self._tell_reader_writer(taken, number)
        elif step is None:
            self._add(taken, number, "note", taken.note, "note")
        elif step.verb == "choose":
            self._add(taken, number, "note", taken.value, "chance")
        elif step.verb in ("read", "write"):
            self._add(taken, number, step.verb, self._names[id(step)], step.verb)
        elif isinstance(step.subject, ExploredLock):
            self._tell_lock(taken, number, step.subject)
        else:
            self._tell_other(taken, number)

    def _tell_join(self, taken: Taken, number: int) -> None:
        """Tell a wait for a thread's end; one that did not have to wait says nothing."""
        requested = self._requested(taken, number)
        if requested < number:
            name = self._subject_name(taken)
            self._row(taken, "join", name, "wait", requested, number, None, None, taken.step.outcome)

    def _tell_lock(self, taken: Taken, number: int, lock: ExploredLock) -> None:
        if taken.step.verb in _GETS:
            self._tell_acquire(taken, number, lock.name)
        elif taken.step.verb == "release":
            if taken.step.outcome == "done":
                self._close("lock", taken, number, lock.name)
            else:
                self._row(taken, "lock", lock.name, "release", number, None, number, None, "raised")
        else:
            self._add(taken, number, "lock", lock.name, "locked?")

    def _tell_acquire(self, taken: Taken, number: int, name: str) -> None:
        requested, outcome = self._requested(taken, number), taken.step.outcome
        if outcome == "done":
            self._open[taken.task.id, name].append(_Open(taken, number, requested))
        else:
            self._row(taken, "lock", name, "exclusive", requested, None, number, None, outcome)

    def _close(self, kind: str, taken: Taken, number: int, name: str, mode: str = "exclusive") -> None:
        holds = self._open[taken.task.id, name] or next(
            (holds for (_, held), holds in self._open.items() if held == name and holds), None
        )
        if holds:
            hold, by = holds.pop(), self._name(taken.task)
            self._row(hold.taken, kind, name, mode, hold.requested, hold.at, number, by, "acquired")

    def _tell_reader_writer(self, taken: Taken, number: int) -> None:
        operation = taken.operation
        if operation.effect == "hold" and not taken.note:
            hold = _Open(taken, number, self._requested(taken, number))
            self._open[taken.task.id, taken.name].append(hold)
        elif operation.effect == "hold":
            requested = self._requested(taken, number)
            self._row(taken, "rw", taken.name, operation.mode, requested, None, number, None, taken.note)
        elif operation.effect == "release":
            mode = self._mode_held(taken)
            self._close("rw", taken, number, taken.name, mode)
        elif operation.effect == "downgrade":
            self._close("rw", taken, number, taken.name, "exclusive")
            self._open[taken.task.id, taken.name].append(_Open(taken, number, number))

    def _mode_held(self, taken: Taken) -> str:
        holds = self._open[taken.task.id, taken.name]
        held = holds[-1].taken.operation if holds else taken.operation
        return "shared" if held.effect == "downgrade" else held.mode

    def _tell_other(self, taken: Taken, number: int) -> None:
        step, name = taken.step, self._subject_name(taken)
        kind = _kind(taken)
        if kind == "semaphore" and step.verb in _GETS:
            if step.outcome == "done":
                self._open[taken.task.id, name].append(_Open(taken, number, self._requested(taken, number)))
            else:
                requested = self._requested(taken, number)
                self._row(taken, kind, name, "shared", requested, None, number, None, step.outcome)
        elif kind == "semaphore":
            self._close(kind, taken, number, name, "shared")
        elif kind == "condition" and step.verb == "wait":
            self._close("lock", taken, number, step.target.name)
            self._waiting[taken.task.id] = (taken, number)
        elif kind == "condition" and step.verb == "wake up":
            waits, since = self._waiting.pop(taken.task.id)
            self._row(waits, kind, name, "wait", since, number, None, None, step.outcome)
            self._open[taken.task.id, step.target.name].append(_Open(waits, number, number))
        elif kind == "barrier" and step.verb == "arrive" and step.outcome == "opened":
            self._row(taken, kind, name, "wait", number, number, None, None, "done")
        elif kind == "barrier" and step.verb == "arrive":
            self._arrived[taken.task.id] = (taken, number)
        elif kind == "barrier" and step.verb == "wait":
            arrived, since = self._arrived.pop(taken.task.id)
            self._row(arrived, kind, name, "wait", since, number, None, None, step.outcome)
        else:
            ended = step.outcome != "done"
            requested = self._requested(taken, number)
            granted, end = (None, number) if ended else (number, None)
            self._row(taken, kind, name, _mode(step.verb), requested, granted, end, None, step.outcome)

    # ---- the end

    def _tell_failure(self) -> None:
        task = self._ending.task
        if self._ending.kind == "failure" and task is not None:
            label = type(task.error).__name__
            where = _raised_at(task)
            number = len(self._shown)
            raised = Row(self._name(task), "note", label, "note", number, number, None, None, "raised", where)
            self.rows.append(raised._replace(value=_message(task.error)))

    def _tell_open(self, end: int) -> None:
        for (_, name), holds in self._open.items():
            for hold in holds:
                kind, mode = _hold_kind(hold.taken)
                self._row(hold.taken, kind, name, mode, hold.requested, hold.at, None, None, "held")
        for waits, since in [*self._waiting.values()]:
            self._row(
                waits, "condition", self._subject_name(waits), "wait", since, None, None, None, "waiting"
            )
        for arrived, since in self._arrived.values():
            stuck = arrived.task.id in self._recorder.pending
            name = self._subject_name(arrived)
            outcome, granted = ("waiting", None) if stuck else ("done", since)
            self._row(arrived, "barrier", name, "wait", since, granted, None, None, outcome)
        for key, pending in sorted(self._recorder.pending.items()):
            self._tell_pending(key, pending, end)

    def _tell_pending(self, key: int, pending: Taken, end: int) -> None:
        """Tell what a task waits for at the end; one that could go on does not wait."""
        if pending.task.done or pending.blocked_at is None or key in self._waiting or key in self._arrived:
            return
        requested = self._number_after(pending.blocked_at)
        if pending.operation is not None:
            if not self._is_blocked(pending.task):
                return
            kind, name, mode = "rw", pending.name, pending.operation.mode
        elif pending.step.ready() or not (self._is_shown(pending) or pending.step.verb == "join"):
            return
        elif pending.step.verb == "join":
            kind, name, mode = "join", self._subject_name(pending), "wait"
        elif isinstance(pending.step.subject, ExploredLock):
            kind, name, mode = "lock", pending.step.subject.name, "exclusive"
        else:
            kind, name, mode = _kind(pending), self._subject_name(pending), _mode(pending.step.verb)
            mode = "shared" if kind == "semaphore" else mode
        self._row(pending, kind, name, mode, requested, None, None, None, "waiting")

    def _is_blocked(self, task: Task) -> bool:
        pending = self._recorder.pending.get(task.id)
        return pending is not None and pending.step is not None and not pending.step.ready()

    def _record(self, task: Task, end: int) -> ThreadRecord:
        mine = [i for i in self._shown if self._recorder.taken[i].task is task]
        begins = [i for i, taken in enumerate(self._recorder.taken) if taken.task is task]
        started = float(self._number_after(begins[0])) if begins else float(end)
        if task.done:
            ended = float(self._number[mine[-1]] + 1) if mine else started
            ended = float(end) if self._ending.task is task else ended
            return ThreadRecord(self._name(task), started, ended)
        pending = self._recorder.pending.get(task.id)
        return ThreadRecord(self._name(task), started, None, 0.0, "" if pending is None else pending.where)

    # ---- rows

    def _name(self, task: Task) -> str:
        return self._recorder.task_name(task)

    def _subject_name(self, taken: Taken) -> str:
        subject = taken.step.subject
        if isinstance(subject, Task):
            return self._name(subject)
        if subject is None:
            return ""
        return self._recorder.names.of(getattr(subject, "object", subject))

    def _add(self, taken: Taken, number: int, kind: str, name: str, mode: str) -> None:
        self._row(taken, kind, name, mode, number, number, None, None, "done")

    def _row(
        self,
        taken: Taken,
        kind: str,
        name: str,
        mode: str,
        requested: int,
        acquired: int | None,
        released: int | None,
        released_by: str | None,
        outcome: str,
    ) -> None:
        times = [None if time is None else float(time) for time in (requested, acquired, released)]
        row = Row(self._name(taken.task), kind, name, mode, *times, released_by, outcome, taken.where)
        self.rows.append(row._replace(value=taken.value))


def _kind(taken: Taken) -> str:
    if isinstance(taken.step.subject, threading.Condition):
        return "condition"
    return "sleep" if taken.step.target is None else taken.step.target.kind


def _mode(verb: str) -> str:
    return verb.removeprefix("try to ")


def _hold_kind(taken: Taken) -> tuple[str, str]:
    if taken.operation is not None:
        return "rw", "shared" if taken.operation.effect == "downgrade" else taken.operation.mode
    if _kind(taken) == "semaphore":
        return "semaphore", "shared"
    return "lock", "exclusive"


def _message(error: BaseException) -> str:
    """Return the first line of an error's own text; the program's code is not asked for one."""
    text = error.args[0] if error.args and type(error.args[0]) is str else ""
    return _ADDRESS.sub("", text.partition("\n")[0])[:200]


def _raised_at(task: Task) -> str:
    where, traceback = "", task.error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if is_program_file(code.co_filename):
            where = place(code, traceback.tb_lasti)
        traceback = traceback.tb_next
    return where
