"""Lesson 06: its locks, what reads its traces and turns, its charts, and its programs with other knobs."""

import threading
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest
from readerwriterlock.rwlock import RWLockFair, RWLockRead, RWLockWrite

from helpers import alt_text, explore, run
from helpers.exploring.explaining import stuck
from helpers.lessons.starvation import (
    after,
    as_trace,
    at_percent,
    longest,
    most_overtaken,
    request_of,
    shares,
    shut_out,
    told,
    turns_of,
    waits_and_longest,
    waits_by_think,
)
from helpers.lessons.starvation.explored import greedy_and_patient, reads_once, two_urgent, writes_once
from helpers.lessons.starvation.our_locks import BargingLock, PriorityLock, TicketLock
from helpers.lessons.starvation.programs import (
    reader_among_writers,
    start_and_join,
    three_clerks,
    two_greedy,
    urgent_and_patient,
    writer_among_readers,
)
from helpers.trace import Row, ThreadRecord, Trace


def row(thread, requested, acquired, released, name="a", outcome="acquired"):
    return Row(thread, "lock", name, "exclusive", requested, acquired, released, thread, outcome)


def trace_of(*rows, duration=10.0):
    names = dict.fromkeys(each.thread for each in rows)
    return Trace(rows, tuple(ThreadRecord(name, 0.0, duration) for name in names), duration)


def barged():
    """T1 has the lock three times, from 0 to 6; T2 asks at 1 and gets it at 6; T3 has another one."""
    return trace_of(
        row("T1", 0.0, 0.0, 2.0),
        row("T2", 1.0, 6.0, 7.0),
        row("T1", 2.0, 2.0, 4.0),
        row("T3", 3.0, 3.0, 5.0, name="b"),
        row("T1", 4.0, 4.0, 6.0),
    )


# ---- what reads traces and turns


def test_a_request_knows_who_got_the_same_lock_ahead():
    assert request_of(barged(), "T2").overtaken == 2
    assert request_of(barged(), "T1").overtaken == 0
    assert (request_of(barged(), "T2").waited, request_of(barged(), "T2").held) == (5.0, 1.0)


def test_a_request_that_still_waits_counts_to_the_end():
    trace = trace_of(
        row("T1", 0.0, 0.0, 2.0), row("T2", 1.0, None, None, outcome="waiting"), row("T1", 2.0, 2.0, 9.0)
    )
    assert request_of(trace, "T2").waited == 9.0
    assert request_of(trace, "T2").overtaken == 1
    assert after(trace, "T2") == 0


def test_who_asked_for_nothing_is_named():
    with pytest.raises(ValueError, match="T9 asked for no lock in this trace"):
        request_of(barged(), "T9")


def test_what_comes_later_is_counted():
    assert after(barged(), "T1") == 2
    assert after(barged(), "T2") == 0
    assert told(barged(), "T2", "turns") == "T2 waited 5 ms; turns that began meanwhile: 2, later: 0."


@pytest.mark.parametrize(
    ("ahead", "later", "is_shut_out"), [(4, 0, False), (5, 0, True), (20, 2, True), (20, 3, False)]
)
def test_shut_out_is_who_gets_in_when_the_others_have_all_but_stopped(ahead, later, is_shut_out):
    before = [row("T1", t, t, t + 1) for t in range(1, ahead + 1)]
    behind = [row("T1", t, t, t + 1) for t in range(50, 50 + later)]
    trace = trace_of(row("T2", 0.5, 40.0, 41.0), *before, *behind, duration=60.0)
    assert shut_out(trace, "T2") == is_shut_out


def test_turns_and_waits_are_read():
    assert turns_of(barged()) == {"T1": 3, "T2": 1, "T3": 1}
    assert longest(barged()) == (5.0, "T2")
    assert at_percent(barged(), 80) == 0.0
    assert at_percent(barged(), 81) == 5.0


def test_only_those_who_asked_later_overtake():
    queue = [("T1", 0.0, 0.0, 1.0), ("T2", 0.1, 1.0, 2.0), ("T3", 0.2, 2.0, 3.0)]
    assert most_overtaken(queue) == 0
    assert most_overtaken([*queue, ("T4", 0.05, 3.0, 4.0)]) == 2


def test_turns_become_a_trace_in_ms():
    trace = as_trace([("T1", 5.0, 5.0, 5.002), ("P", 5.001, 5.002, 5.004)])
    assert trace.holds("P") == [2.0]
    assert trace.waits("P") == [1.0]
    assert [record.name for record in trace.threads] == ["T1", "P"]


def test_shares_tell_jains_index():
    sweep = shares("Turns", {"even": {"T1": 3, "T2": 3}, "uneven": {"T1": 6, "T2": 0}})
    assert sweep.x == ("T1", "T2")
    assert list(sweep.series) == ["even: Jain's index 1.00", "uneven: Jain's index 0.50"]
    assert sweep.medians("uneven: Jain's index 0.50") == [6, 0]


# ---- charts


def test_the_longest_wait_is_marked_and_its_thread_named():
    ax = waits_and_longest(barged())
    (mark,) = [line for line in ax.lines if line.get_gid() == "longest"]
    assert (list(mark.get_xdata()), list(mark.get_ydata())) == ([5.0], [100])
    assert any("T2 waited\n5 ms" in text.get_text() for text in ax.texts)
    assert alt_text(ax).endswith("The longest wait, 5 ms, was that of T2.")


# ---- the locks


@pytest.mark.parametrize("make_lock", [BargingLock, TicketLock, partial(TicketLock, tickets=3)])
def test_each_lock_lets_one_in_at_a_time(make_lock):
    def program():
        lock, count = make_lock(), 0

        def add():
            nonlocal count
            with lock:
                seen = count
                count = seen + 1

        start_and_join(T1=add, T2=add, T3=add)
        assert count == 3

    trace = run(program)
    assert trace.finished
    verdict = explore(program) if make_lock is not TicketLock else None
    assert verdict is None or verdict.kind == "proved"


def test_with_too_few_tickets_two_are_in_at_once():
    def program():
        lock, inside = TicketLock(tickets=1), 0

        def use():
            nonlocal inside
            with lock:
                inside += 1
                assert inside == 1
                inside -= 1

        start_and_join(T1=use, T2=use)

    assert explore(program).kind == "failure"


@pytest.mark.parametrize("aging", [False, True])
def test_a_priority_lock_lets_one_in_at_a_time(aging):
    def program():
        lock, count = PriorityLock(aging=aging), 0

        def add(rank):
            nonlocal count
            lock.acquire(rank)
            seen = count
            count = seen + 1
            lock.release()

        start_and_join(T1=lambda: add(0), T2=lambda: add(1))
        assert count == 2

    assert explore(program).kind == "proved"


def test_the_lowest_rank_is_next_and_of_equal_ranks_the_first():
    def program():
        lock, order, turn = PriorityLock(aging=False), [], threading.Event()

        def ask(name, rank):
            lock.acquire(rank)
            order.append(name)
            lock.release()

        lock.acquire(0)
        threads = []
        for name, rank in (("low", 2), ("first", 1), ("second", 1)):
            threads.append(threading.Thread(target=ask, args=(name, rank), name=name))
            threads[-1].start()
            while name not in lock.waiting:
                turn.wait(0.001)
        lock.release()
        for thread in threads:
            thread.join()
        return order

    assert run(program).result == ["first", "second", "low"]


def test_aging_that_stops_above_the_urgent_starves():
    class StopsAtOne(PriorityLock):
        """Ages down to rank 1 only."""

        def acquire(self, rank):
            """Take the lock, as the notebook's knob has it."""
            me = threading.current_thread().name
            with self.changed:
                self.waiting[me] = rank
                while self.held or me != min(self.waiting, key=self.waiting.get):
                    self.changed.wait()
                del self.waiting[me]
                self.held = True
                self.waiting = {name: rank - 1 if rank > 1 else rank for name, rank in self.waiting.items()}

    verdict = explore(two_urgent(partial(StopsAtOne, aging=True)))
    assert (verdict.kind, verdict.trace.victim) == ("starvation", "P")


# ---- the programs


@pytest.mark.parametrize("make_rw", [RWLockFair, RWLockRead, RWLockWrite])
@pytest.mark.parametrize("program", [writer_among_readers, reader_among_writers])
def test_in_the_end_everybody_gets_in(program, make_rw):
    trace = run(program(make_rw))
    assert trace.finished
    assert min(turns_of(trace).values()) >= 1


def test_clerks_tell_who_served():
    served = run(three_clerks(start_together=True)).result
    assert list(served) == ["C1", "C2", "C3"]
    assert sum(served.values()) > 0


@pytest.mark.parametrize("make_lock", [threading.Lock, BargingLock, TicketLock])
def test_turns_of_two_do_not_overlap(make_lock):
    turns = run(two_greedy(make_lock), trace=False).result
    assert all(before[3] <= later[2] for before, later in pairwise(turns))
    assert {turn[0] for turn in turns} == {"T1", "T2"}


@pytest.mark.parametrize("aging", [False, True])
def test_the_patient_one_has_one_turn(aging):
    turns = run(urgent_and_patient(partial(PriorityLock, aging=aging)), trace=False).result
    assert [turn[0] for turn in turns].count("P") == 1


def test_think_times_become_a_sweep():
    sweep = waits_by_think((0, 0.02), repetitions=1)
    assert sweep.x == (0, 20.0)
    assert sweep.medians("")[0] > sweep.medians("")[1]


# ---- what explore says


@pytest.mark.parametrize(
    ("make", "make_rw", "kind"),
    [
        (writes_once, RWLockRead, "starvation"),
        (writes_once, RWLockFair, "proved"),
        (writes_once, RWLockWrite, "proved"),
        (reads_once, RWLockRead, "proved"),
        (reads_once, RWLockFair, "proved"),
        (reads_once, RWLockWrite, "starvation"),
    ],
)
def test_each_lock_starves_who_it_is_said_to_starve(make, make_rw, kind):
    verdict = explore(make(make_rw))
    assert verdict.kind == kind
    assert verdict.kind == "proved" or "repeat for ever" in verdict.headline


def test_who_is_notified_in_vain_is_not_told_to_be_forgotten():
    """Wherever in the loop the schedule is cut: here once more at the moment when P waits."""
    trace = explore(greedy_and_patient(BargingLock)).trace
    over = [row for row in trace.rows if row.outcome not in ("held", "waiting")]
    waits = [row for row in trace.rows if row.thread == "P" and row.mode == "wait"]
    rows = [*over, waits[-1]._replace(outcome="waiting")]
    (line,) = stuck(replace(trace, rows=rows))
    assert line.startswith("P waits on lock.changed (our_locks.py:")
    (lost,) = stuck(replace(trace, rows=rows, loop=None))
    assert lost.startswith("P waits on lock.changed, and nobody is left to wake it (our_locks.py:")
