"""One submission is graded: read, its answers found, each of them asked of a sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..question import Question
from ..questions import of_lesson
from ..sandbox import Job, Limits, Outcome
from .cells import Found, answer_to, learner_in
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


@dataclass(frozen=True)
class Asked:
    """A submission that was read, and what it asks of a sandbox.

    Args:
        record: what is known of it before anything is graded.
        found: the answer to each question.
        jobs: the answers that there are, to be graded.
    """

    record: Record
    found: tuple[tuple[Question, Found], ...] = ()
    jobs: tuple[Job, ...] = ()

    def graded(self, outcomes: Mapping[str, Outcome]) -> Graded:
        """Return what came of the submission.

        Args:
            outcomes: what came of each job, by its question.
        """
        answered = tuple(_answered(*each, outcomes.get(each[0].id)) for each in self.found)
        pictures = {name: (each.png, each.alt) for name, each in outcomes.items() if each.png}
        return Graded(replace(self.record, questions=answered), pictures)


def asked(submission: Submission, rules: Rules) -> Asked:
    """Read a submission and find its answers.

    Args:
        submission: the notebook and whose it is.
        rules: how it is graded.
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
        return Asked(replace(blank, reason=problem))
    learner = learner_in(cells)
    found = tuple((question, answer_to(question, cells)) for question in questions)
    jobs = tuple(
        Job(question.id, answer.source, learner, rules.limits, rules.allow_list)
        for question, answer in found
        if answer.source is not None
    )
    return Asked(replace(blank, learner=learner), found, jobs)


def graded(submission: Submission, rules: Rules, grade: Grade) -> Graded:
    """Grade a submission.

    Args:
        submission: the notebook and whose it is.
        rules: how it is graded.
        grade: takes an answer to one question, returns what comes of it.
    """
    one = asked(submission, rules)
    return one.graded({job.question: grade(job) for job in one.jobs})


def _answered(question: Question, found: Found, outcome: Outcome | None) -> Answered:
    if outcome is None or found.source is None:
        return Answered(question.id, "missing", None, question.points, found.note)
    return Answered(
        outcome.question,
        outcome.status,
        outcome.points,
        outcome.max_points,
        outcome.reason,
        found.note,
        list(outcome.findings),
        found.source,
    )
