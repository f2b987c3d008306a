"""Which code is the learner's program, and which is library code that it runs on.

Locks made by library code (the lock inside an Event, a Queue, a reader-writer lock) are plumbing: they can
be given up like any other, but nobody wants to see them in a trace.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import threading
from functools import lru_cache
from pathlib import Path
from types import CodeType, FrameType, ModuleType

_PACKAGE = Path(__file__).resolve().parents[1]
_LIBRARIES = tuple(
    {os.path.realpath(path) + os.sep for key, path in sysconfig.get_paths().items() if key.endswith("lib")}
    | {os.path.realpath(os.path.dirname(os.__file__)) + os.sep}
)
_OURS = str(_PACKAGE) + os.sep
_WRAPPERS = str(Path(__file__).resolve().parent) + os.sep
_PROGRAMS = (str(_PACKAGE / "lessons") + os.sep, str(_PACKAGE / "grading" / "questions") + os.sep)


@lru_cache(maxsize=4096)
def is_program_file(filename: str) -> bool:
    """Return True for the learner's own code: not the standard library, site-packages or helpers.

    The programs in helpers/lessons and helpers/grading/questions count as
    the learner's. Code without a file (``<string>``,
    ``<frozen ...>``) does not, except a notebook's or a shell's cells.

    >>> is_program_file(os.__file__), is_program_file("/home/ann/bank.py"), is_program_file("<string>")
    (False, True, False)
    """
    if filename.startswith("<"):
        return filename.startswith(("<ipython-input", "<stdin", "<doctest", "<console"))
    path = os.path.realpath(filename)
    if path.startswith(_PROGRAMS):
        return True
    return not path.startswith((_OURS, *_LIBRARIES))


def is_program_module(module: ModuleType) -> bool:
    """Return True for a module of the learner's own."""
    filename = getattr(module, "__file__", None)
    return module.__name__ == "__main__" or (filename is not None and is_program_file(filename))


def is_program_class(cls: type) -> bool:
    """Return True for a class that a module of the learner's own defines."""
    module = sys.modules.get(cls.__module__)
    return module is not None and is_program_module(module)


def program_frame(frame: FrameType | None) -> FrameType | None:
    """Return the nearest frame of the program at or below `frame`, or None."""
    while frame is not None and not is_program_file(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def calling_frame(frame: FrameType) -> FrameType | None:
    """Return the frame that called `frame`, passing over our own wrappers."""
    caller = frame.f_back
    while caller is not None and caller.f_code.co_filename.startswith(_WRAPPERS):
        caller = caller.f_back
    return caller


@lru_cache(maxsize=65536)
def place(code: CodeType, instruction: int) -> str:
    """Return "file:line" of an instruction, given its offset in bytes; a notebook's cell is "cell:line"."""
    line = next(
        (line for start, end, line in code.co_lines() if start <= instruction < end and line is not None),
        code.co_firstlineno,
    )
    return f"{_file_label(code.co_filename)}:{line}"


def _file_label(filename: str) -> str:
    if "ipykernel_" in filename or filename.startswith("<ipython-input"):
        return "cell"
    return os.path.basename(filename)


def lock_role(frame: FrameType) -> str:
    """Return what a lock made in `frame` is: a "lock", a "condition"'s own, or the "inside" of a thing."""
    role, caller = "lock", frame
    if frame.f_code.co_name == "__init__" and isinstance(frame.f_locals.get("self"), threading.Condition):
        role, caller = "condition", calling_frame(frame) or frame
    while caller.f_code.co_filename == "<string>" and caller.f_back is not None:  # a dataclass's __init__
        caller = caller.f_back
    return role if is_program_file(caller.f_code.co_filename) else "inside"
