"""What grading a class takes, beside nbgrader's autograde on the same good submissions.

The classes are of lesson 01, with its three questions. In the larger ones every twentieth student hands in
something that runs for ever, ends its process, prints without end, forks or cannot be read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from .table import Row, Target, middle

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 2
ASSIGNMENT = "01_mutual_exclusion"
BESIDE_NBGRADER = 20
SIZES = (10, 100, 1000)
LIMIT_S = 2.0
EACH_HOSTILE = 20
RATIO = Target("≥", 12)
LARGEST = Target("≤", 300)
HOSTILE = (
    "while True:\n    pass\n",
    "import threading\nthreading.Event().wait()\n",
    "import os\nos._exit(0)\n",
    "while True:\n    print('x' * 1000)\n",
    "import os\nwhile True:\n    os.fork()\n",
)


@dataclass(frozen=True)
class Took:
    """What grading a class took.

    Args:
        students: how many there were.
        seconds: from the command to its end.
        memory_mib: the most that any one of its processes had in memory.
    """

    students: int
    seconds: float
    memory_mib: float

    @property
    def a_minute(self) -> float:
        """Submissions a minute."""
        return 60 * self.students / self.seconds


def rows(rounds: int, sizes: Sequence[int] = SIZES) -> list[Row]:
    """Measure and return the rows.

    Args:
        rounds: how often the twenty good submissions are graded, by both.
        sizes: how many submissions the classes with hostile ones have; each is graded once.

    Raises:
        RuntimeError: where a command does not do what it is measured for.
    """
    ours, theirs = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="locks-bench-") as folder:
            hand_in(Path(folder), BESIDE_NBGRADER, hostile=False)
            ours.append(_ours(Path(folder), BESIDE_NBGRADER))
            theirs.append(_nbgrader(Path(folder), BESIDE_NBGRADER))
    ratios = [one.a_minute / other.a_minute for one, other in zip(ours, theirs, strict=True)]
    peer = middle([each.a_minute for each in theirs])
    name = f"{BESIDE_NBGRADER} good submissions"
    told = [
        Row(f"{name}: submissions a minute", [each.a_minute for each in ours], peer=peer),
        Row(f"{name}: times as many as nbgrader", ratios, RATIO),
    ]
    return [*told, *(row for size in sizes for row in _of_size(size))]


def _of_size(size: int) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="locks-bench-") as folder:
        hand_in(Path(folder), size, hostile=True)
        took = _ours(Path(folder), size)
    name = f"{size:,} submissions, 5 % hostile"
    return [
        Row(f"{name}: seconds", [took.seconds], LARGEST if size == max(SIZES) else None),
        Row(f"{name}: submissions a minute", [took.a_minute]),
        Row(f"{name}: MiB of the largest process", [took.memory_mib]),
    ]


def hand_in(folder: Path, students: int, *, hostile: bool) -> None:
    """Write the submissions of a class, as nbgrader keeps them, into a folder's "submitted"."""
    good = solved()
    for number in range(students):
        notebook = json.loads(good)
        if hostile and number % EACH_HOSTILE == EACH_HOSTILE // 2:
            source = HOSTILE[number // EACH_HOSTILE % len(HOSTILE)]
            _cell(notebook, "answer-1")["source"] = source
        path = folder / "submitted" / f"student {number:05}" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")


def solved() -> str:
    """Return the released notebook with the answers of the solution."""
    notebook, solution = (
        json.loads((ROOT / part / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text(encoding="utf-8"))
        for part in ("exercises", "solutions")
    )
    for cell in notebook["cells"]:
        if cell["id"].startswith("answer"):
            lines = "".join(_cell(solution, cell["id"])["source"]).splitlines(keepends=True)
            cell["source"] = [line for line in lines if not line.strip().startswith("###")]
    return json.dumps(notebook)


def _cell(notebook: dict, id: str) -> dict:
    return next(cell for cell in notebook["cells"] if cell["id"] == id)


def _ours(folder: Path, students: int) -> Took:
    out = folder / "grades"
    command = [sys.executable, "-m", "helpers.grading", "grade", str(folder / "submitted"), "--out", str(out)]
    began = perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*command, "--limit", f"{LIMIT_S:g}"], stdout=said, stderr=said, cwd=ROOT, env=_environment()
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = perf_counter() - began
        said.seek(0)
        words = said.read().decode(errors="replace")
    if process.returncode not in (0, 1) or len(list(out.glob("records/*/*.json"))) != students:
        raise RuntimeError(f"grading ended with {process.returncode}:\n{words}")
    return Took(students, seconds, usage.ru_maxrss / 1024)


def _nbgrader(folder: Path, students: int) -> Took:
    from ..grading.assignments.nbgrading import nbgrader

    release = f"--CourseDirectory.release_directory={folder / 'release'}"
    made = nbgrader(["generate_assignment", ASSIGNMENT, release], folder)
    began = perf_counter()
    graded = nbgrader(["autograde", ASSIGNMENT, release], folder)
    seconds = perf_counter() - began
    found = list(folder.glob(f"autograded/*/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"))
    if made.returncode or graded.returncode or len(found) != students:
        raise RuntimeError(f"nbgrader graded {len(found)} of {students}:\n{made.stderr}{graded.stderr}")
    return Took(students, seconds, 0.0)


def _environment() -> dict[str, str]:
    paths = filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
