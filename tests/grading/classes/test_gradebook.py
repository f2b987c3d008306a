"""Formgrader shows our points: what its own API says after a class was written into the gradebook."""

import json

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from helpers.grading.assignments.nbgrading import ROOT, nbgrader
from helpers.grading.classes import gradebook
from helpers.grading.classes.record import Answered, Record
from helpers.grading.classes.submissions import Submission, find_submissions
from tests.hostile.classes import NAME, SELL, hand_in, notebook

pytestmark = pytest.mark.xdist_group("gradebook")

RIGHT = [Answered("01.1", "graded", 4, 4), Answered("01.2", "graded", 6, 6), Answered("01.3", "graded", 4, 4)]
LATE = [
    Answered("01.1", "graded", 1, 4, "lost update", source="def sell(shop): return True"),
    Answered("01.2", "timeout", None, 6, "not done after 2 s", source="while True: pass"),
    Answered("01.3", "missing", None, 4, "its cell was deleted"),
]
STAMP = "2026-03-01 12:00:00 UTC"


def record(student, answered=(), **options):
    return Record(student, NAME, {}, tuple(answered), max_points=14, **options)


RECORDS = [record("ada", RIGHT), record("bo", LATE), record("cy", reason="it is no JSON")]


@pytest.fixture(scope="module")
def private(tmp_path_factory):
    """A folder with a gradebook that knows the assignment, and three submissions."""
    folder = tmp_path_factory.mktemp("private")
    release = f"--CourseDirectory.release_directory={folder / 'release'}"
    made = nbgrader(["generate_assignment", NAME, release], folder)
    assert made.returncode == 0, made.stderr
    for each in RECORDS:
        path = hand_in(folder / "submitted", each.student, notebook(SELL))
        path.with_name("timestamp.txt").write_text(STAMP)
    return folder


@pytest.fixture(scope="module")
def written(private):
    gradebook.check_folder(private, [NAME])
    submissions = {(each.student, each.assignment): each for each in find_submissions(private / "submitted")}
    for _ in range(2):  # what is written twice is there once
        gradebook.write(RECORDS, submissions, private)
    return private


def api(private):
    config = Config()
    config.CourseDirectory.root = str(ROOT)
    config.CourseDirectory.course_id = "locks"
    config.CourseDirectory.db_url = f"sqlite:///{private / 'gradebook.db'}"
    for name in ("submitted", "autograded", "feedback"):
        setattr(config.CourseDirectory, f"{name}_directory", str(private / name))
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def test_formgrader_lists_every_submission_with_our_points(written):
    found = {each["student"]: each for each in api(written).get_submissions(NAME)}
    assert {student: each["score"] for student, each in found.items()} == {"ada": 14, "bo": 1, "cy": 0}
    assert {each["max_score"] for each in found.values()} == {16}
    assert all(each["autograded"] and each["submitted"] for each in found.values())
    by_hand = {student: each["needs_manual_grade"] for student, each in found.items()}
    assert by_hand == {"ada": False, "bo": True, "cy": True}


def test_what_was_not_graded_has_no_points_and_says_why(written):
    with Gradebook(f"sqlite:///{written / 'gradebook.db'}", course_id="locks") as book:
        grade = book.find_grade("check-01-2", NAME, NAME, "bo")
        assert (grade.auto_score, grade.needs_manual_grade) == (None, True)
        assert book.find_comment("answer-01-2", NAME, NAME, "bo").comment == "timeout: not done after 2 s"
        assert book.find_comment("answer-01-1", NAME, NAME, "ada").comment is None


def test_a_grade_by_hand_stays(written):
    with Gradebook(f"sqlite:///{written / 'gradebook.db'}", course_id="locks") as book:
        grade = book.find_grade("check-01-2", NAME, NAME, "bo")
        grade.manual_score, grade.needs_manual_grade = 5, False
        book.db.commit()
    gradebook.write(RECORDS[1:2], {("bo", NAME): Submission("bo", NAME, written / "none")}, written)
    with Gradebook(f"sqlite:///{written / 'gradebook.db'}", course_id="locks") as book:
        grade = book.find_grade("check-01-2", NAME, NAME, "bo")
        assert (grade.score, grade.needs_manual_grade) == (5, False)
        grade.manual_score = None
        book.db.commit()


def test_the_graded_notebook_holds_answers_and_what_came_of_them(written):
    text = (written / "autograded" / "bo" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    cells = {cell["id"]: cell for cell in json.loads(text)["cells"]}
    assert cells["answer-1"]["source"] == "def sell(shop): return True"
    assert cells["check-1"]["outputs"][0]["text"] == "1 of 4 points: lost update\n"
    assert cells["check-2"]["outputs"][0]["text"] == "timeout: not done after 2 s\n"


def test_nbgrader_makes_its_own_feedback_of_it(written):
    done = nbgrader(["generate_feedback", NAME], written)
    assert done.returncode == 0, done.stderr
    text = (written / "feedback" / "bo" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "1 of 4 points: lost update" in text


def test_a_lesson_with_a_sealed_key(tmp_path):
    name = "05_deadlock"
    release = f"--CourseDirectory.release_directory={tmp_path / 'release'}"
    made = nbgrader(["generate_assignment", name, release], tmp_path)
    assert made.returncode == 0, made.stderr
    assert [path.name for path in (tmp_path / "release" / name).iterdir()] == [f"{name}.ipynb"]
    path = tmp_path / "submitted" / "ada" / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes((tmp_path / "release" / name / f"{name}.ipynb").read_bytes())
    one = Answered("05.1", "graded", 5, 6, "E: when the time is up, the left fork stays in hand")
    rest = [Answered(f"05.{number}", "graded", 6, 6) for number in (2, 3, 4)]
    found = {(each.student, each.assignment): each for each in find_submissions(tmp_path / "submitted")}
    gradebook.write([Record("ada", name, {}, (one, *rest), max_points=24)], found, tmp_path)
    (listed,) = api(tmp_path).get_submissions(name)
    assert (listed["score"], listed["max_score"], listed["needs_manual_grade"]) == (23, 24, False)


def test_a_gradebook_that_is_not_there_or_does_not_know(private, tmp_path):
    with pytest.raises(ValueError, match=r"no gradebook\.db in"):
        gradebook.check_folder(tmp_path, [NAME])
    with pytest.raises(ValueError, match="run `nbgrader generate_assignment 09_none` first"):
        gradebook.check_folder(private, ["09_none"])


@pytest.mark.parametrize("stamp", ["junk", "", "9" * 400])
def test_a_timestamp_that_says_nothing_is_left_out(tmp_path, stamp):
    (tmp_path / "timestamp.txt").write_text(stamp)
    assert gradebook._timestamp(Submission("ada", NAME, tmp_path / "a.ipynb")) == ("", None)


@pytest.fixture
def handed_in(tmp_path):
    """A submission that came through nbgrader's exchange, and the student's page."""
    path = hand_in(tmp_path / "submitted", "ada", notebook(SELL))
    path.with_name("timestamp.txt").write_text(STAMP)
    path.with_name("submission_secret.txt").write_text("0123")
    (tmp_path / "page.html").write_text("<p>14 of 16</p>")
    return Submission("ada", NAME, path)


def test_nbgrader_releases_our_feedback(handed_in, tmp_path, monkeypatch):
    shared = tmp_path / "shared"
    monkeypatch.setenv("LOCKS_EXCHANGE_DIR", str(shared))
    (shared / "locks").mkdir(parents=True)
    shared.chmod(0o777)
    assert gradebook.hand_back(handed_in, tmp_path / "page.html", tmp_path)
    done = nbgrader(["release_feedback", NAME], tmp_path)
    assert done.returncode == 0, done.stderr
    [released] = (shared / "locks" / "feedback").iterdir()
    assert released.read_text() == "<p>14 of 16</p>"


@pytest.mark.parametrize("name", gradebook.OF_EXCHANGE)
@pytest.mark.parametrize("content", [None, b"\xff"])
def test_what_did_not_come_through_the_exchange_does_not_go_back(handed_in, tmp_path, name, content):
    path = handed_in.path.with_name(name)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert not gradebook.hand_back(handed_in, tmp_path / "page.html", tmp_path)
    assert not (tmp_path / "feedback").exists()
