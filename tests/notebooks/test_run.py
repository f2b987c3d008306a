"""Each lesson, top to bottom in a fresh kernel; and each rule that a lesson is held to, shown at work."""

import sys
from pathlib import Path

import nbformat
import pytest

from tests.notebooks.harness import LIMITS, Limits, run_lesson
from tools.check_notebooks import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(autouse=True)
def private_folders(tmp_path, monkeypatch):
    """Keeps a learner's own Jupyter settings out of the test, and the test's predictions out of theirs."""
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("LOCKS_COURSE_HOME", str(tmp_path / "course_home"))
    monkeypatch.delenv("JUPYTER_PATH", raising=False)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson(path: Path, record_property):
    run = run_lesson(nbformat.read(path, as_version=4), path.parent)
    record_property(f"lesson {path.stem}", run.seconds)
    assert not run.problems, "\n".join(run.problems)


def run_cells(folder: Path, *sources: str, limits: Limits = LIMITS):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return run_lesson(nbformat.v4.new_notebook(cells=cells), folder, limits)


def test_a_good_lesson_passes_in_this_python(tmp_path):
    run = run_cells(
        tmp_path,
        "from threading import Thread\nthread = Thread(target=print)\nthread.start()\nthread.join()",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    )
    assert run.problems == ()
    assert run.python == sys.executable


RAISE = """
from threading import Thread
thread = Thread(target=lambda: 1 / 0, name="W1")
thread.start()
thread.join()
"""

LEAVE = """
from threading import Event, Thread
Thread(target=Event().wait, args=(60,), name="W2", daemon=True).start()
"""


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("1 / 0", "a cell raised: "),
        (RAISE, "W1 raised ZeroDivisionError"),
        (LEAVE, "thread left behind: W2"),
        ("import warnings\nwarnings.warn('old')", "cell 1 wrote to stderr: "),
        ("import sys\nprint('oh', file=sys.stderr)", "cell 1 wrote to stderr: oh"),
        ("import os\nos._exit(1)", "a cell raised: "),
    ],
    ids=["raising cell", "raising thread", "thread left", "warning", "stderr", "dead kernel"],
)
def test_a_bad_cell_is_told(tmp_path, source, problem):
    found = run_cells(tmp_path, source).problems
    assert any(line.startswith(problem) for line in found), found


@pytest.mark.parametrize(
    ("limits", "problem"),
    [(Limits(cell_s=0.2), "cell 2 took 0."), (Limits(lesson_s=0.2), "the lesson took ")],
    ids=["cell", "lesson"],
)
def test_a_slow_one_is_told(tmp_path, limits, problem):
    found = run_cells(tmp_path, "1", "import time\ntime.sleep(0.3)", limits=limits).problems
    assert any(line.startswith(problem) for line in found), found


def test_a_stuck_cell_is_interrupted(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.notebooks.harness.GRACE_S", 1)
    found = run_cells(tmp_path, "import time\ntime.sleep(60)", limits=Limits(cell_s=1)).problems
    assert any("timed out" in line for line in found), found
