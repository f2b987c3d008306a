import json
import subprocess
import sys
from pathlib import Path

import pytest

import helpers
from helpers import predict, reveal

ROOT = Path(helpers.__file__).parents[1]

CHOICES = {"a": "400", "b": "fewer than 400"}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOCKS_COURSE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def kept(home, id):
    return json.loads((home / "predictions.json").read_text("utf-8"))["predictions"][id]


def test_a_prediction_that_comes_true():
    predict("01.lost-update", 400)
    seen = reveal("01.lost-update", 400)
    assert (seen.predicted, seen.observed, seen.right) == (400, 400, True)
    assert "✓" in repr(seen)
    assert "✓" in seen._repr_html_()


def test_a_prediction_that_does_not_come_true():
    predict("01.lost-update", 400)
    seen = reveal("01.lost-update", 387)
    assert seen.right is False
    assert "✗ Not as you predicted" in repr(seen)
    assert "400" in seen._repr_html_()
    assert "387" in seen._repr_html_()


@pytest.mark.parametrize("nothing", [None, ...])
def test_no_prediction_yet(home, nothing):
    assert "in place of ..." in repr(predict("01.lost", nothing))
    seen = reveal("01.lost", 387)
    assert (seen.predicted, seen.observed, seen.right) == (None, 387, None)
    assert "You made no prediction for 01.lost yet: set it in the cell above" in repr(seen)
    assert kept(home, "01.lost")[0]["answers"][0][1] is None


def test_reveal_without_predict():
    seen = reveal("01.never-asked", "blocked")
    assert seen.right is None
    assert "set it in the cell above" in seen._repr_html_()
    assert "blocked" in seen._repr_html_()


def test_the_answer_may_change_before_the_reveal_and_the_first_is_kept(home):
    predict("01.lost", 400)
    assert "Changed from 400" in repr(predict("01.lost", 300))
    seen = reveal("01.lost", 300)
    assert seen.right is True
    assert seen.first == 400
    assert "Your first answer was 400" in repr(seen)
    (attempt,) = kept(home, "01.lost")
    assert [answer for _, answer in attempt["answers"]] == [400, 300]
    assert all(at.startswith("20") for at, _ in attempt["answers"])


def test_the_same_answer_again_is_no_change(home):
    predict("01.lost", 400)
    assert "Changed" not in repr(predict("01.lost", 400))
    assert len(kept(home, "01.lost")[0]["answers"]) == 1


def test_after_the_reveal_a_new_attempt_begins(home):
    predict("01.lost", 400)
    reveal("01.lost", 387)
    assert "Attempt 2" in repr(predict("01.lost", 387))
    assert reveal("01.lost", 387).right is True
    assert [attempt["answers"][0][1] for attempt in kept(home, "01.lost")] == [400, 387]


def test_an_answer_after_an_unanswered_reveal_is_a_new_attempt(home):
    for _ in range(3):
        predict("01.lost", ...)
        reveal("01.lost", 387)
    predict("01.lost", 387)
    first, second = kept(home, "01.lost")
    assert first["revealed"]
    assert second["answers"][0][1] == 387


def test_choices_are_named_by_key_or_text_in_any_case():
    assert predict("01.lost", " B ", choices=CHOICES).answer == "b"
    assert predict("01.lost", "Fewer than  400", choices=CHOICES).answer == "b"
    seen = reveal("01.lost", "b")
    assert seen.right is True
    assert "b: fewer than 400" in repr(seen)


def test_an_answer_outside_the_choices_is_named():
    with pytest.raises(
        ValueError, match=r"'c' is not one of the choices of 01.lost: 'a' \(400\), 'b' \(fewer"
    ):
        predict("01.lost", "c", choices=CHOICES)


@pytest.mark.parametrize("id", ["lost update", "1.lost", "01.", "01.Lost", "01", "", 7, "01.lost\n"])
@pytest.mark.parametrize("call", [predict, reveal])
def test_a_bad_id_is_refused_with_a_good_one(call, id):
    with pytest.raises(ValueError, match=r'such as "01\.lost-update"'):
        call(id, 1)


@pytest.mark.parametrize("tolerance", [-1, float("nan"), float("inf")])
def test_a_bad_tolerance_is_refused(tolerance):
    with pytest.raises(ValueError, match="tolerance"):
        reveal("01.lost", 1, tolerance=tolerance)


def test_what_was_observed_must_be_a_value():
    with pytest.raises(TypeError, match="Ellipsis"):
        reveal("01.lost", ...)


def test_a_number_within_the_tolerance_is_right():
    predict("01.cost", 100)
    assert reveal("01.cost", 120, tolerance=20).right is True
    assert reveal("01.cost", 121, tolerance=20).right is False


def test_members_of_an_observed_set_may_be_predicted_in_any_order():
    predict("05.stuck", ["Eve", "Ada"])
    assert reveal("05.stuck", {"Ada", "Eve"}).right is True
    assert reveal("05.stuck", ["Ada", "Eve"]).right is False


def test_what_a_learner_wrote_is_escaped():
    predict("01.lost", "<b>")
    assert "<b>" not in reveal("01.lost", "<i>")._repr_html_()


@pytest.mark.parametrize(
    "content", ["{not json", "[]", '{"format": 99, "predictions": {}}', "\xff", '{"format": 1}']
)
def test_an_unreadable_file_is_moved_aside_whole(home, capsys, content):
    home.mkdir()
    (home / "predictions.json").write_bytes(content.encode("latin-1"))
    predict("01.lost", 400)
    assert "could not be read" in capsys.readouterr().out
    (aside,) = home.glob("predictions.unreadable-*.json")
    assert aside.read_bytes() == content.encode("latin-1")
    assert reveal("01.lost", 400).right is True


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LOCKS_COURSE_HOME", str(tmp_path / "file" / "folder"))
    with pytest.raises(OSError, match="LOCKS_COURSE_HOME"):
        predict("01.lost", 400)


def test_a_failed_write_leaves_the_old_file(home, monkeypatch):
    predict("01.lost", 400)
    before = (home / "predictions.json").read_bytes()
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        predict("01.lost", 300)
    assert (home / "predictions.json").read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not replace a file that is being read")
def test_a_reader_sees_the_old_file_or_the_new_one(home):
    predict("01.lost", 400)
    with open(home / "predictions.json", encoding="utf-8") as old:
        predict("01.lost", 300)
        assert "300" not in old.read()
    assert kept(home, "01.lost")[0]["answers"][-1][1] == 300


def test_kernels_at_the_same_time_lose_nothing(home):
    code = (
        "import sys; from helpers import predict\nfor i in range(40): predict(f'{sys.argv[1]}.lost-{i}', i)"
    )
    kernels = [subprocess.Popen([sys.executable, "-c", code, f"0{k}"], cwd=ROOT) for k in range(3)]
    assert [kernel.wait(60) for kernel in kernels] == [0, 0, 0]
    assert len(json.loads((home / "predictions.json").read_text("utf-8"))["predictions"]) == 120
