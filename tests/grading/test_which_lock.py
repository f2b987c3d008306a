"""The traces of exercise 04.1 are played: they go as the locks do, and tell them apart."""

import pytest

from helpers.grading import grade_answer, learner
from helpers.grading.questions.reader_writer_locks.traces import ARRIVALS, LOCKS, my_trace, played
from helpers.grading.tasks import asked

IN_ORDER = "R1 W1 R2 W2 R3 W3"


def order_of_entry(lock, arrivals):
    rows = played(lock, arrivals)[1:]
    return " ".join(name for name, *_ in sorted(rows, key=lambda row: (row[2], row[1])))


@pytest.mark.parametrize(
    ("lock", "reader_first", "writer_first"),
    [
        ("Lock", IN_ORDER, "W1 R1 W2 R2 W3 R3"),
        ("RWLockFair", IN_ORDER, "W1 R1 W2 R2 W3 R3"),
        ("RWLockRead", "R1 R2 R3 W1 W2 W3", "W1 R1 R2 R3 W2 W3"),
        ("RWLockWrite", "W1 W2 W3 R1 R2 R3", "W1 W2 W3 R1 R2 R3"),
    ],
)
def test_they_get_in_as_was_measured_on_real_threads(lock, reader_first, writer_first):
    assert (order_of_entry(lock, "RWRWRW"), order_of_entry(lock, "WRWRWR")) == (reader_first, writer_first)


@pytest.mark.parametrize("arrivals", ARRIVALS)
def test_no_two_locks_let_them_in_alike(arrivals):
    assert len({played(lock, arrivals) for lock in LOCKS}) == len(LOCKS)


def test_under_a_lock_nobody_is_inside_together_and_under_fair_two_readers_are():
    gets_in = {lock: [row[2] for row in played(lock, "RRRWR")] for lock in ("Lock", "RWLockFair")}
    assert len({*gets_in["Lock"]}) == 6
    assert len({*gets_in["RWLockFair"]}) == 4


@pytest.fixture
def ada():
    learner("Ada")
    yield
    learner("")


def test_a_learner_has_traces_of_ones_own(ada):
    mine = [item.text for item in asked("04.1")]
    right = "locks = " + repr({item.name: item.expected for item in asked("04.1")})
    assert grade_answer("04.1", right, learner="Ada").points == 4
    assert grade_answer("04.1", right, learner="Bo").points < 4
    learner("Bo")
    assert [item.text for item in asked("04.1")] != mine


def test_a_trace_that_is_drawn_says_what_its_table_says(ada):
    trace = my_trace("B")
    table = asked("04.1")[1].text
    assert len(trace.rows) == 6
    for row in trace.rows:
        assert f"| {row.thread} | {row.requested} ms | {row.acquired} ms | {row.released} ms |" in table


def test_there_is_no_fifth_trace():
    with pytest.raises(ValueError, match="your traces are A, B, C, D; there is no 'E'"):
        my_trace("E")
