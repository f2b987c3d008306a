"""Lesson 01: what is read from its traces, and its programs with other knobs."""

import threading
import time

import pytest

from helpers import run
from helpers.lessons.mutual_exclusion import (
    audit,
    between_read_and_write,
    different_locks_hit,
    dying_holder,
    lock_costs,
    mean_wait_share,
    measures,
    price_adders,
    tellers,
    trace_of,
    two_customers,
    updaters,
    waiting_in_turns,
)
from helpers.lessons.mutual_exclusion.programs import (
    four_tellers,
    pay_bare,
    pay_finally,
    pay_with,
    start_and_join,
    use_nothing,
    use_with,
)
from helpers.trace import Row, ThreadRecord, Trace


def test_the_mean_wait_share_counts_those_that_asked():
    rows = (
        Row("T1", "lock", "lock", "exclusive", 0.0, 0.0, 4.0, "T1", "acquired"),
        Row("T2", "lock", "lock", "exclusive", 0.0, 4.0, 8.0, "T2", "acquired"),
    )
    lives = tuple(ThreadRecord(name, 0.0, 8.0) for name in ("MainThread", "T1", "T2"))
    assert mean_wait_share(Trace(rows, lives, 8.0)) == 0.25


def test_waiting_in_turns_counts_nothing_but_turns():
    rows = (
        Row("T1", "lock", "lock", "exclusive", 10.0, 10.0, 14.0, "T1", "acquired"),
        Row("T2", "lock", "lock", "exclusive", 12.0, 14.0, 16.0, "T2", "acquired"),
    )
    lives = tuple(ThreadRecord(name, 0.0, 100.0) for name in ("MainThread", "T1", "T2"))
    assert waiting_in_turns(Trace(rows, lives, 100.0)) == 0.25


def test_updaters_have_turns_however_late_they_start(monkeypatch):
    start = threading.Thread.start
    monkeypatch.setattr(threading.Thread, "start", lambda thread: (time.sleep(0.02), start(thread)))
    trace = run(updaters(locks=2, threads=4, run_s=0.03))
    assert {row.thread for row in trace.select()} == {"T1", "T2", "T3", "T4"}


def test_what_stands_between_read_and_write():
    assert "CALL" not in between_read_and_write("balance += 1")
    assert "CALL" in between_read_and_write("balance = int(balance + 1)")
    assert "CALL" in between_read_and_write("balance = balance + int(balance)")
    assert "CALL" not in between_read_and_write("balance = balance + 1; print(balance); balance = 7")
    assert len(between_read_and_write("global balance; balance += 1")) == 2


def test_a_trace_is_there_also_where_a_thread_raised():
    trace = trace_of(dying_holder(raises=True, uses_with=True))
    assert trace.finished
    assert [row.name for row in trace.marks("T2")] == ["got it"]


@pytest.mark.parametrize(("threads", "deposits"), [(1, 4), (3, 2)])
def test_locked_tellers_lose_nothing(threads, deposits):
    assert run(tellers(threads=threads, deposits=deposits, locked=True)).result == threads * deposits


def test_tellers_mark_what_they_read_and_write():
    trace = run(tellers(threads=1, deposits=2))
    assert [row.name for row in trace.marks("T1")] == ["reads 0", "writes 1", "reads 1", "writes 2"]


def test_the_barrier_leaves_one_deposit_a_round():
    assert run(four_tellers).result == 50


@pytest.mark.parametrize("pay", [pay_finally, pay_with])
def test_a_customer_that_fails_takes_no_money(pay):
    trace = run(two_customers(pay))
    assert (trace.status(), trace.result) == ("finished", 12)


def test_a_lock_that_is_not_given_back_stops_the_next_customer():
    assert ("T2", "account.lock", "T1") in run(two_customers(pay_bare)).wait_edges()


@pytest.mark.parametrize("raises", [False, True], ids=["returns", "raises"])
@pytest.mark.parametrize("uses_with", [False, True], ids=["acquire", "with"])
def test_only_with_releases_at_a_threads_end(raises, uses_with):
    trace = trace_of(dying_holder(raises=raises, uses_with=uses_with))
    assert bool(trace.marks("T2")) == uses_with
    assert [row.outcome for row in trace.select("T1")] == ["acquired" if uses_with else "held"]


def test_an_error_that_no_program_of_the_lesson_raises_is_not_hidden():
    def broken():
        raise KeyError("typo")

    with pytest.raises(KeyError, match="typo"):
        trace_of(broken)


@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
def test_prices_add_up(wide):
    trace = run(price_adders(wide=wide, threads=2, fetch_s=0.001))
    assert (trace.result, trace.acquisitions()) == (30, 10)


def test_start_and_join_names_its_threads():
    trace = run(lambda: start_and_join(*[lambda: None] * 3))
    assert {record.name for record in trace.threads} == {"MainThread", "T1", "T2", "T3"}


@pytest.mark.parametrize(("locks", "threads"), [(1, 1), (1, 8), (8, 1)])
def test_one_lock_or_one_thread_hits_one_lock(locks, threads):
    assert different_locks_hit(locks, threads) == pytest.approx(1)


def test_no_more_locks_are_hit_than_there_are():
    assert different_locks_hit(8, 1000) == pytest.approx(8)


def test_costs_are_told_for_each_operation():
    costs = lock_costs({"nothing": use_nothing, "with": use_with})
    assert costs.x == ("nothing", "with")
    assert min(costs.medians("")) > 0


def test_gain_is_told_as_a_multiple_of_one_lock(monkeypatch):
    turns = {1: 100, 2: 150, 4: 320}

    class Run:
        def __init__(self, locks):
            self.acquisitions = lambda: turns[locks]

    monkeypatch.setattr(measures, "updaters", lambda locks, run_s: locks)
    monkeypatch.setattr(measures, "run", Run)
    gains = measures.gain_by_locks((1, 2, 4))
    assert gains.medians("measured") == [1.0, 1.5, 3.2]
    assert gains.medians("locks hit by 8 random picks")[0] == 1.0


def test_waiting_is_measured_for_each_number_of_threads_and_locks():
    shares = measures.waiting_by_threads((1, 2), locks=(1, 3), repetitions=2, run_s=0.01)
    assert (shares.x, tuple(shares.series), shares.repetitions()) == ((1, 2), ("1 lock", "3 locks"), 2)


@pytest.mark.parametrize(
    "statement",
    [
        "total += 1",
        "balance = 7",
        "print(balance)",
        "balance = 7; print(balance)",
        "print('balance'); balance = 7",
        "account.balance += 1",
        "del balance",
    ],
)
def test_a_statement_that_does_not_read_and_write_balance_is_refused(statement):
    with pytest.raises(ValueError, match="does not read the variable balance and then write it"):
        between_read_and_write(statement)


# Without the lock, the auditor is waited for: so long that no clock decides.
@pytest.mark.parametrize(("locks", "patience_s", "counted"), [(False, 4.0, 90), (True, 0.01, 100)])
def test_what_the_auditor_counts(locks, patience_s, counted):
    assert run(audit(auditor_locks=locks, patience_s=patience_s)).result == counted
