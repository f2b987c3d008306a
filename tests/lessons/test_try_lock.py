"""Lesson 03: its programs end as they should with other knobs; its measurements have the right shape."""

import pytest

from helpers import run
from helpers.lessons.try_lock import asking, both_or_none, other_work, price_of_asking, till
from helpers.lessons.try_lock.programs import look_then_take, mind_the_answer, release_anyway


@pytest.mark.parametrize("pauses_s", [(0.001, 0.004), (0.004, 0.001)])
def test_both_or_none_holds_both_or_none(pauses_s):
    trace = run(both_or_none(pauses_s=pauses_s))
    refusals = [row for row in trace.select() if row.outcome == "refused"]
    assert trace.finished
    assert len(refusals) == trace.result >= 1
    assert {row.outcome for row in trace.select()} == {"acquired", "refused"}


@pytest.mark.parametrize("tries", [False, True])
def test_the_till_is_used_by_both(tries):
    trace = run(till(tries=tries, hold_s=0.001, gap_s=0.005))
    assert trace.result > 0
    assert {row.thread for row in trace.select() if row.outcome == "acquired"} == {"T1", "T2"}
    assert any(row.outcome == "refused" for row in trace.select()) <= tries


@pytest.mark.parametrize(("hold_s", "turns"), [(0.03, 6), (0.5, 1)])
def test_the_till_is_used_as_often_as_fits(hold_s, turns):
    assert run(till(tries=True, hold_s=hold_s)).acquisitions("T1") == turns


def test_who_minds_the_answer_asks_again_until_it_is_true():
    trace = run(mind_the_answer)
    *refused, last = [row.outcome for row in trace.select("T2", name="lock")]
    assert refused
    assert set(refused) == {"timed out"}
    assert last == "acquired"
    assert [note.name for note in trace.marks()] == ["T1 pays", "T2 pays"]


def test_after_a_wrong_release_the_third_thread_gives_back_what_it_got():
    (hold,) = run(release_anyway).select("T3", name="lock")
    assert hold.released_by == "T3"


def test_who_saw_the_lock_free_and_did_not_get_it_gave_up():
    outcomes = sorted(row.outcome for row in run(look_then_take).select(name="lock"))
    assert outcomes == ["acquired", "timed out"]


@pytest.mark.parametrize("pause_s", [None, 0.0, 0.001])
def test_who_asks_gets_the_lock_in_the_end(pause_s):
    trace = run(asking(pause_s=pause_s), trace=False)
    assert trace.finished
    assert trace.result > 0


def test_a_waiting_asker_is_told_as_waiting():
    trace = run(asking(pause_s=None))
    assert [row.outcome for row in trace.select("T2")] == ["acquired"]


def test_other_work_is_told_for_each_hold():
    sweep = other_work(holds_s=(0.001, 0.004), repetitions=1)
    assert sweep.x == (1.0, 4.0)
    assert set(sweep.series) == {"waits", "tries"}


def test_asking_has_its_price_for_each_way():
    sweep = price_of_asking({"waits": None, "tries": 0.001}, repetitions=2)
    assert sweep.x == ("waits", "tries")
    assert sweep.repetitions() == 2
    assert set(sweep.series) == {"T1, computing", "T2, asking"}
