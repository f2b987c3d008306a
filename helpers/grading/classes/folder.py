"""The folder that grades are written to, and a file in it that says whose it is.

GRADES/class.json                                     which submissions these are the grades of
GRADES/grades.csv, not_graded.csv, report.html        what came of the class
GRADES/records/STUDENT/ASSIGNMENT.json                what came of a submission, and what it rests on
GRADES/feedback/STUDENT/ASSIGNMENT/ASSIGNMENT.html    for the student, named as nbgrader does
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from . import feedback
from .grading import Graded, questions_of
from .record import Record
from .submissions import Submission
from .versions import digest
from .writing import write_whole

MARK = "class.json"


class GradesFolder:
    """A folder of grades.

    Args:
        path: the folder; it is made where it is not there.
        submissions: the folder that holds the submissions.

    Raises:
        ValueError: where it lies in or around the submissions, holds something else, or other grades.
    """

    def __init__(self, path: Path, submissions: Path) -> None:
        self.path = path
        self._check(path.resolve(), submissions.resolve())

    def kept(self, submission: Submission, basis: dict[str, Any]) -> Record | None:
        """Return what came of a submission before; None where that does not hold any more."""
        try:
            record = Record.from_json(json.loads(self._record(submission).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return None
        is_there = self.feedback_of(record).is_file()
        return record if is_there and record.basis == basis else None

    def keep(self, done: Graded) -> None:
        """Write what came of a submission: the record last, as it says that all is there."""
        record = done.record
        write_whole(self.feedback_of(record), feedback.page(record, done.pictures))
        text = json.dumps(record.to_json(), indent=1)
        write_whole(self._record(record), text)

    def feedback_of(self, record: Record | Submission) -> Path:
        """Return the path of a student's feedback."""
        name = _file_name(record)
        return self.path / "feedback" / record.student / name / f"{name}.html"

    def write(self, name: str, text: str) -> None:
        """Write one of the files about the whole class."""
        write_whole(self.path / name, text)

    def _record(self, record: Record | Submission) -> Path:
        return self.path / "records" / record.student / f"{_file_name(record)}.json"

    def _check(self, path: Path, submissions: Path) -> None:
        if path.is_relative_to(submissions) or submissions.is_relative_to(path):
            raise ValueError(f"The grades cannot lie in or around the submissions: {path} and {submissions}.")
        mark = path / MARK
        if mark.is_file():
            if (of := _read(mark)) != str(submissions):
                raise ValueError(
                    f"{path} holds the grades of {of or 'something else'}, not of {submissions}: give "
                    f"another folder, or, where the submissions were moved, delete {mark} first."
                )
        elif path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise ValueError(f"{path} holds something else than grades: give a new or an empty folder.")
        else:
            write_whole(mark, json.dumps({"grades of": str(submissions)}) + "\n")


def _file_name(record: Record | Submission) -> str:
    # A student's own name for an assignment that there is not may be too long for a file's.
    if questions_of(record.assignment):
        return record.assignment
    return f"unknown-{digest(record.assignment.encode('utf-8', 'replace'))[:12]}"


def _read(mark: Path) -> str:
    try:
        return str(json.loads(mark.read_text(encoding="utf-8"))["grades of"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
