"""Where a thread stands: in which functions of the program, at which lines, with which plain variables."""

from __future__ import annotations

import sys
from types import FrameType
from typing import NamedTuple

from ...substitution import is_program_file, program_frame
from ..recorder import Recorder, as_text
from ..tasks import Task

MOST_VALUES = 4


class Place(NamedTuple):
    """A function of the program that a thread is in.

    Args:
        function: its name.
        filename: the file that it stands in.
        first_line: where in the file it begins.
        line: where in the file the thread stands.
    """

    function: str
    filename: str
    first_line: int
    line: int


def places(task: Task) -> tuple[Place, ...]:
    """Return the functions of the program that a thread is in, the innermost first."""
    found = []
    frame = _frame_of(task)
    while frame is not None:
        code = frame.f_code
        found.append(Place(code.co_name, code.co_filename, code.co_firstlineno, frame.f_lineno))
        frame = program_frame(frame.f_back)
    return tuple(found)


def raised_at(task: Task) -> tuple[Place, ...]:
    """Return the functions of the program that an error came through, the innermost first."""
    found = []
    traceback = task.error.__traceback__ if task.error is not None else None
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if is_program_file(code.co_filename):
            found.append(Place(code.co_name, code.co_filename, code.co_firstlineno, traceback.tb_lineno))
        traceback = traceback.tb_next
    return tuple(reversed(found))


def values(task: Task) -> tuple[tuple[str, str], ...]:
    """Return the plain variables of the function that a thread is in, which it shares with nobody."""
    frame = _frame_of(task)
    if frame is None:
        return ()
    names = frame.f_code.co_varnames
    shown = [(name, as_text(frame.f_locals[name])) for name in names if name in frame.f_locals]
    plain = [(name, text) for name, text in shown if text and name.isidentifier()]
    return tuple(plain[:MOST_VALUES])


def _frame_of(task: Task) -> FrameType | None:
    if task.done or task.step.verb == "begin":
        return None
    return program_frame(sys._current_frames().get(task.ident))


def does_next(recorder: Recorder, task: Task) -> str:
    """Return the step that a thread has announced, as text; a reader-writer lock's operation is one."""
    operation = recorder.pending.get(-1 - task.id)
    if operation is None or operation.operation is None:
        return recorder.what(task.step)
    told = operation.operation
    if told.effect != "hold":
        return f"{told.effect} {operation.name}"
    tries = "try to " if told.failure == "refused" else ""
    return f"{tries}acquire {operation.name} to {'read' if told.mode == 'shared' else 'write'}"
