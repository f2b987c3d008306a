"""What was graded is kept while nothing changed; nothing is written by halves."""

import csv
import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.grading.__main__ import main
from helpers.grading.classes import command, versions, writing
from helpers.grading.classes.folder import GradesFolder
from helpers.grading.classes.grading import Rules, graded
from helpers.grading.classes.record import Record
from helpers.grading.classes.submissions import find_submissions
from helpers.grading.sandbox import Limits, Outcome, bubblewrap
from tests.grading.needing import needs_bubblewrap
from tests.hostile.classes import NAME, SELL, hand_in, notebook

STUDENTS = ("ada", "bo", "cy")


class Pool:
    """Grades without looking, and remembers whom it was asked for."""

    def __init__(self, *, status="graded", points=3, fails_after=99):
        self.asked, self.status, self.points, self.fails_after = [], status, points, fails_after

    def grade(self, submissions):
        for submission in submissions:
            if len(self.asked) == self.fails_after:
                raise KeyboardInterrupt
            self.asked.append(submission.student)
            yield graded(submission, Rules(), self._one)

    def _one(self, job):
        points = self.points if self.status == "graded" else None
        return Outcome(job.question, self.status, points, 4, "" if points == 4 else "a reason")


@pytest.fixture
def handed_in(tmp_path):
    for student in STUDENTS:
        hand_in(tmp_path / "in", student, notebook(SELL, name=student))
    return tmp_path / "in"


def grade(handed_in, pool, rules=None):
    out = handed_in.parent / "out"
    folder = GradesFolder(out, handed_in)
    return command.graded_class(find_submissions(handed_in), rules or Rules(), folder, pool)


def table(handed_in, name="grades.csv"):
    with (handed_in.parent / "out" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_did_not_change_is_kept(handed_in, capsys):
    first, second = Pool(), Pool()
    assert grade(handed_in, first) == grade(handed_in, second)
    assert (first.asked, second.asked) == ([*STUDENTS], [])
    assert "3 of 3 were graded before" in capsys.readouterr().out


def test_a_changed_submission_is_graded_again(handed_in):
    grade(handed_in, Pool())
    path = handed_in / "bo" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text() + " ")
    pool = Pool()
    grade(handed_in, pool)
    assert pool.asked == ["bo"]


@pytest.mark.parametrize("what", ["checker_version", "questions_version"])
def test_where_the_checks_changed_all_is_graded_again(handed_in, monkeypatch, what):
    grade(handed_in, Pool())
    monkeypatch.setattr(f"helpers.grading.classes.grading.{what}", lambda *_: "another")
    pool = Pool()
    grade(handed_in, pool)
    assert pool.asked == [*STUDENTS]


def test_other_limits_are_another_grade(handed_in):
    grade(handed_in, Pool())
    pool = Pool()
    grade(handed_in, pool, Rules(Limits(seconds=99)))
    assert pool.asked == [*STUDENTS]


@pytest.mark.parametrize("lost", ["records/bo/01_mutual_exclusion.json", f"feedback/bo/{NAME}/{NAME}.html"])
def test_what_was_lost_is_made_again(handed_in, lost):
    grade(handed_in, Pool())
    (handed_in.parent / "out" / lost).unlink()
    pool = Pool()
    grade(handed_in, pool)
    assert pool.asked == ["bo"]


def test_a_broken_record_does_not_count(handed_in):
    grade(handed_in, Pool())
    (handed_in.parent / "out/records/bo/01_mutual_exclusion.json").write_text('{"format": 1')
    (handed_in.parent / "out/records/cy/01_mutual_exclusion.json").write_text("[]")
    pool = Pool()
    grade(handed_in, pool)
    assert pool.asked == ["bo", "cy"]


def test_an_interrupted_class_goes_on(handed_in):
    with pytest.raises(KeyboardInterrupt):
        grade(handed_in, Pool(fails_after=2))
    assert [row["student"] for row in table(handed_in)] == ["ada", "bo"]
    pool = Pool()
    grade(handed_in, pool)
    assert pool.asked == ["cy"]
    assert [row["student"] for row in table(handed_in)] == [*STUDENTS]


def test_what_is_not_graded_is_an_empty_cell_and_listed_apart(handed_in):
    grade(handed_in, Pool(status="timeout"))
    for row in table(handed_in):
        assert (row["status"], row["points"], row["max"], row["01.1"]) == ("incomplete", "", "16", "")
    apart = table(handed_in, "not_graded.csv")
    assert {row["status"] for row in apart} == {"timeout", "missing"}
    assert len(apart) == 9


def test_points_of_zero_are_a_zero(handed_in):
    grade(handed_in, Pool(points=0))
    assert {row["01.1"] for row in table(handed_in)} == {"0"}


def test_two_notebooks_with_the_same_name_are_told(handed_in, capsys):
    hand_in(handed_in, "dora", notebook(SELL, name="ADA"))
    records = grade(handed_in, Pool())
    command._tell(records, handed_in.parent / "out")
    assert "The same name, ada, is in the notebooks of ada, dora." in capsys.readouterr().out
    report = (handed_in.parent / "out/report.html").read_text(encoding="utf-8")
    assert "the same name in their notebooks: ada" in report


def test_a_record_comes_back_as_it_was(handed_in):
    record = graded(find_submissions(handed_in)[0], Rules(), Pool()._one).record
    assert Record.from_json(json.loads(json.dumps(record.to_json()))) == record


@pytest.mark.parametrize("data", [None, [], {}, {"format": 2}, {"format": 1, "questions": 7}])
def test_what_is_no_record_is_said(data):
    with pytest.raises(ValueError, match=r"record|format"):
        Record.from_json(data)


@pytest.mark.parametrize(
    ("out", "says"),
    [("in/grades", "in or around"), (".", "in or around"), ("other", "holds something else than grades")],
)
def test_a_folder_that_grades_cannot_go_to(handed_in, out, says):
    (handed_in.parent / "other").mkdir()
    (handed_in.parent / "other/thesis.txt").write_text("mine")
    with pytest.raises(ValueError, match=says):
        GradesFolder(handed_in.parent / out, handed_in)


def test_the_folder_of_another_course(handed_in, tmp_path):
    grade(handed_in, Pool())
    hand_in(tmp_path / "next year", "ada", notebook(SELL))
    with pytest.raises(ValueError, match=r"holds the grades of .*/in, not of .*/next year"):
        GradesFolder(tmp_path / "out", tmp_path / "next year")


def test_a_version_is_another_where_a_file_changed(tmp_path, monkeypatch):
    (tmp_path / "exploring.py").write_text("a = 1")
    monkeypatch.setattr(versions, "HELPERS", tmp_path)
    names = set()
    for text in ("a = 1", "a = 2"):
        versions.checker_version.cache_clear()
        (tmp_path / "exploring.py").write_text(text)
        names.add(versions.checker_version())
    versions.checker_version.cache_clear()
    assert len(names) == 2


def test_the_questions_of_a_lesson_have_a_version_of_their_own():
    assert versions.questions_version("01") == versions.questions_version("01")
    assert any(versions._is_of(path, "01") for path in versions.QUESTIONS.glob("mutual_exclusion.py"))
    assert not any(versions._is_of(path, "02") for path in versions.QUESTIONS.glob("mutual_exclusion.py"))


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    writing.write_whole(path, "old")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        writing.write_whole(path, "new")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


# From here on the command as it is typed, in a process of its own.

SHELL = [sys.executable, "-m", "helpers.grading", "grade"]
BUSY = "while True:\n    pass\n"


def environment():
    return {**os.environ, "PYTHONPATH": str(bubblewrap.ROOT)}


def mine(out: Path) -> list[Path]:
    """Processes that grade into a folder, and all that they started."""
    children = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(process)
    found, left = [], [path for path in Path("/proc").glob("[0-9]*") if str(out) in words(path)]
    while left:
        found.append(left.pop())
        left += children.get(int(found[-1].name), [])
    return found


def words(process: Path) -> str:
    try:
        return (process / "cmdline").read_text(errors="replace")
    except OSError:
        return ""


@needs_bubblewrap
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_command_that_is_ended_leaves_no_process_and_goes_on(handed_in, number):
    out = handed_in.parent / "out"
    hand_in(handed_in, "dora", notebook(BUSY))
    typed = [*SHELL, str(handed_in), "--out", str(out), "--workers", "2", "--limit", "100"]
    process = subprocess.Popen(
        typed, env=environment(), cwd=handed_in.parent, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 120
    while len(list(out.glob("records/*/*.json"))) < len(STUDENTS):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.05)
    before = mine(out)
    assert len(before) > 1
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert number == signal.SIGKILL or "the same command goes on" in errors
    while any(words(each) for each in before):
        assert time.monotonic() < deadline
        time.sleep(0.05)

    path = handed_in / "dora" / NAME / f"{NAME}.ipynb"
    path.write_text(json.dumps(notebook(SELL)))
    again = subprocess.run(
        typed, env=environment(), cwd=handed_in.parent, capture_output=True, text=True, timeout=120
    )
    assert again.returncode == 1, again.stderr
    assert "3 of 4 were graded before" in again.stdout
    assert [row["01.1"] for row in table(handed_in)] == ["4"] * 4


@needs_bubblewrap
def test_a_full_disk_is_told_and_nothing_is_half_written(handed_in, tmp_path):
    """Run where the folder for the grades is a file system of 200 KiB."""
    for number in range(30):
        hand_in(handed_in, f"more {number}", notebook(SELL.replace("with shop.lock:", "if True:")))
    (tmp_path / "small").mkdir()
    look = "import pathlib, json\nfor p in pathlib.Path('small/out').rglob('*'): print(p)\n"
    look += "for p in pathlib.Path('small/out').rglob('*.json'): json.loads(p.read_text())\n"
    script = f'{sys.executable} -m helpers.grading grade in --out small/out --no-sandbox; echo "exit $?"; '
    script += f'{sys.executable} -c "{look}"'
    small = ["--size", str(200 << 10), "--tmpfs", str(tmp_path / "small"), "--chdir", str(tmp_path)]
    command = ["bwrap", "--dev-bind", "/", "/", *small, "sh", "-c", script]
    run = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=200)
    assert "exit 2" in run.stdout, run.stdout + run.stderr
    assert "No space left on device" in run.stderr
    assert ".part" not in run.stdout
    assert "records/" in run.stdout
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "options", [["--limit", "0"], ["--limit", "x"], ["--workers", "0"], ["--memory", "x"]]
)
def test_an_option_that_means_nothing(handed_in, options, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["grade", str(handed_in), "--out", str(handed_in.parent / "out"), *options])
    assert ended.value.code == 2
    assert options[0] in capsys.readouterr().err


def test_nothing_could_be_done(tmp_path, capsys):
    assert main(["grade", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 2
    assert "There is no folder" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_without_a_sandbox_nothing_is_graded_unless_told(handed_in, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(handed_in))
    bubblewrap.missing.cache_clear()
    try:
        assert main(["grade", str(handed_in), "--out", str(handed_in.parent / "out")]) == 2
        assert "--no-sandbox" in capsys.readouterr().err
        assert not (handed_in.parent / "out").exists()
    finally:
        bubblewrap.missing.cache_clear()
