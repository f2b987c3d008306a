"""A class is graded as `check` grades: every answer of tests/answers gets in its sandbox what it deserves."""

import json
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest

import pytest

from helpers.grading.__main__ import main
from helpers.grading.assignments.generating import ROOT
from helpers.grading.classes.record import Record
from helpers.grading.learners import answering
from helpers.grading.properties import Chosen
from helpers.grading.questions import all_questions
from helpers.grading.released import notebook_of
from helpers.grading.tasks import asked
from tests.answers.cases import Case, cases
from tests.grading.needing import needs_bubblewrap

pytestmark = needs_bubblewrap

CASES = cases()
PERSONAL = [
    question.id
    for question in all_questions().values()
    if any(isinstance(each, Chosen) for each in question.properties)
]


@dataclass(frozen=True)
class Student:
    """Who hands in one lesson: the answers by their questions, and the name in the notebook."""

    lesson: str
    answers: dict[str, Case]
    name: str = ""

    @property
    def assignment(self) -> str:
        return notebook_of(self.lesson).stem

    def hand_in(self, path):
        data = json.loads(notebook_of(self.lesson).read_text(encoding="utf-8"))
        by_id = {cell["id"]: cell for cell in data["cells"]}
        for question, case in self.answers.items():
            by_id[f"answer-{question[3:]}"]["source"] = case.source
        if self.name:
            by_id["name"]["source"] = f"learner({self.name!r})"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(data), encoding="utf-8")


def students_with(chosen):
    """As few students as hand in all of these cases."""
    by_lesson = defaultdict(lambda: defaultdict(list))
    for case in chosen:
        by_lesson[case.question[:2]][case.question].append(case)
    return [
        Student(lesson, {case.question: case for case in some if case is not None})
        for lesson, by_question in by_lesson.items()
        for some in zip_longest(*by_question.values())
    ]


def graded(students, folder):
    """Grade them as a class, and yield each with what came of each answer."""
    names = [f"student {number}" for number in range(len(students))]
    for name, student in zip(names, students, strict=True):
        student.hand_in(folder / "in" / name / student.assignment / f"{student.assignment}.ipynb")
    assert main(["grade", str(folder / "in"), "--out", str(folder / "out")]) in (0, 1)
    for name, student in zip(names, students, strict=True):
        path = folder / "out" / "records" / name / f"{student.assignment}.json"
        record = Record.from_json(json.loads(path.read_text(encoding="utf-8")))
        yield student, {each.question: each for each in record.questions}


def wrongly_graded(students, folder):
    """What of these answers did not get what it deserves, in words."""
    told = []
    for student, answered in graded(students, folder):
        for question, case in student.answers.items():
            got = answered[question]
            most = got.max_points if case.right else case.points
            wanted = (case.status, most if case.status == "graded" else None)
            reasons = " | ".join([got.reason, *(finding["reason"] for finding in got.findings)])
            if (got.status, got.points) != wanted or not all(text in reasons for text in case.says):
                told.append(f"{question} {case.name}: {got.status} {got.points}, not {wanted}: {reasons}")
    return told


def sample():
    """The first right answer to each question, and the last wrong one that gets a grade."""
    for question in all_questions():
        mine = [case for case in CASES if case.question == question and case.status == "graded"]
        yield next(case for case in mine if case.right)
        yield [case for case in mine if not case.right][-1]


def test_a_right_and_a_wrong_answer_to_each_question(tmp_path):
    students = students_with(sample())
    assert sum(len(each.answers) for each in students) == 2 * len(all_questions())
    assert wrongly_graded(students, tmp_path) == []


@pytest.mark.slow
def test_every_answer(tmp_path):
    students = students_with(CASES)
    assert sum(len(each.answers) for each in students) == len(CASES)
    assert wrongly_graded(students, tmp_path) == []


def computed(question, name):
    """A right answer for whoever it is: one that looks at what is asked, or what the key says."""
    for case in CASES:
        if case.question == question and case.right and "my_" in case.source:
            return case
    key = tomllib.loads((ROOT / "solutions/05_deadlock/key.toml").read_text(encoding="utf-8"))
    with answering(name):
        right = {
            item.name: next(option for option, why in key[f"{question} {item.key}"].items() if not why)
            for item in asked(question)
        }
    return Case(
        question, True, "by the key", f"{all_questions()[question].answer_name} = {right}", None, (), "graded"
    )


def test_each_learner_is_asked_with_numbers_of_their_own(tmp_path):
    name = "Ada  Lovelace"
    of_nobody = {
        question: next(
            case for case in CASES if case.question == question and case.right and "my_" not in case.source
        )
        for question in PERSONAL
    }
    students = [Student(each[:2], {each: computed(each, name)}, name) for each in PERSONAL]
    others = [Student(each[:2], {each: case}, name) for each, case in of_nobody.items()]
    found = list(graded([*students, *others], tmp_path))
    for student, answered in found[: len(students)]:
        (question,) = student.answers
        assert answered[question].points == answered[question].max_points, answered[question].reason
    for student, answered in found[len(students) :]:
        (question,) = student.answers
        assert 0 <= answered[question].points < answered[question].max_points, question
