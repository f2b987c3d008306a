"""The classes that are graded for the bench, and what is told of them."""

import json

import pytest

from helpers.bench import grading
from helpers.bench.grading import ASSIGNMENT, EACH_HOSTILE, HOSTILE, Took, hand_in, rows, solved
from helpers.grading import grade_answer


def answers(text):
    cells = json.loads(text)["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells if cell["id"].startswith("answer")}


def test_the_good_submission_gets_every_point():
    for id, source in answers(solved()).items():
        result = grade_answer(f"01.{id[-1]}", source)
        assert result.points == result.max_points > 0


@pytest.mark.parametrize(("hostile", "wanted"), [(True, 5), (False, 0)])
def test_one_in_twenty_is_hostile(tmp_path, hostile, wanted):
    hand_in(tmp_path, 5 * EACH_HOSTILE, hostile=hostile)
    paths = sorted((tmp_path / "submitted").glob(f"*/{ASSIGNMENT}/*.ipynb"))
    found = [answers(path.read_text())["answer-1"] for path in paths]
    assert len(found) == 100
    assert [each for each in found if each in HOSTILE] == list(HOSTILE)[:wanted]


def test_what_is_told(monkeypatch):
    monkeypatch.setattr(grading, "hand_in", lambda *_, **__: None)
    monkeypatch.setattr(grading, "_ours", lambda _, students: Took(students, students / 10, 100.0))
    monkeypatch.setattr(grading, "_nbgrader", lambda _, students: Took(students, 2.0 * students, 0.0))
    told = {row.name: row for row in rows(2, (10, 1000))}
    assert told["20 good submissions: submissions a minute"].values == [600.0, 600.0]
    assert told["20 good submissions: submissions a minute"].peer == "30.0"
    assert told["20 good submissions: times as many as nbgrader"].values == [20.0, 20.0]
    assert told["1,000 submissions, 5 % hostile: seconds"].values == [100.0]
    assert told["1,000 submissions, 5 % hostile: seconds"].target is not None
    assert told["10 submissions, 5 % hostile: seconds"].target is None
