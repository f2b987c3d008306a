"""nbgrader's gradebook gets the points through nbgrader's own API, so that its Formgrader shows them.

Beside them Formgrader wants a graded notebook for each submission. Ours is the released one with the answers
that were graded and, under each check, what came of it: nothing else that a student handed in gets there.
What came through nbgrader's exchange can go back through it: the student's page is put where nbgrader's
`release_feedback` takes it from, with the two files of the exchange that it asks for.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..question import Question
from ..released import notebook_of
from .cells import answer_id
from .grading import questions_of
from .notebooks import Unreadable, content_of
from .record import Answered, Record
from .submissions import Submission
from .writing import write_whole

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

BOOK = "gradebook.db"
#: By these nbgrader's exchange knows a submission again.
OF_EXCHANGE = ("timestamp.txt", "submission_secret.txt")


def check_folder(folder: Path, assignments: Sequence[str]) -> None:
    """Refuse a folder whose gradebook cannot take the points.

    Args:
        folder: holds nbgrader's gradebook.db and its "autograded".
        assignments: the names of those that are graded.

    Raises:
        RuntimeError: where nbgrader is not installed.
        ValueError: where there is no gradebook, or one of the assignments is not in it; says what to do.
    """
    if not (folder / BOOK).is_file():
        raise ValueError(f"There is no {BOOK} in {folder}: give the folder in which nbgrader keeps it.")
    with _opened(folder) as book:
        known = {each.name for each in book.assignments}
    for name in assignments:
        if name not in known:
            raise ValueError(f"The gradebook has no {name}: run `nbgrader generate_assignment {name}` first.")


def write(records: Sequence[Record], submissions: Mapping[tuple[str, str], Submission], folder: Path) -> None:
    """Write what came of a class into nbgrader's gradebook, and a graded notebook for each submission.

    What was not graded has no points there either, and is marked as one that needs grading by hand.

    Args:
        records: what came of each submission; those of an unknown assignment are left out.
        submissions: each by student and assignment.
        folder: holds gradebook.db and "autograded".
    """
    with _opened(folder) as book:
        for record in records:
            if questions_of(record.assignment):
                _write(book, record, submissions[record.student, record.assignment], folder)


def hand_back(submission: Submission, page: Path, folder: Path) -> bool:
    """Put a student's page where nbgrader's `release_feedback` takes it from; return whether it was.

    It is not where the submission did not come through nbgrader's exchange: there is no way back, then.

    Args:
        submission: what was handed in.
        page: the student's page.
        folder: holds nbgrader's "feedback".
    """
    try:
        known = {name: content_of(submission.path.with_name(name)).decode() for name in OF_EXCHANGE}
    except ValueError:  # unreadable, or no text, at which `release_feedback` would stop for all students
        return False
    place = folder / "feedback" / submission.student / submission.assignment
    write_whole(place / f"{submission.assignment}.html", page.read_bytes())
    for name, text in known.items():
        write_whole(place / name, text)
    return True


def graded_notebook(record: Record) -> str:
    """Return the released notebook with the answers of a submission and what came of each."""
    notebook = json.loads(notebook_of(record.assignment[:2]).read_text(encoding="utf-8"))
    by_cell = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in notebook["cells"]}
    for question, answered in _answered(record):
        if answered.source:
            by_cell[answer_id(question)]["source"] = answered.source
        said = {"output_type": "stream", "name": "stdout", "text": _said(answered) + "\n"}
        by_cell[_check_id(question)]["outputs"] = [said]
    return json.dumps(notebook, indent=1)


def _write(book: Gradebook, record: Record, submission: Submission, folder: Path) -> None:
    name, student = record.assignment, record.student
    path = folder / "autograded" / student / name / f"{name}.ipynb"
    stamp, when = _timestamp(submission)
    if stamp:
        write_whole(path.with_name("timestamp.txt"), stamp)
    write_whole(path, graded_notebook(record))
    book.update_or_create_student(student)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's own, of the order in which it fills its tables
        book.update_or_create_submission(name, student, timestamp=when)
    for question, answered in _answered(record):
        grade = book.find_grade(_check_id(question), name, name, student)
        grade.auto_score = answered.points
        grade.needs_manual_grade = answered.status != "graded" and grade.manual_score is None
        comment = book.find_comment(answer_id(question), name, name, student)
        comment.auto_comment = _said(answered) if answered.reason else None
    book.db.commit()


def _answered(record: Record) -> Iterator[tuple[Question, Answered]]:
    """What came of each question; the same for all where the submission could not be read."""
    found = {each.question: each for each in record.questions}
    for question in questions_of(record.assignment):
        unreadable = Answered(question.id, "unreadable", None, question.points, record.reason)
        yield question, found.get(question.id, unreadable)


def _said(answered: Answered) -> str:
    points = f"{answered.points} of {answered.max_points} points" if answered.status == "graded" else ""
    return ": ".join(part for part in (points or answered.status, answered.reason) if part)


def _timestamp(submission: Submission) -> tuple[str, datetime | None]:
    """When it was handed in, as nbgrader's exchange noted it; nothing where that cannot be read."""
    from nbgrader.utils import parse_utc

    try:
        text = content_of(submission.path.with_name("timestamp.txt")).decode().strip()
        return text, parse_utc(text)
    except (Unreadable, ValueError, OverflowError):
        return "", None


def _check_id(question: Question) -> str:
    return answer_id(question).replace("answer-", "check-", 1)


def _opened(folder: Path) -> Gradebook:
    try:
        from nbgrader.api import Gradebook
    except ImportError as error:
        raise RuntimeError(
            "The gradebook needs nbgrader, which is not installed: pip install nbgrader."
        ) from error
    return Gradebook(f"sqlite:///{folder.resolve() / BOOK}", course_id="locks")
