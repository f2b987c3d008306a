"""What `python -m helpers.bench` prints, and how it exits."""

import pytest

from helpers.bench import exploring, grading, live, recording
from helpers.bench.__main__ import main
from helpers.bench.table import Row, Target, is_within, table


@pytest.fixture
def measured(monkeypatch):
    def use(recorded, explored):
        asked = []
        quick = Row("r", [recorded], Target("≤", 3.0))
        above = Row("e", [explored], Target("≥", 10.0), "none in 20 s")
        monkeypatch.setattr(recording, "rows", lambda *each: asked.append(each) or [quick])
        monkeypatch.setattr(exploring, "rows", lambda *each: asked.append(each) or [above])
        monkeypatch.setattr(
            live, "rows", lambda *each: asked.append(each) or [Row("l", [1.0], Target("≤", 2.0))]
        )
        monkeypatch.setattr(grading, "rows", lambda *each: asked.append(each) or [quick])
        return asked

    return use


def test_all_within_their_targets(measured, capsys):
    measured(3.0, 10.0)
    assert main([]) == 0
    assert capsys.readouterr().out.count("PASS") == 4


@pytest.mark.parametrize(("recorded", "explored"), [(3.1, 10.0), (3.0, 9.9)])
def test_one_row_that_misses_its_target(measured, recorded, explored):
    measured(recorded, explored)
    assert main([]) == 1


def test_only_one_of_the_tables(measured, capsys):
    asked = measured(9.0, 10.0)
    assert main(["exploring", "--rounds", "2", "--limit", "0.5"]) == 0
    assert asked == [(2, 0.5)]
    assert capsys.readouterr().out.splitlines() == [
        "exploring  10 %  median  target        frontrun",
        "e          10.0    10.0  ≥ 10.0  PASS  none in 20 s",
    ]


def test_only_grading_with_its_sizes(measured, capsys):
    asked = measured(1.0, 1.0)
    assert main(["grading", "--rounds", "9", "--sizes", "10", "20"]) == 0
    assert asked == [(grading.ROUNDS, [10, 20])]
    assert "grading a class" in capsys.readouterr().out


@pytest.mark.parametrize("rounds", ["1", "0", "many"])
def test_too_few_rounds_are_refused(rounds):
    with pytest.raises(SystemExit, match="2"):
        main(["--rounds", rounds])


def test_the_median_decides_and_the_quick_tenth_is_shown():
    toy = Row("toy", [1.0, 1.0, 3.5, 3.5, 3.5], Target("≤", 3.0))
    assert not is_within(toy)
    assert "1.00    3.50" in table("ratio", [toy])


def test_what_could_not_be_measured_is_not_within_its_target():
    assert not is_within(Row("toy", [], Target("≤", 3.0)))
    assert is_within(Row("toy", []))
