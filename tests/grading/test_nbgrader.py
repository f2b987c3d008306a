"""nbgrader gives a submission the points that `check` gives, and its commands find the course's settings."""

import json
import sqlite3

import pytest

from helpers.grading import grade_answer
from helpers.grading.assignments.generating import ROOT
from helpers.grading.assignments.nbgrading import nbgrader
from helpers.grading.questions import all_questions
from tests.grading.test_exercises import cells_of

pytestmark = pytest.mark.xdist_group("nbgrader")

LESSON = "01_mutual_exclusion"
EXERCISE = ROOT / "exercises" / LESSON / f"{LESSON}.ipynb"
SOLVED = cells_of((ROOT / "solutions" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
QUESTIONS = [question for question in all_questions().values() if question.lesson == LESSON[:2]]

UNLOCKED = (
    "def sell(shop):\n    if shop.left == 0:\n        return False\n    shop.left -= 1\n    return True\n"
)
STUDENTS = {
    "right": {id: source for id, source in SOLVED.items() if id.startswith("answer")},
    "partly": {"answer-1": UNLOCKED, "answer-2": SOLVED["answer-2"]},
    "wrong": {"answer-1": "def sell(shop):\n    shop.lock.acquire()\n    shop.lock.acquire()\n"},
    "blank": {},
}


def submission(answers):
    notebook = json.loads(EXERCISE.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] in answers:
            cell["source"] = answers[cell["id"]].splitlines(keepends=True)
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    private = tmp_path_factory.mktemp("private")
    release = f"--CourseDirectory.release_directory={private / 'release'}"
    for student, answers in STUDENTS.items():
        folder = private / "submitted" / student / LESSON
        folder.mkdir(parents=True)
        (folder / EXERCISE.name).write_text(submission(answers), encoding="utf-8")
    for command in ("generate_assignment", "autograde", "generate_feedback"):
        done = nbgrader([command, LESSON, release], private)
        assert done.returncode == 0, done.stderr
    return private


def scores(private):
    """The points of each student in each question, as nbgrader's gradebook has them."""
    with sqlite3.connect(private / "gradebook.db") as book:
        rows = book.execute(
            "select submitted_assignment.student_id, base_cell.name, grade.auto_score from grade "
            "join base_cell on base_cell.id = grade.cell_id "
            "join submitted_notebook on submitted_notebook.id = grade.notebook_id "
            "join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id"
        ).fetchall()
    book.close()
    return {(student, name): score for student, name, score in rows}


def test_nbgrader_gives_the_points_that_we_give(graded):
    found = scores(graded)
    assert len(found) == len(STUDENTS) * len(QUESTIONS)
    for student, answers in STUDENTS.items():
        for question in QUESTIONS:
            lesson, _, number = question.id.partition(".")
            unsolved = cells_of(EXERCISE.read_text(encoding="utf-8"))[f"answer-{number}"]
            source = answers.get(f"answer-{number}", unsolved)
            ours = grade_answer(question.id, source, final=False).points
            assert found[student, f"check-{lesson}-{number}"] == ours, (student, question.id)


def test_the_four_kinds_of_submissions_differ(graded):
    total = {}
    for (student, _), score in scores(graded).items():
        total[student] = total.get(student, 0) + score
    assert total["right"] == sum(question.points for question in QUESTIONS)
    assert total["right"] > total["partly"] > total["wrong"] == total["blank"] == 0


def test_feedback_tells_the_reason(graded):
    text = (graded / "feedback" / "partly" / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
    assert "race condition: 1 ticket to sell, 2 sold" in text
    assert "HIDDEN" not in text
