"""Runs a notebook top to bottom in a fresh kernel, and tells all that a learner should not have to see."""

import copy
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

# A slow cell is measured; one that is slower than its limit by this many seconds is stuck, and interrupted.
GRACE_S = 5

# Runs before the lesson: notes which threads the kernel has of its own, and listens for any that raises.
BEFORE = """
def _watch():
    import sys, threading
    raised, usual = [], threading.excepthook
    def record(args):
        raised.append(f"{args.thread.name} raised {args.exc_type.__name__}: {args.exc_value}")
        usual(args)
    threading.excepthook = record
    sys._lesson_watch = raised, set(threading.enumerate())
_watch()
del _watch
"""

# Runs after the lesson, and prints what BEFORE has seen since. Threads get a moment to end.
AFTER = """
def _tell(patience_s=1.0):
    import json, sys, threading, time
    raised, before = sys._lesson_watch
    # The kernel starts threads of its own when it needs them, as for sending its first large picture.
    of_kernel = ("ipykernel", "IPython", "tornado", "zmq")
    def left():
        new = (t for t in threading.enumerate() if t not in before)
        return [t.name for t in new if not type(t).__module__.startswith(of_kernel)]
    deadline = time.monotonic() + patience_s
    while left() and time.monotonic() < deadline:
        time.sleep(0.02)
    print(json.dumps({"python": sys.executable, "raised": raised, "left": left()}))
_tell()
"""


@dataclass(frozen=True)
class Limits:
    """Seconds that a cell and a whole lesson may take."""

    cell_s: float = 10.0
    lesson_s: float = 60.0


LIMITS = Limits()


@dataclass(frozen=True)
class LessonRun:
    """What one run showed: its seconds, the interpreter it used, and its problems in the order they arose."""

    seconds: float
    python: str
    problems: tuple[str, ...]


class Stopwatch:
    """Times each cell; nbclient calls `start` before it and `stop` after it, be it well or not."""

    def __init__(self):
        self.cell_s = {}

    def start(self, cell, cell_index):
        self.started = time.monotonic()

    def stop(self, cell, cell_index, execute_reply):
        self.cell_s[cell_index] = time.monotonic() - self.started


def run_lesson(notebook: nbformat.NotebookNode, folder: Path, limits: Limits = LIMITS) -> LessonRun:
    """Runs a copy of `notebook` in `folder` with the Python that runs this."""
    watched = with_hidden_cells(notebook)
    watch = Stopwatch()
    client = NotebookClient(
        watched,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        timeout=math.ceil(limits.cell_s) + GRACE_S,
        on_cell_execute=watch.start,
        on_cell_executed=watch.stop,
    )
    raised = ()
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raised = (f"a cell raised: {error}",)
    seconds = sum(watch.cell_s.values())
    told = last_words(watched)
    problems = (
        *raised,
        *slow_cells(watch, limits),
        *([f"the lesson took {seconds:.1f} s"] if seconds > limits.lesson_s else []),
        *error_output(watched),
        *told.get("raised", ()),
        *(f"thread left behind: {name}" for name in told.get("left", ())),
    )
    return LessonRun(seconds, told.get("python", ""), problems)


def with_hidden_cells(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    watched = copy.deepcopy(notebook)
    watched.cells.insert(0, nbformat.v4.new_code_cell(BEFORE))
    watched.cells.append(nbformat.v4.new_code_cell(AFTER))
    return watched


def last_words(notebook: nbformat.NotebookNode) -> dict:
    """What the hidden last cell printed; empty if the run did not come that far."""
    texts = [output.text for output in notebook.cells[-1].outputs if output.get("name") == "stdout"]
    return json.loads("".join(texts)) if texts else {}


def slow_cells(watch: Stopwatch, limits: Limits) -> list[str]:
    # The hidden first cell shifts the lesson's cells by one, so that an index is a cell's number from 1.
    return [
        f"cell {number} took {spent_s:.1f} s"
        for number, spent_s in watch.cell_s.items()
        if spent_s > limits.cell_s
    ]


def error_output(notebook: nbformat.NotebookNode) -> list[str]:
    """All that went to stderr: warnings, tracebacks of threads, log lines."""
    return [
        f"cell {number} wrote to stderr: {output.text.strip()}"
        for number, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", ())
        if output.get("name") == "stderr"
    ]
