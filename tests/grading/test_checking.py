"""check and grade_answer: the same points for the same answer, and clear words for what is no answer."""

import builtins
import contextlib
import io
import json
import re
import sys
import threading
from types import SimpleNamespace

import pytest

from helpers.grading import Result, check, grade_answer, showing
from helpers.grading.answers import answer_of
from helpers.grading.questions import all_questions, find, of_lesson

SELL = """
def sell(shop):
    with shop.lock:
        if shop.left == 0:
            return False
        shop.left -= 1
        return True
"""
UNLOCKED = SELL.replace("with shop.lock:", "if True:")
CROOKED = "def sell(shop):\n    with shop.lock:\n        with shop.lock:\n            return True\n"


def test_a_right_answer_gets_every_point():
    result = grade_answer("01.1", SELL)
    assert (result.status, result.points, result.reason) == ("graded", 4, "")


def test_an_answer_of_a_live_object_is_checked_like_its_source():
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        live = check("01.1", sell_without_a_lock)
    graded = grade_answer("01.1", UNLOCKED, final=False)
    assert [finding.reason for finding in live.findings] == [finding.reason for finding in graded.findings]
    assert "race condition: 1 ticket to sell, 2 sold" in shown.getvalue()


def sell_without_a_lock(shop):
    if shop.left == 0:
        return False
    shop.left -= 1
    return True


def test_a_deadlock_is_told_in_the_answers_own_names():
    result = grade_answer("01.1", CROOKED)
    assert result.points == 0
    assert result.reason.startswith("deadlock: MainThread waits for shop.lock, held by MainThread")
    assert result.verdict.schedule


def test_a_result_is_plain_data():
    told = json.loads(json.dumps(grade_answer("01.1", CROOKED).to_json()))
    assert told["points"] == 0
    assert told["findings"][0]["schedule"]
    assert told["findings"][0]["verdict"].startswith("deadlock")


@pytest.mark.parametrize(
    ("source", "status", "says"),
    [
        ("x = 1", "missing", "the cell defines no sell"),
        ("def sell(shop):\n    raise NotImplementedError()", "missing", "not written yet"),
        ("raise NotImplementedError()", "missing", "not written yet"),
        ("sell = 3", "refused", "asks for the code of sell"),
        ("sell = ...", "missing", "asks for the code of sell"),
        ("sell = print", "refused", "define it in its cell"),
        ("import os", "refused", "may not import os"),
        ("1 / 0", "graded", "its cell raises ZeroDivisionError: division by zero"),
        ("def sell(shop, price):\n    return True", "graded", "TypeError"),
    ],
)
def test_what_is_no_answer_is_told(source, status, says):
    result = grade_answer("01.1", source)
    assert (result.status, result.points) == (status, 0)
    assert says in result.reason


def test_an_answer_that_changes_what_is_not_its_own_is_refused(monkeypatch):
    sneaky = "def put(target):\n    target.clear = None\n" + SELL + "put(type(threading.Event()))\n"
    monkeypatch.setattr(threading.Event, "clear", threading.Event.clear)  # puts it back
    result = grade_answer("01.1", sneaky)
    assert (result.status, result.points) == ("refused", 0)
    assert "it changes threading.Event.clear" in result.reason


def test_an_answer_does_not_get_the_tools_that_its_own_definition_hides():
    early = "x = explore(None)\ndef explore(program): ...\n" + SELL
    assert "its cell raises NameError: name 'explore'" in grade_answer("01.1", early).reason


def test_the_watch_sees_a_builtin_that_was_replaced(monkeypatch):
    from helpers.grading.tampering import Watch

    watch = Watch()
    assert watch.changed() == ""
    monkeypatch.setattr(builtins, "sum", lambda each: 0)
    assert watch.changed() == "builtins.sum"


def test_the_watch_sees_a_class_with_one_more_method_and_a_module_in_the_place_of_another(monkeypatch):
    from helpers.grading.tampering import Watch

    watch = Watch()
    monkeypatch.setattr(Result, "passes", lambda self: True, raising=False)
    assert watch.changed() == "helpers.grading.result.Result.passes"
    monkeypatch.undo()
    assert watch.changed() == ""
    monkeypatch.setitem(sys.modules, "time", SimpleNamespace())
    assert watch.changed() == "time"


def test_a_lesson_has_the_questions_of_its_number():
    questions = all_questions()
    for lesson in {each.lesson for each in questions.values()}:
        assert of_lesson(lesson) == {id: each for id, each in questions.items() if each.lesson == lesson}
    for no_lesson in ("00", "99", "??", "0*", "", "/a"):
        assert of_lesson(no_lesson) == {}


@pytest.mark.parametrize("id", ["1.1", "01.99", "01", "??.1"])
def test_an_unknown_question_is_told_at_the_door(id):
    with pytest.raises(ValueError, match=rf"no question '{re.escape(id)}'; did you mean \d\d\.\d"):
        check(id, None)


def test_an_id_that_is_no_text_is_told_at_the_door():
    with pytest.raises(TypeError, match=r'an id such as "05.2", not 1.1'):
        find(1.1)


def test_an_object_without_a_source_is_no_answer():
    with pytest.raises(LookupError, match="define it in its cell"):
        answer_of(len)


def test_two_checks_in_one_cell_are_both_shown_and_none_twice(monkeypatch):
    shell = SimpleNamespace(execution_count=7)
    shown = []
    monkeypatch.setattr(showing, "_shell", lambda: shell)
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle["text/plain"]))
    for points in range(1, 4):  # each result goes where the one before it was in memory
        showing.show_once(Result("01.1", "graded", max_points=points))
    assert shown == ["01.1: 0 of 1 points", "01.1: 0 of 2 points", "01.1: 0 of 3 points"]
    result = Result("01.1", "graded", max_points=4)
    showing.show_once(result)
    showing.show_once(result)
    assert len(shown) == 4
    shell.execution_count = 8
    showing.show_once(result)
    assert len(shown) == 5
