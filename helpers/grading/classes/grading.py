"""One submission is graded: read, its answers found, each of them asked of a sandbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from ..question import Question
from ..questions import of_lesson
from ..sandbox import Job, Limits, Outcome
from .cells import answer_to, learner_in
from .notebooks import Unreadable, cells_of, content_of
from .record import Answered, Record
from .submissions import Submission
from .versions import checker_version, digest, questions_version

Grade = Callable[[Job], Outcome]


@dataclass(frozen=True)
class Graded:
    """What came of a submission, and the timelines of what broke its answers.

    Args:
        record: what is kept.
        pictures: by question, the timeline as a PNG and in words.
    """

    record: Record
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """How a class is graded.

    Args:
        limits: how much each answer may take.
        allow_list: False to try the sandbox alone.
    """

    limits: Limits = field(default_factory=Limits)
    allow_list: bool = True


def questions_of(assignment: str) -> list[Question]:
    """Return the questions of an assignment, such as "01_mutual_exclusion"."""
    return list(of_lesson(assignment[:2]).values())


def basis_of(submission: Submission, rules: Rules) -> tuple[dict[str, Any], bytes, str]:
    """Return what the grade of a submission rests on, its content, and why it cannot be read, if so."""
    content, problem = b"", submission.problem
    if not problem:
        try:
            content = content_of(submission.path)
        except Unreadable as error:
            problem = str(error)
    known = bool(questions_of(submission.assignment))
    basis = {
        "submission": digest(problem.encode() + content),
        "questions": questions_version(submission.assignment[:2]) if known else "",
        "checker": checker_version(),
        "limits": rules.limits.to_json(),
    }
    return basis, content, problem


def graded(submission: Submission, rules: Rules, grade: Grade) -> Graded:
    """Grade a submission.

    Args:
        submission: the notebook and whose it is.
        rules: how it is graded.
        grade: takes an answer to one question, returns what comes of it.
    """
    basis, content, problem = basis_of(submission, rules)
    questions = questions_of(submission.assignment)
    blank = Record(
        submission.student, submission.assignment, basis, max_points=sum(each.points for each in questions)
    )
    cells = []
    try:
        cells = [] if problem else cells_of(content)
    except Unreadable as error:
        problem = str(error)
    if problem:
        return Graded(replace(blank, reason=problem))
    learner = learner_in(cells)
    answered, pictures = [], {}
    for question in questions:
        found = answer_to(question, cells)
        if found.source is None:
            answered.append(Answered(question.id, "missing", None, question.points, found.note))
            continue
        outcome = grade(Job(question.id, found.source, learner, rules.limits, rules.allow_list))
        answered.append(_answered(outcome, found.source, found.note))
        if outcome.png:
            pictures[question.id] = outcome.png, outcome.alt
    return Graded(replace(blank, questions=tuple(answered), learner=learner), pictures)


def _answered(outcome: Outcome, source: str, note: str) -> Answered:
    return Answered(
        outcome.question,
        outcome.status,
        outcome.points,
        outcome.max_points,
        outcome.reason,
        note,
        list(outcome.findings),
        source,
    )
