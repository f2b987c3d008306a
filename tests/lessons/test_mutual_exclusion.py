"""Lesson 01: what is read from its traces, and its programs with other knobs."""

import pytest

from helpers import run
from helpers.lessons.mutual_exclusion import (
    audit,
    between_read_and_write,
    dying_holder,
    mean_wait_share,
    tellers,
    trace_of,
    two_customers,
)
from helpers.lessons.mutual_exclusion.programs import pay_with
from helpers.trace import Row, ThreadRecord, Trace


def test_the_mean_wait_share_counts_those_that_asked():
    rows = (
        Row("T1", "lock", "lock", "exclusive", 0.0, 0.0, 4.0, "T1", "acquired"),
        Row("T2", "lock", "lock", "exclusive", 0.0, 4.0, 8.0, "T2", "acquired"),
    )
    lives = tuple(ThreadRecord(name, 0.0, 8.0) for name in ("MainThread", "T1", "T2"))
    assert mean_wait_share(Trace(rows, lives, 8.0)) == 0.25


def test_what_stands_between_read_and_write():
    assert "CALL" not in between_read_and_write("balance += 1")
    assert "CALL" in between_read_and_write("balance = int(balance + 1)")


def test_a_trace_is_there_also_where_a_thread_raised():
    trace = trace_of(dying_holder(raises=True, uses_with=True))
    assert trace.finished
    assert [row.name for row in trace.marks("T2")] == ["got it"]


@pytest.mark.parametrize(("threads", "deposits"), [(1, 4), (3, 2)])
def test_locked_tellers_lose_nothing(threads, deposits):
    assert run(tellers(threads=threads, deposits=deposits, locked=True)).result == threads * deposits


def test_a_customer_that_fails_takes_no_money():
    assert run(two_customers(pay_with)).result == 12


@pytest.mark.parametrize(("locks", "counted"), [(False, 90), (True, 100)])
def test_what_the_auditor_counts(locks, counted):
    assert run(audit(auditor_locks=locks, patience_s=0.05)).result == counted
