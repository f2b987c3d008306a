"""exercises/ is what nbgrader makes of solutions/, gives nothing away, and its solutions get every point."""

import json
import re
import tomllib

import pytest

from helpers.grading import grade_answer
from helpers.grading.assignments.generating import ROOT, generated
from helpers.grading.assignments.keys import sealed_keys
from helpers.grading.assignments.releasing import RECORD
from helpers.grading.properties import Chosen
from helpers.grading.questions import all_questions
from helpers.grading.sealing import KEYS

pytestmark = pytest.mark.xdist_group("exercises")

SOLUTIONS = sorted((ROOT / "solutions").glob("[0-9]*/*.ipynb"))
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)\n *### END SOLUTION", re.DOTALL)
LESSONS = [path.stem for path in SOLUTIONS]
# What is predicted or chosen differs from learner to learner; a solution holds that of no one in particular.
SAME_FOR_ALL = [
    question
    for question in all_questions().values()
    if not any(isinstance(each, Chosen) for each in question.properties)
]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    with generated() as folder:
        yield {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def cells_of(content):
    return {cell["id"]: "".join(cell["source"]) for cell in json.loads(content)["cells"]}


def questions_of(lesson):
    return [question for question in all_questions().values() if question.lesson == lesson[:2]]


def released(lesson):
    return ROOT / "exercises" / lesson / f"{lesson}.ipynb"


def test_exercises_is_the_release_byte_by_byte(release):
    folder = ROOT / "exercises"
    present = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    present = {name: path for name, path in present.items() if ".ipynb_checkpoints" not in path.parts}
    assert sorted(present) == sorted([*release, RECORD])
    for name, content in release.items():
        assert present[name].read_bytes() == content, f"{name}: run `make release`"


def test_the_sealed_keys_are_those_of_the_solutions():
    wanted = sealed_keys(ROOT / "solutions")
    assert {path.name: path.read_text(encoding="utf-8") for path in KEYS.glob("*.json")} == wanted


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_release_gives_nothing_away(lesson):
    text = released(lesson).read_text(encoding="utf-8")
    cells = cells_of(text)
    for word in ("BEGIN SOLUTION", "HIDDEN TESTS", "key.toml", "expected="):
        assert word not in text
    for id, source in cells_of((ROOT / "solutions" / lesson / f"{lesson}.ipynb").read_text()).items():
        for solution in SOLUTION.findall(source):
            assert solution not in cells[id]
            assert "raise NotImplementedError()" in cells[id]


@pytest.mark.parametrize("question", all_questions().values(), ids=lambda question: question.id)
def test_an_unsolved_exercise_gets_no_points(question):
    lesson = next(name for name in LESSONS if name.startswith(question.lesson))
    number = question.id.partition(".")[2]
    unsolved = cells_of(released(lesson).read_text(encoding="utf-8"))[f"answer-{number}"]
    result = grade_answer(question.id, unsolved)
    assert (result.status, result.points) == ("missing", 0)


@pytest.mark.parametrize("question", all_questions().values(), ids=lambda question: question.id)
def test_a_solution_gets_every_point(question):
    assert_solved(question, "")


@pytest.mark.parametrize("name", ["Ada Lovelace", "Bo 17", "Çelik"])
@pytest.mark.parametrize("question", SAME_FOR_ALL, ids=lambda question: question.id)
def test_a_solution_that_holds_no_numbers_is_anybodys(question, name):
    assert_solved(question, name)


def assert_solved(question, name):
    lesson = next(name for name in LESSONS if name.startswith(question.lesson))
    source = cells_of((ROOT / "solutions" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    result = grade_answer(question.id, source[f"answer-{question.id.partition('.')[2]}"], learner=name)
    assert result.points == result.max_points > 0, str(result)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_notebook_says_what_its_questions_declare(lesson):
    notebook = json.loads((ROOT / "solutions" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    texts = {id: "".join(cell["source"]) for id, cell in cells.items()}
    questions = questions_of(lesson)
    assert len(questions) >= 3
    assert [question.stars for question in questions] == sorted(question.stars for question in questions)
    assert {question.stars for question in questions} == {1, 2, 3}
    points, minutes = sum(q.points for q in questions), sum(q.minutes for q in questions)
    assert f"{points} points · {minutes} minutes" in texts["title"]
    for question in questions:
        number = question.id.partition(".")[2]
        lines = texts[f"question-{number}"].splitlines()
        assert lines[0] == f"## {question.id} {'★' * question.stars} {question.title}"
        assert lines[2] == f"{question.points} points · {question.minutes} minutes"
        assert "<details><summary>Hint</summary>" in texts[f"question-{number}"]
        last = texts[f"check-{number}"].splitlines()[-1]
        assert last == f'check("{question.id}", {question.answer_name}).points'
        assert cells[f"check-{number}"]["metadata"]["nbgrader"]["points"] == question.points


@pytest.mark.parametrize(
    "path", sorted((ROOT / "solutions").glob("*/key.toml")), ids=lambda path: path.parent.name
)
def test_each_wrong_option_has_its_reason(path):
    for item, options in tomllib.loads(path.read_text(encoding="utf-8")).items():
        assert re.fullmatch(r"\d\d\.\d .+", item)
        assert len(options) >= 2
        assert sum(not why for why in options.values()) in (1, 2)


def test_each_lesson_leads_to_its_exercises():
    for lesson in LESSONS:
        text = (ROOT / "notebooks" / f"{lesson}.ipynb").read_text(encoding="utf-8")
        assert f"../exercises/{lesson}/{lesson}.ipynb" in text
