import threading

import pytest

from helpers.bench import recording
from helpers.bench.recording import Bench
from helpers.bench.table import Row, Target


def test_each_bench_is_a_row(monkeypatch):
    benches = [Bench("aimed", 3.0, lambda: 2.0), Bench("told", None, lambda: 9.0)]
    monkeypatch.setattr(recording, "BENCHES", benches)
    assert recording.rows(2) == [Row("aimed", [2.0] * 2, Target("≤", 3.0)), Row("told", [9.0] * 2)]


def test_benches_take_turns():
    calls = []
    benches = [Bench(name, 3.0, lambda name=name: calls.append(name) or 1.0) for name in "ab"]
    assert recording.measure(benches, 2) == [[1.0, 1.0]] * 2
    assert calls == ["a", "b"] * 3


@pytest.mark.parametrize("each", recording.BENCHES, ids=lambda each: each.name)
def test_each_bench_measures_a_recorded_lock_against_a_raw_one(each, monkeypatch):
    monkeypatch.setattr(recording, "BATCH", 200)
    assert 1.0 < each.ratio() < 100.0


def test_a_lock_that_is_not_recorded_is_no_measure():
    with pytest.raises(RuntimeError, match="not 0"):
        recording._against_raw(recording._with, recording._new_raw_lock, recording._new_raw_lock)


def test_a_recorded_lock_is_no_raw_one():
    with pytest.raises(TypeError, match="Python's own"):
        recording._against_raw(recording._with, recording._new_lock, recording._new_lock)


def test_a_bench_is_added_by_marking_a_function(monkeypatch):
    monkeypatch.setattr(recording, "BENCHES", [])
    ratio = recording.bench("new", target=2.0)(threading.active_count)
    assert list(recording.BENCHES) == [Bench("new", 2.0, ratio)]
