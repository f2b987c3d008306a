import threading

import pytest

from helpers import bench
from helpers.bench import Bench, main


@pytest.fixture
def benches(monkeypatch):
    def use(*ratios):
        monkeypatch.setattr(bench, "BENCHES", [Bench(f"toy {r}", 3.0, lambda r=r: r) for r in ratios])

    return use


def test_all_within_their_targets(benches, capsys):
    benches(2.0, 3.0)
    assert main(["--rounds", "3"]) == 0
    assert capsys.readouterr().out.count("PASS") == 2


def test_one_over_its_target(benches, capsys):
    benches(2.0, 3.1)
    assert main(["--rounds", "3"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "toy 3.1  3.10    3.10  ≤ 3.0   over"


def test_the_median_decides_and_the_quick_tenth_is_shown():
    toy = Bench("toy", 3.0, float)
    ratios = [1.0, 1.0, 3.5, 3.5, 3.5]
    assert not bench.is_within(toy, ratios)
    assert "1.00    3.50" in bench.table([toy], [ratios])


def test_benches_take_turns(monkeypatch):
    calls = []
    benches = [Bench(name, 3.0, lambda name=name: calls.append(name) or 1.0) for name in "ab"]
    assert bench.measure(benches, 2) == [[1.0, 1.0]] * 2
    assert calls == ["a", "b"] * 3


@pytest.mark.parametrize("rounds", ["1", "0", "many"])
def test_too_few_rounds_are_refused(rounds):
    with pytest.raises(SystemExit, match="2"):
        main(["--rounds", rounds])


@pytest.mark.parametrize("each", bench.BENCHES, ids=lambda each: each.name)
def test_each_bench_measures_a_recorded_lock_against_a_raw_one(each, monkeypatch):
    monkeypatch.setattr(bench, "BATCH", 200)
    assert 1.0 < each.ratio() < 100.0


def test_a_lock_that_is_not_recorded_is_no_measure(monkeypatch):
    with pytest.raises(RuntimeError, match="not 0"):
        bench._against_raw(bench._with, bench._new_raw_lock, bench._new_raw_lock)


def test_a_recorded_lock_is_no_raw_one():
    with pytest.raises(TypeError, match="Python's own"):
        bench._against_raw(bench._with, bench._new_lock, bench._new_lock)


def test_a_bench_is_added_by_marking_a_function(monkeypatch):
    monkeypatch.setattr(bench, "BENCHES", [])
    ratio = bench.bench("new", target=2.0)(threading.active_count)
    assert list(bench.BENCHES) == [Bench("new", 2.0, ratio)]
