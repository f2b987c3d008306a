"""A class of hostile students: each ends within its limit with what it deserves, and the class goes on."""

import contextlib
import csv
import hashlib
import json
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.grading.__main__ import main
from helpers.grading.classes.command import graded_class
from helpers.grading.classes.folder import GradesFolder
from helpers.grading.classes.grading import Rules
from helpers.grading.classes.pool import Pool
from helpers.grading.classes.record import Record
from helpers.grading.classes.submissions import find_submissions
from helpers.grading.sandbox import Limits, bubblewrap
from tests.grading.needing import needs_bubblewrap
from tests.hostile.classes import NAME, SELL, hand_in, hostile_answers, notebook, odd_files, unreadable

LIMIT_S = 3.0
WORKERS = 6
SECRET = "a secret of the environment"
HTML_NAME = "<img src=x onerror=alert(1)>"
ANSWERS = hostile_answers()
ALONE = [each for each in ANSWERS if not each.wanted["alone"].startswith("beyond")]
ODD: dict[str, str] = {}
GOOD = [f"good_{number}" for number in range(1, 6)]

pytestmark = [needs_bubblewrap, pytest.mark.xdist_group("hostile")]


@dataclass(frozen=True)
class Graded:
    folder: Path
    grades: Path
    records: dict[str, Record]
    exit_code: int
    spent_s: float


def state(folder: Path) -> dict[str, tuple]:
    found = {}
    # What Python compiles meanwhile is no answer's work.
    for path in (path for path in sorted(folder.rglob("*")) if "__pycache__" not in str(path)):
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path)] = (path.lstat().st_mtime_ns, digest)
    return found


def servers() -> list[Path]:
    """Processes of sandboxes of this checkout, wherever in the system they are."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_text(errors="replace")
            is_over = "\nState:\tZ" in (process / "status").read_text()
        except OSError:
            continue
        if "helpers.grading.sandbox.server" in words and str(bubblewrap.ROOT) in words and not is_over:
            found.append(process)
    return [each for each in found if not is_of_another_worker(each)]


def is_of_another_worker(process: Path) -> bool:
    """True where another worker of pytest-xdist started it, whose tests go on meanwhile."""
    with contextlib.suppress(OSError):
        while process.name not in ("0", "1"):
            variables = (process / "environ").read_text(errors="replace").split("\0")
            workers = [each for each in variables if each.startswith("PYTEST_XDIST_WORKER=")]
            if workers:
                return workers != [f"PYTEST_XDIST_WORKER={os.environ.get('PYTEST_XDIST_WORKER')}"]
            status = (process / "status").read_text()
            process = process.with_name(re.search(r"^PPid:\s+(\d+)", status, re.MULTILINE)[1])
    return False


@pytest.fixture(scope="module")
def whole_class(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class") / "submitted"
    for student in GOOD:
        hand_in(folder, student, notebook(SELL))
    for each in ANSWERS:
        source = each.source.replace("@SUBMISSIONS@", str(folder))
        hand_in(folder, each.student, notebook(source))
    for student, (content, _) in unreadable().items():
        hand_in(folder, student, content)
    ODD.update(odd_files(folder))
    hand_in(folder, HTML_NAME, notebook(SELL.replace("True", "None")))
    hand_in(folder, "=1+1", notebook(SELL))
    return folder


@pytest.fixture(scope="module")
def with_list(whole_class, tmp_path_factory):
    grades = tmp_path_factory.mktemp("list") / "grades"
    options = ["--out", str(grades), "--limit", str(LIMIT_S), "--workers", str(WORKERS)]
    return graded_by(lambda: main(["grade", str(whole_class), *options]), whole_class, grades)


@pytest.fixture(scope="module")
def alone(whole_class, tmp_path_factory):
    """The same, with the allow-list switched off."""
    grades = tmp_path_factory.mktemp("alone") / "grades"
    rules = Rules(Limits(LIMIT_S), allow_list=False)
    wanted = {each.student for each in ALONE} | {*GOOD}
    submissions = [each for each in find_submissions(whole_class) if each.student in wanted]

    def grade():
        with Pool(rules, workers=WORKERS) as pool:
            graded_class(submissions, rules, GradesFolder(grades, whole_class), pool)
        return 1

    return graded_by(grade, whole_class, grades)


def graded_by(grade, folder: Path, grades: Path) -> Graded:
    watched = [folder.parent / "submitted", bubblewrap.ROOT / "helpers", bubblewrap.ROOT / "exercises"]
    # What Python compiles meanwhile is no answer's work.
    before = [
        {path: what for path, what in state(each).items() if "__pycache__" not in path} for each in watched
    ]
    os.environ["LOCKS_SECRET"] = SECRET
    began = time.monotonic()
    try:
        exit_code = grade()
    finally:
        del os.environ["LOCKS_SECRET"]
    spent_s = time.monotonic() - began
    after = [
        {path: what for path, what in state(each).items() if "__pycache__" not in path} for each in watched
    ]
    assert after == before
    records = {}
    for path in (grades / "records").glob("*/*.json"):
        record = Record.from_json(json.loads(path.read_text(encoding="utf-8")))
        records[record.student] = record
    return Graded(folder, grades, records, exit_code, spent_s)


def came_of(graded: Graded, student: str):
    return next(each for each in graded.records[student].questions if each.question == "01.1")


@pytest.mark.parametrize("hostile", ANSWERS, ids=lambda each: each.student)
def test_at_the_allow_list(with_list, hostile):
    came = came_of(with_list, hostile.student)
    assert hostile.fits("list", came.status, came.points), came
    if hostile.wanted["list"] == hostile.wanted["alone"] != "refused" and hostile.says:
        assert hostile.says in came.reason


@pytest.mark.parametrize("hostile", ALONE, ids=lambda each: each.student)
def test_in_the_sandbox_alone(alone, hostile):
    came = came_of(alone, hostile.student)
    assert hostile.fits("alone", came.status, came.points), came
    assert (hostile.says or "") in came.reason
    assert SECRET not in came.reason


def test_there_are_as_many_kinds_as_asked():
    assert len(ALONE) + len(unreadable()) >= 25
    assert len({each.student for each in ANSWERS}) == len(ANSWERS)


def test_the_class_went_on(with_list, alone):
    for graded in (with_list, alone):
        for student in GOOD:
            came = came_of(graded, student)
            assert (came.status, came.points) == ("graded", 4), came


def test_every_submission_is_accounted_for(with_list):
    assert with_list.exit_code == 1
    with (with_list.grades / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    students = sorted(path.name for path in with_list.folder.iterdir())
    assert sorted(row["student"].removeprefix("'") for row in rows) == students
    for row in rows:
        record = with_list.records[row["student"].removeprefix("'")]
        for each in record.questions:
            assert row[each.question] == ("" if each.points is None else str(each.points))
        if record.reason:
            assert (row["status"], row["points"], row["01.1"]) == ("unreadable", "", "")


def test_what_cannot_be_read_is_said(with_list):
    said = {student: says for student, (_, says) in unreadable().items()} | ODD
    for student, says in said.items():
        record = with_list.records[student]
        assert record.status == "unreadable", student
        assert says in record.reason, student


def test_each_ended_within_its_limit(with_list, alone):
    for graded in (with_list, alone):
        late = sum(came_of(graded, each.student).status == "timeout" for each in ALONE)
        assert late >= 4
        # A guard against one that holds up the class: as if they had come one after another, and a minute.
        assert graded.spent_s < LIMIT_S * late + 60


def test_no_process_is_left(with_list, alone):
    left, deadline = servers(), time.monotonic() + 10
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        # Only what was there: tests beside this one start and end servers of their own.
        left = [each for each in left if each in servers()]
    assert left == []


def test_names_and_reasons_are_escaped(with_list):
    pages = [*with_list.grades.rglob("*.html")]
    assert len(pages) > len(ANSWERS)
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "<img src=x" not in text
    assert "&lt;img src=x" in (with_list.grades / "feedback" / HTML_NAME / NAME / f"{NAME}.html").read_text()


def test_no_cell_of_the_table_is_a_formula(with_list):
    for name in ("grades.csv", "not_graded.csv"):
        with (with_list.grades / name).open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "'=1+1" in (with_list.grades / "grades.csv").read_text()
