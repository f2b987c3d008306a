"""The submissions of a class, found in a folder as nbgrader keeps them, or in a flat folder of notebooks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..released import EXERCISES
from .notebooks import Unreadable, content_of

_JOINTS = " _-.+"
_ANSWER_ID = re.compile(rb'"answer-(\d\d)-\d+"')


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment.

    Args:
        student: the student, as the folder or the file is called.
        assignment: the assignment, such as "01_mutual_exclusion"; "" where nothing tells which.
        path: the notebook.
        problem: why it cannot be graded at all; empty where it may be read.
    """

    student: str
    assignment: str
    path: Path
    problem: str = ""


def assignments(exercises: Path = EXERCISES) -> list[str]:
    """Return the names of the assignments that were released."""
    return sorted(path.stem for path in exercises.glob("*/*.ipynb") if path.stem == path.parent.name)


def find_submissions(folder: Path, assignment: str = "") -> list[Submission]:
    """Return every submission, by student.

    Args:
        folder: holds STUDENT/ASSIGNMENT/NOTEBOOK.ipynb as nbgrader's "submitted" does, or notebooks.
        assignment: only this one; "" for all that there are.

    Raises:
        ValueError: where there is no such folder or assignment, no submission, or two of one student.
    """
    known = assignments()
    if assignment and assignment not in known:
        raise ValueError(f"There is no assignment {assignment!r}; there are: {', '.join(known)}.")
    if not folder.is_dir():
        raise ValueError(f"There is no folder {folder}.")
    inside = [path for path in sorted(folder.iterdir()) if not path.name.startswith((".", "_"))]
    notebooks = [path for path in inside if path.suffix == ".ipynb"]
    folders = [path for path in inside if path not in notebooks and path.is_dir()]
    if notebooks and folders:
        raise ValueError(
            f"{folder} holds notebooks, such as {notebooks[0].name}, and folders, such as {folders[0].name}: "
            "give a folder of notebooks, or one with a folder for each student."
        )
    found = _flat(notebooks, assignment, known) if notebooks else _nested(folders, assignment, known)
    return _checked(list(found), folder, known)


def _checked(found: list[Submission], folder: Path, known: list[str]) -> list[Submission]:
    if not found:
        raise ValueError(
            f"There are no submissions in {folder}: it should hold STUDENT/ASSIGNMENT/NOTEBOOK.ipynb, "
            "or a notebook for each student."
        )
    if not any(each.assignment in known for each in found):
        names = ", ".join(sorted({each.assignment or each.path.name for each in found})[:5])
        raise ValueError(f"No submission in {folder} is of a known assignment ({names}): {', '.join(known)}.")
    by_whom = defaultdict(list)
    for each in found:
        by_whom[each.student, each.assignment].append(each.path)
    for (student, assignment), paths in by_whom.items():
        if len(paths) > 1:
            names = " and ".join(str(path.relative_to(folder)) for path in paths)
            raise ValueError(
                f"There are two submissions of {student!r} for {assignment!r}: {names}. "
                "Keep the one that counts."
            )
    return found


def _nested(students: Iterable[Path], assignment: str, known: list[str]) -> Iterator[Submission]:
    for student in students:
        if student.is_symlink():
            yield Submission(student.name, assignment or _only(known), student, "its folder is a link")
            continue
        inside = [path for path in sorted(student.iterdir()) if not path.name.startswith(".")]
        wanted = [path for path in inside if path.is_dir() and assignment in ("", path.name)]
        if not wanted and not assignment:
            problem = "its folder holds no folder of an assignment"
            yield Submission(student.name, _only(known), student, problem)
        for each in wanted:
            yield from _of_student(student.name, each, known)


def _of_student(student: str, folder: Path, known: list[str]) -> Iterator[Submission]:
    named = folder / f"{folder.name}.ipynb"
    notebooks = [path for path in sorted(folder.glob("*.ipynb")) if not path.name.startswith(".")]
    if folder.name not in known:
        yield Submission(student, folder.name, folder, f"there is no assignment {folder.name!r}")
    elif folder.is_symlink():
        yield Submission(student, folder.name, folder, "its folder is a link")
    elif named in notebooks:
        yield Submission(student, folder.name, named)
    elif not notebooks:
        yield Submission(student, folder.name, folder, "its folder holds no notebook")
    for path in [] if named in notebooks else notebooks:
        if folder.name in known and not folder.is_symlink():
            yield Submission(student, folder.name, path)


def _flat(notebooks: Iterable[Path], assignment: str, known: list[str]) -> Iterator[Submission]:
    found = [_of_file(path, assignment, known) for path in notebooks]
    seen = {each.assignment for each in found} - {""}
    for each in found:
        # One that nothing can be read of is taken for what all others are.
        unknown = "nothing in it tells its assignment"
        if each.assignment:
            yield each
        elif len(seen) == 1:
            yield replace(each, assignment=min(seen))
        else:
            yield replace(each, problem=unknown)


def _of_file(path: Path, assignment: str, known: list[str]) -> Submission:
    stem = path.stem
    named = next((each for each in known if each.casefold() in stem.casefold()), "")
    student = stem
    if named:
        start = stem.casefold().index(named.casefold())
        rest = stem[:start].rstrip(_JOINTS), stem[start + len(named) :].lstrip(_JOINTS)
        student = "_".join(part for part in rest if part) or stem
    return Submission(student, assignment or named or _by_its_cells(path, known), path)


def _by_its_cells(path: Path, known: list[str]) -> str:
    try:
        lessons = {match.decode() for match in _ANSWER_ID.findall(content_of(path))}
    except Unreadable:
        return ""
    return next((each for each in known if lessons == {each[:2]}), "")


def _only(known: list[str]) -> str:
    return known[0] if len(known) == 1 else ""
