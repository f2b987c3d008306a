"""Releasing overwrites nobody's work; what is wrong in a source is told."""

import json
import shutil

import pytest

from helpers.grading.assignments.generating import ROOT, generated
from helpers.grading.assignments.keys import sealed_keys
from helpers.grading.assignments.releasing import RECORD, release, touched_files
from helpers.grading.sealing import opened

LESSON = "01_mutual_exclusion"


@pytest.fixture
def course(tmp_path):
    shutil.copytree(ROOT / "solutions" / LESSON, tmp_path / "solutions" / LESSON)
    return tmp_path / "solutions", tmp_path / "exercises", tmp_path / "keys"


def test_a_release_is_made_once_and_again_only_where_something_changed(course):
    assert release(*course) == [f"{LESSON}.ipynb", RECORD]
    assert release(*course) == []
    source = course[0] / LESSON / f"{LESSON}.ipynb"
    source.write_text(source.read_text(encoding="utf-8").replace("Protect the till", "Guard the till"))
    assert release(*course) == [f"{LESSON}.ipynb", RECORD]
    assert "Guard the till" in (course[1] / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")


def test_what_a_learner_worked_on_is_not_overwritten(course):
    release(*course)
    path = course[1] / LESSON / f"{LESSON}.ipynb"
    worked_on = path.read_text(encoding="utf-8").replace("raise NotImplementedError()", "return True")
    path.write_text(worked_on, encoding="utf-8")
    with pytest.raises(FileExistsError, match=rf"changed since they were released.*{LESSON}/{LESSON}\.ipynb"):
        release(*course)
    assert path.read_text(encoding="utf-8") == worked_on


def test_a_notebook_that_was_never_released_is_not_overwritten(course):
    mine = course[1] / LESSON / f"{LESSON}.ipynb"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    assert touched_files(course[1]) == [f"{LESSON}/{LESSON}.ipynb"]
    with pytest.raises(FileExistsError):
        release(*course)
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_key_beside_a_source_is_sealed_and_not_released(course):
    key = course[0] / LESSON / "key.toml"
    key.write_text('["01.1 one"]\n"yes" = ""\n"no" = "it is yes"\n', encoding="utf-8")
    release(*course)
    assert [path.name for path in (course[1] / LESSON).iterdir()] == [f"{LESSON}.ipynb"]
    sealed = (course[2] / "01.json").read_text(encoding="utf-8")
    assert "yes" not in sealed
    assert [opened("01.1 one", option, json.loads(sealed)) for option in ("yes", "no", "so")] == [
        "",
        "it is yes",
        None,
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", r"key\.toml is no TOML"),
        ('["01.1 one"]\n"no" = "because"\n', r'item "01\.1 one" has no right option'),
    ],
)
def test_a_wrong_key_is_told(course, text, says):
    (course[0] / LESSON / "key.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=says):
        sealed_keys(course[0])


def test_what_nbgrader_says_of_a_wrong_source_is_told(course):
    source = course[0] / LESSON / f"{LESSON}.ipynb"
    source.write_text(source.read_text(encoding="utf-8").replace("### END SOLUTION", ""), encoding="utf-8")
    with (
        pytest.raises(RuntimeError, match=f"(?s)cannot release {LESSON}.*No end solution statement found"),
        generated(course[0]),
    ):
        pass
