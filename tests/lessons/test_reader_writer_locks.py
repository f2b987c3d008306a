"""Lesson 04: its programs end as they should with other knobs; its measurements have the right shape."""

import random
import threading

import pytest
from readerwriterlock.rwlock import RWLockFair, RWLockFairD, RWLockRead, RWLockWrite, RWLockWriteD

from helpers import Sweep, explore, run
from helpers.lessons.reader_writer_locks import (
    FifoLock,
    beside_lock,
    flood,
    gains_by_hold,
    gains_by_reads,
    order_of_entry,
    waits_in_flood,
    waits_of,
    waits_side_by_side,
)
from helpers.lessons.reader_writer_locks.edges import downgrade_beside_a_writer, writer_with_a_limit
from helpers.lessons.reader_writer_locks.explored import write_and_check
from helpers.lessons.reader_writer_locks.measures import at_99_percent, gain, times_overtaken
from helpers.lessons.reader_writer_locks.programs import (
    PlainLock,
    arrivals,
    ask_a_server,
    clerks,
    readers_together,
    readers_with_a_lock,
    seven_readers,
)
from helpers.trace import Row, Trace

POLICIES = (RWLockFair, RWLockRead, RWLockWrite)


@pytest.mark.parametrize("make_rw", [PlainLock, *POLICIES])
def test_each_who_arrives_gets_in_once(make_rw):
    trace = run(arrivals(make_rw, "W1 R1 R2"))
    assert trace.finished
    assert sorted(order_of_entry(trace).split()) == ["R1", "R2", "W1"]


def test_readers_wait_under_a_lock_only():
    assert max(run(readers_with_a_lock).waits()) > 20
    assert max(run(readers_together).waits()) < 20


@pytest.mark.parametrize(
    ("greedy", "four", "two"), [("R", "shared", "exclusive"), ("W", "exclusive", "shared")]
)
def test_a_flood_is_of_the_kind_it_is_called(greedy, four, two):
    trace = run(flood(RWLockFair, greedy))
    threads = {mode: {row.thread for row in trace.select() if row.mode == mode} for mode in (four, two)}
    assert {mode: len(names) for mode, names in threads.items()} == {four: 4, two: 2}
    assert len(waits_of(trace, four)) + len(waits_of(trace, two)) == trace.acquisitions()


@pytest.mark.parametrize("read_share", [0, 1])
def test_clerks_read_and_write_as_told(read_share):
    trace = run(clerks(RWLockFair, ask_a_server, read_share=read_share, run_s=0.03))
    assert {row.mode for row in trace.select()} == {"shared" if read_share else "exclusive"}
    assert trace.result == trace.acquisitions() >= 8


def test_seven_threads_read_and_one_writes():
    trace = run(seven_readers(RWLockFair))
    writers = {row.thread for row in trace.select() if row.mode == "exclusive"}
    readers = {row.thread for row in trace.select() if row.mode == "shared"}
    assert (len(readers), len(writers)) == (7, 1)
    assert trace.result == trace.acquisitions()


@pytest.mark.parametrize("make_rw", POLICIES)
def test_the_writer_gives_up_while_the_first_reader_is_inside(make_rw):
    trace = run(writer_with_a_limit(make_rw))
    assert [row.outcome for row in trace.select("W1")] == ["timed out"]
    (first,) = trace.select("R1")
    assert first.released > trace.select("R2")[0].released


@pytest.mark.parametrize("make_rw", [RWLockFairD, RWLockWriteD])
def test_a_downgrade_is_told_as_a_write_and_then_a_read(make_rw):
    trace = run(downgrade_beside_a_writer(make_rw))
    assert trace.result == "W1's"
    assert [row.mode for row in trace.select("W1")] == ["exclusive", "shared"]
    assert explore(write_and_check(make_rw, downgrades=True)).kind == "proved"


# ---- the lock that keeps the order


def test_a_fifo_lock_lets_in_who_has_waited_longest():
    def program():
        lock, order = FifoLock(), []

        def ask(name):
            lock.acquire()
            order.append(name)
            lock.release()

        lock.acquire()
        threads = [threading.Thread(target=ask, args=(name,)) for name in "abc"]
        for number, thread in enumerate(threads, start=1):
            thread.start()
            while len(lock._queue) < number:
                pass
        lock.release()
        for thread in threads:
            thread.join()
        return "".join(order)

    assert run(program, trace=False).result == "abc"


def test_a_fifo_lock_excludes_in_every_order():
    def program():
        lock, count = FifoLock(), 0

        def add():
            nonlocal count
            lock.acquire()
            count += 1
            lock.release()

        threads = [threading.Thread(target=add) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert count == 2

    assert explore(program).kind == "proved"


def test_a_fifo_lock_refuses_a_limit():
    with pytest.raises(ValueError, match=r"no time limits, such as timeout=0\.5"):
        FifoLock().acquire(timeout=0.5)


# ---- measurements and charts


def test_who_overtakes_gets_in_before_somebody_who_asked_earlier():
    chance = random.Random(18)
    for _ in range(50):
        places = [(chance.random(), 1 + chance.random()) for _ in range(chance.randrange(8))]  # asked, got in
        rows = tuple(Row("T", "rw", "rw", "shared", *place, 3.0, "T", "acquired") for place in places)
        overtakers = [one for one in places if any(one[1] < other[1] and other < one for other in places)]
        assert times_overtaken(Trace(rows, (), 3.0)) == len(overtakers)


@pytest.mark.parametrize(("count", "place"), [(1, 1), (50, 50), (100, 99), (200, 198)])
def test_the_99th_percentile_leaves_one_in_a_hundred_above_it(count, place):
    assert at_99_percent([float(number) for number in range(1, count + 1)]) == place


def test_waits_are_told_for_both_sides_and_each_policy():
    sweeps = waits_in_flood("R")
    assert set(sweeps) == {"readers", "writers"}
    for sweep in sweeps.values():
        assert sweep.x == ("RWLockFair", "RWLockRead", "RWLockWrite")
        assert all(
            mean <= worst
            for mean, worst in zip(sweep.medians("mean"), sweep.medians("99th percentile"), strict=True)
        )


def test_a_gain_is_over_a_plain_lock():
    counts = iter([100, 300, 200, 400, 800])
    made = []

    def program(make_rw):
        made.append(make_rw)
        return lambda: next(counts)

    assert gain(program, RWLockFair, repetitions=2) == [1.0, 2.0]
    assert made == [PlainLock, PlainLock, RWLockFair, RWLockFair]


def test_gains_are_told_for_each_setting_and_policy():
    by_reads = gains_by_reads((0, 1), repetitions=1)
    by_hold = gains_by_hold({"empty": None, "1 ms": 0.001}, repetitions=1)
    assert (by_reads.x, by_hold.x) == ((0, 100), ("empty", "1 ms"))
    assert set(by_reads.series) == set(by_hold.series) == {"RWLockFair", "RWLockRead", "RWLockWrite"}


def test_waits_beside_each_other_have_one_scale():
    def sweep(title, value):
        return Sweep(title=title, x_label="", x=("a",), y_label="ms", series={"mean": [[value]]})

    right = waits_side_by_side({"readers": sweep("readers", 1.0), "writers": sweep("writers", 9.0)})
    assert right.figure.axes[0].get_ylim() == right.get_ylim()
    assert right.get_ylim()[1] > 9


def test_where_nothing_is_gained_a_line_says_so():
    gains = Sweep(title="gains", x_label="", x=("a", "b"), y_label="×", series={"": [[0.5], [3.0]]})
    ax = beside_lock(gains)
    assert [line.get_ydata()[0] for line in ax.lines if line.get_linestyle() == "--"] == [1]
