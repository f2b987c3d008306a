"""Lesson 02: what reads its traces, and the programs whose outcome no clock decides."""

import threading

import pytest

from helpers.lessons.reentrancy import busy_span, depths, failure
from helpers.lessons.reentrancy.bank import Bank, FlatBank, pay_rent, two_audits
from helpers.lessons.reentrancy.measures import LOCKS, price_of_reentrancy, under_one_another, with_lock
from helpers.lessons.reentrancy.programs import go_by_event, go_by_lock, in_and_out, uninvited_release
from helpers.running import run
from helpers.trace import Row, ThreadRecord, Trace


def hold(thread, requested, acquired, released, name="lock"):
    outcome = "waiting" if acquired is None else "held" if released is None else "acquired"
    return Row(thread, "lock", name, "exclusive", requested, acquired, released, thread, outcome)


def trace_of(*rows, duration=10.0):
    return Trace(rows, (ThreadRecord("T1", 0.0, None), ThreadRecord("T2", 0.0, None)), duration)


def test_depths_are_those_of_the_holder_in_the_order_of_the_grants():
    waited = hold("T2", 1.5, 6.0, 7.0)
    trace = trace_of(hold("T1", 1.0, 1.0, 5.0), waited, hold("T1", 2.0, 2.0, 3.0), hold("T1", 4.0, 4.0, 5.0))
    assert depths(trace, "lock") == [1, 2, 2, 1]


def test_depths_count_what_is_still_held_and_leave_out_what_was_not_granted():
    trace = trace_of(hold("T1", 1.0, 1.0, None), hold("T1", 2.0, 2.0, None), hold("T2", 3.0, None, None))
    assert depths(trace, "lock") == [1, 2]


def test_depths_are_of_one_lock():
    assert depths(trace_of(hold("T1", 1.0, 1.0, 4.0, "a"), hold("T1", 2.0, 2.0, 3.0, "b")), "b") == [1]


def test_the_busy_span_ends_with_the_last_operation():
    span = busy_span(trace_of(hold("T1", 4.0, 4.0, 5.0), hold("T2", 4.5, 5.0, 6.0)))
    assert (span["start"], span["end"]) == pytest.approx((3.8, 6.2))


def test_the_busy_span_of_what_is_still_held_goes_to_the_end():
    assert busy_span(trace_of(hold("T1", 4.0, 4.0, None)))["end"] == 10.0


def test_timelines_under_one_another_bear_their_names():
    trace = trace_of(hold("T1", 4.0, 4.0, 5.0))
    last = under_one_another({"one": trace, "two": trace}, height_in=5)
    assert [ax.get_ylabel() for ax in last.figure.axes] == ["one", "two"]


def test_failure_tells_who_raised_what():
    thread, message, trace = failure(in_and_out(acquires=1, releases=2))
    assert (thread, message) == ("MainThread", "cannot release un-acquired lock")
    assert depths(trace, "lock")[0] == 1


def test_failure_wants_a_program_that_fails():
    with pytest.raises(ValueError, match="did not raise"):
        failure(in_and_out(acquires=1, releases=1))


@pytest.mark.parametrize("releases", [0, 1, 2])
def test_too_few_releases_leave_the_other_thread_waiting(releases):
    assert (
        run(in_and_out(acquires=3, releases=releases)).status()
        == "stuck: T2 waits for lock held by MainThread"
    )


@pytest.mark.parametrize(("make_bank", "levels"), [(Bank, [1, 2, 2]), (FlatBank, [1])])
def test_how_deep_a_transfer_of_each_bank_is(make_bank, levels):
    def pay():
        make_bank(threading.RLock).transfer("Ana", "Ben", 1)

    trace = run(pay)
    assert depths(trace, trace.lock_names()[0]) == levels


def test_the_stuck_transfer_stands_in_deposit():
    (line,) = run(pay_rent).stuck_lines()
    assert line.startswith("MainThread waits for lock bank.lock")
    assert "holds bank.lock" in line


def test_with_an_rlock_the_third_thread_stays_out():
    *_, trace = failure(uninvited_release(threading.RLock))
    assert ("T3", "lock", "T1") in trace.wait_edges()


def test_nobody_audits_while_the_transfer_waits_for_itself():
    assert run(two_audits(threading.Lock)).marks() == []


@pytest.mark.parametrize("program", [go_by_lock, go_by_event])
def test_a_hand_off_ends_with_the_signal_taken(program):
    trace = run(program)
    assert trace.finished
    assert [note.thread for note in trace.marks()] == ["T2", "T1"]


def test_each_kind_of_lock_is_priced():
    price = price_of_reentrancy()
    assert price.x == tuple(LOCKS)
    assert all(cost > 0 for cost in price.medians(""))


def test_the_operation_gives_the_lock_back_each_time():
    made = []

    def make_lock():
        made.append(threading.Lock())
        return made[-1]

    with_lock(make_lock)(3)
    assert [lock.locked() for lock in made] == [False]
