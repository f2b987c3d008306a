"""`python -m helpers.grading grade SUBMISSIONS/ --out GRADES/`: grades a class, or goes on with it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from ..sandbox import Limits
from . import gradebook, report, tables
from .cluster import Cluster
from .folder import GradesFolder
from .grading import Graded, Rules, basis_of, questions_of
from .pool import Pool, cpus
from .progress import Progress
from .record import Record
from .submissions import Submission, find_submissions

#: How often the table is written while grading goes on.
TABLE_S = 5.0
_MOST_LISTED = 50


def add_to(commands: argparse._SubParsersAction) -> None:
    """Add the command to those that there are."""
    limits = Limits()
    parser = commands.add_parser("grade", help="Grade the submissions of a class, or go on with it.")
    parser.set_defaults(does=grade)
    add = parser.add_argument
    add("submissions", type=Path, help="STUDENT/ASSIGNMENT/NOTEBOOK.ipynb as nbgrader has it, or notebooks")
    add("--out", type=Path, required=True, help="the folder for the grades")
    add("--assignment", default="", help="only this one, such as 01_mutual_exclusion")
    add("--workers", type=_positive(int), default=len(cpus()), help="answers at a time (%(default)s)")
    add(
        "--limit",
        type=_positive(float),
        default=limits.seconds,
        help="seconds an answer (%(default)g)",
    )
    add("--memory", type=int, default=limits.memory_mib, help="MiB an answer (%(default)s)")
    add("--gradebook", type=Path, help="write the points into nbgrader's gradebook.db in this folder, too")
    add(
        "--scheduler",
        metavar="ADDRESS",
        default="",
        help="grade on this Dask cluster, such as tcp://10.0.0.1:8786",
    )
    add("--no-sandbox", action="store_true", help="without bubblewrap: answers can do what you can do")


def grade(options: argparse.Namespace) -> int:
    """Grade a class; return 0 where all was graded, 1 where something was not.

    Raises:
        OSError: where grades cannot be written, as on a full disk.
        RuntimeError: where there is no sandbox.
        ValueError: where the submissions, the folder for the grades or a limit are not as they must be.
    """
    rules = Rules(Limits(options.limit, options.memory))
    submissions = find_submissions(options.submissions, options.assignment)
    # Made first: without sandboxes nothing is to be written. They are soon ready, while all else begins.
    with _pool(options, rules, len(submissions)) as pool:
        if options.gradebook:
            names = {each.assignment for each in submissions if questions_of(each.assignment)}
            gradebook.check_folder(options.gradebook, sorted(names))
        folder = GradesFolder(options.out, options.submissions)
        records = graded_class(submissions, rules, folder, pool)
    if options.gradebook:
        gradebook.write(records, {_key(each): each for each in submissions}, options.gradebook)
        for each in submissions:
            if questions_of(each.assignment):
                gradebook.hand_back(each, folder.feedback_of(each), options.gradebook)
    return _tell(records, options.out)


def graded_class(
    submissions: Sequence[Submission], rules: Rules, folder: GradesFolder, pool: Pool | Cluster
) -> list[Record]:
    """Grade what was not graded before, write all of it, and return what came of each submission.

    Args:
        submissions: all of the class.
        rules: how they are graded.
        folder: where the grades go, after each submission.
        pool: what grades them.
    """
    kept = {each: folder.kept(each, basis_of(each, rules)[0]) for each in submissions}
    records = {_key(each): record for each, record in kept.items() if record is not None}
    wanted = [each for each, record in kept.items() if record is None]
    if records:
        print(f"{len(records)} of {len(submissions)} were graded before, and nothing changed.")
    progress = Progress(len(wanted), sys.stderr)
    written = time.monotonic()
    order = [_key(each) for each in submissions]
    try:
        for done in _graded(wanted, pool):
            folder.keep(done)
            records[_key(done.record)] = done.record
            progress.count(done.record)
            if time.monotonic() - written > TABLE_S:
                folder.write("grades.csv", tables.grades([records[key] for key in order if key in records]))
                written = time.monotonic()
    finally:
        progress.end()
        _write(folder, [records[key] for key in order if key in records])
    return [records[key] for key in order]


def _pool(
    options: argparse.Namespace, rules: Rules, submissions: int
) -> AbstractContextManager[Pool | Cluster]:
    isolated = not options.no_sandbox
    if options.scheduler:
        return nullcontext(Cluster(rules, options.scheduler, isolated=isolated))
    return Pool(rules, workers=min(options.workers, submissions), isolated=isolated)


def _graded(wanted: Sequence[Submission], pool: Pool | Cluster) -> Iterator[Graded]:
    return pool.grade(wanted) if wanted else iter(())


def _write(folder: GradesFolder, records: Sequence[Record]) -> None:
    folder.write("grades.csv", tables.grades(records))
    folder.write("not_graded.csv", tables.not_graded(records))
    folder.write("report.html", report.page(records))


def _tell(records: Sequence[Record], out: Path) -> int:
    apart = [(record, *each) for record in records for each in record.not_graded]
    print(f"{len(records)} submissions; their grades are in {out / 'grades.csv'}, a report in report.html.")
    for name, found in report.same_names(records):
        students = ", ".join(each.student for each in found)
        print(_visible(f"The same name, {name}, is in the notebooks of {students}."))
    if not apart:
        return 0
    print(f"Not graded: {len(apart)}; all of them are in not_graded.csv.")
    for record, question, status, reason in apart[:_MOST_LISTED]:
        print(_visible(f"  {record.student} {question or record.assignment}: {status}: {reason}"))
    if len(apart) > _MOST_LISTED:
        print(f"  ... and {len(apart) - _MOST_LISTED} more")
    return 1


def _visible(text: str) -> str:
    """Return a text without what would steer a terminal."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def _key(each: Submission | Record) -> tuple[str, str]:
    return each.student, each.assignment


def _positive(kind: type) -> object:
    def number(text: str) -> float:
        value = kind(text)
        if not value > 0:
            raise argparse.ArgumentTypeError(f"must be above 0, not {text}")
        return value

    number.__name__ = f"number ({kind.__name__})"
    return number
