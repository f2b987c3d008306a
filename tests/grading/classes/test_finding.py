"""Submissions are found in either layout, and whatever is wrong with the folder is said at the door."""

import json

import pytest

from helpers.grading.classes.cells import answer_to, learner_in
from helpers.grading.classes.notebooks import Unreadable, cells_of
from helpers.grading.classes.submissions import Submission, find_submissions
from helpers.grading.questions import find
from helpers.grading.released import notebook_of
from tests.hostile.classes import NAME, SELL, hand_in, notebook


def put(folder, name, content=""):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_the_layout_of_nbgrader(tmp_path):
    path = hand_in(tmp_path, "ada", notebook(SELL))
    assert find_submissions(tmp_path) == [Submission("ada", NAME, path)]
    put(tmp_path, f"ada/{NAME}/helper.txt")
    put(tmp_path, f"ada/{NAME}/{NAME}-Copy1.ipynb")
    put(tmp_path, ".ipynb_checkpoints/x")
    assert find_submissions(tmp_path, NAME) == [Submission("ada", NAME, path)]


def test_a_notebook_of_another_name_counts_where_it_is_the_only_one(tmp_path):
    path = put(tmp_path, f"ada/{NAME}/mine.ipynb")
    assert find_submissions(tmp_path)[0].path == path


@pytest.mark.parametrize(
    ("file", "student"),
    [
        ("ada.ipynb", "ada"),
        (f"ada_{NAME}.ipynb", "ada"),
        (f"{NAME} - Ada L..ipynb", "Ada L."),
        (f"{NAME}.ipynb", NAME),
    ],
)
def test_a_flat_folder(tmp_path, file, student):
    put(tmp_path, file, json.dumps(notebook(SELL)))
    (found,) = find_submissions(tmp_path)
    assert (found.student, found.assignment, found.problem) == (student, NAME, "")


def test_a_flat_file_that_tells_nothing_is_taken_for_what_the_others_are(tmp_path):
    put(tmp_path, "ada.ipynb", json.dumps(notebook(SELL)))
    put(tmp_path, "bo.ipynb", "junk")
    assert {each.assignment for each in find_submissions(tmp_path)} == {NAME}


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (f"ada/{NAME}/notes.txt", "no notebook"),
        ("ada/notes.txt", "no folder of an assignment"),
        ("ada/99_chess/99_chess.ipynb", "no assignment '99_chess'"),
    ],
)
def test_a_student_without_a_notebook_is_accounted_for(tmp_path, file, problem):
    hand_in(tmp_path, "bo", notebook(SELL))
    put(tmp_path, file)
    ada, bo = find_submissions(tmp_path)
    assert problem in ada.problem
    assert bo.problem == ""


@pytest.mark.parametrize(
    ("files", "assignment", "says"),
    [
        ([], "", "There are no submissions in"),
        (["ada/99_chess/99_chess.ipynb"], "", r"No submission in .* is of a known assignment \(99_chess\)"),
        ([f"ada/{NAME}/{NAME}.ipynb"], "99_chess", f"no assignment '99_chess'; there are: .*{NAME}"),
        (
            [f"ada/{NAME}/a.ipynb", f"ada/{NAME}/b.ipynb"],
            "",
            r"two submissions of 'ada' .*a\.ipynb and .*b\.ipynb",
        ),
        ([f"ada_{NAME}.ipynb", f"{NAME}_ada.ipynb"], "", "two submissions of 'ada'"),
        (
            ["ada.ipynb", f"bo/{NAME}/{NAME}.ipynb"],
            "",
            r"holds notebooks, such as ada\.ipynb, and folders, such as bo",
        ),
    ],
)
def test_a_folder_that_is_not_as_it_must_be(tmp_path, files, assignment, says):
    for file in files:
        put(tmp_path, file)
    with pytest.raises(ValueError, match=says):
        find_submissions(tmp_path, assignment)


def test_no_folder(tmp_path):
    with pytest.raises(ValueError, match="There is no folder"):
        find_submissions(tmp_path / "none")


QUESTION = find("01.1")


def cells(change):
    data = notebook(SELL, SELL, SELL)
    change(data["cells"])
    return cells_of(json.dumps(data).encode())


def at(raw, id):
    return next(place for place, cell in enumerate(raw) if cell["id"] == id)


def another(raw, source, **changes):
    cell = raw[at(raw, "answer-1")]
    return {**cell, "id": "copy", "source": source, **changes}


def test_a_moved_cell():
    found = answer_to(QUESTION, cells(lambda raw: raw.append(raw.pop(at(raw, "answer-1")))))
    assert (found.source, found.note) == (SELL, "")


def test_an_edited_id_of_the_cell_does_not_matter():
    found = answer_to(QUESTION, cells(lambda raw: raw[at(raw, "answer-1")].update(id="other")))
    assert found.source == SELL


def test_a_deleted_cell():
    found = answer_to(QUESTION, cells(lambda raw: raw.pop(at(raw, "answer-1"))))
    assert (found.source, found.note) == (None, "its cell was deleted")


def test_a_cell_that_became_a_text():
    found = answer_to(QUESTION, cells(lambda raw: raw[at(raw, "answer-1")].update(cell_type="markdown")))
    assert (found.source, found.note) == (None, "its cell is no code cell any more")


def test_a_duplicated_cell():
    same = answer_to(QUESTION, cells(lambda raw: raw.append(another(raw, SELL))))
    assert (same.source, same.note) == (SELL, "")
    newer = answer_to(QUESTION, cells(lambda raw: raw.append(another(raw, "sell = 1"))))
    assert (newer.source, newer.note) == ("sell = 1", "its cell is there 2 times; the last one counts")


def test_a_duplicate_that_is_still_empty_does_not_count():
    released = json.loads(notebook_of("01").read_text(encoding="utf-8"))["cells"]

    def change(raw):
        raw.append(another(raw, released[at(released, "answer-1")]["source"]))

    assert answer_to(QUESTION, cells(change)).source == SELL


def test_an_answer_in_a_cell_that_was_added():
    def change(raw):
        raw.append(another(raw, "x = 1\ndef sell(shop):\n    pass", metadata={}))
        raw.pop(at(raw, "answer-1"))

    found = answer_to(QUESTION, cells(change))
    assert found.source.startswith("x = 1")
    assert "added" in found.note


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('learner("Ada")', "Ada"),
        ('learner("")', ""),
        ('learner("Ada")\nlearner("Bo")', "Bo"),
        ('name = "Ada"\nlearner(name)', ""),
        ("learner(__import__('os').getcwd())", ""),
        ('learner("Ada"', ""),
        ("learner('" + "a" * 3000 + "')", ""),
        ("learner" + "(" * 1500, ""),
    ],
)
def test_the_learners_name_is_read_and_never_executed(source, name):
    assert learner_in(cells(lambda raw: raw[at(raw, "name")].update(source=source))) == name


@pytest.mark.parametrize(
    "data",
    [{"cell_type": 1}, {"cell_type": "code", "source": "", "metadata": {"nbgrader": []}}, {"metadata": 7}],
)
def test_a_strange_cell_is_read_all_the_same(data):
    text = json.dumps({"nbformat": 4, "cells": [data]}).encode()
    assert cells_of(text)[0].grade_id == ""


def test_too_many_cells():
    with pytest.raises(Unreadable, match="more than"):
        cells_of(json.dumps({"nbformat": 4, "cells": [{}] * 6000}).encode())
