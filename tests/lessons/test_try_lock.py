"""Lesson 03: its programs end as they should with other knobs; its measurements have the right shape."""

import pytest

from helpers import run
from helpers.lessons.try_lock import asking, both_or_none, counter, other_work, shortest_hold


@pytest.mark.parametrize("pauses_s", [(0.001, 0.004), (0.004, 0.001)])
def test_both_or_none_holds_both_or_none(pauses_s):
    trace = run(both_or_none(pauses_s=pauses_s))
    refusals = [row for row in trace.select() if row.outcome == "refused"]
    assert trace.finished
    assert len(refusals) == trace.result >= 1
    assert {row.outcome for row in trace.select()} == {"acquired", "refused"}


@pytest.mark.parametrize("tries", [False, True])
def test_the_counter_is_used_by_both(tries):
    trace = run(counter(tries=tries, hold_s=0.001, gap_s=0.005))
    assert trace.result > 0
    assert {row.thread for row in trace.select() if row.outcome == "acquired"} == {"T1", "T2"}
    assert any(row.outcome == "refused" for row in trace.select()) <= tries


@pytest.mark.parametrize("pause_s", [None, 0.0, 0.001])
def test_who_asks_gets_the_lock_in_the_end(pause_s):
    trace = shortest_hold(pause_s=pause_s, repetitions=1)
    assert trace.finished
    assert trace.result > 0


def test_a_waiting_asker_is_told_as_waiting():
    trace = run(asking(pause_s=None))
    assert [row.outcome for row in trace.select("T2")] == ["acquired"]


def test_other_work_is_told_for_each_hold():
    sweep = other_work(holds_s=(0.001, 0.004), repetitions=1)
    assert sweep.x == (1.0, 4.0)
    assert set(sweep.series) == {"waits", "tries"}
