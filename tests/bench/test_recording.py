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
def test_each_bench_measures_something(each, monkeypatch):
    monkeypatch.setattr(recording, "BATCH", 200)
    assert 0.0 < each.measure() < 10_000.0


def test_a_lock_that_is_not_recorded_is_no_measure():
    with pytest.raises(RuntimeError, match="not 0"):
        recording._against_raw(recording._with, recording._new_raw_lock, recording._new_raw_lock)


def test_a_recorded_lock_is_no_raw_one():
    with pytest.raises(TypeError, match="Python's own"):
        recording._against_raw(recording._with, recording._new_lock, recording._new_lock)


@pytest.mark.parametrize("use", [recording._with, recording._acquire_release])
@pytest.mark.parametrize("new", [recording._new_floor_lock, recording._new_floor_rlock])
def test_a_floor_holds_its_lock_between_two_readings_of_the_clock(new, use, monkeypatch):
    monkeypatch.setattr(recording, "BATCH", 3)
    floor = new()
    use(floor)
    assert len(floor.rows) == 3
    assert all(granted < released for granted, released in floor.rows)


def test_a_floor_that_skips_its_tuples_is_no_measure(monkeypatch):
    monkeypatch.setattr(recording, "BATCH", 3)

    def skips():
        floor = recording._new_floor_lock()
        floor.rows.append((0.0, 0.0))
        return floor

    with pytest.raises(RuntimeError, match=r"append 6 tuples, not \[7\]"):
        recording._against_floor(recording._with, recording._new_lock, skips)


def test_only_with_lock_has_to_reach_its_floor():
    assert [(each.name, each.target) for each in recording.BENCHES if each.target] == [
        ("with lock, recorded, against its floor", 1.25)
    ]


def test_a_bench_is_added_by_marking_a_function(monkeypatch):
    monkeypatch.setattr(recording, "BENCHES", [])
    measure = recording.bench("new", target=2.0)(threading.active_count)
    assert list(recording.BENCHES) == [Bench("new", 2.0, measure)]
