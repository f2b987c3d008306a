"""Lesson 04, reader-writer locks: what its notebook says, as claims."""

import threading
from collections.abc import Callable
from functools import partial

from readerwriterlock.rwlock import (
    RWLockFair,
    RWLockFairD,
    RWLockRead,
    RWLockReadD,
    RWLockWrite,
    RWLockWriteD,
)

from helpers import explore, run
from helpers.claims import claim
from helpers.lessons.reader_writer_locks.edges import (
    downgrade_beside_a_writer,
    downgrade_inside_with,
    two_readers,
    writer_with_a_limit,
)
from helpers.lessons.reader_writer_locks.explored import (
    a_handle_for_each,
    move_and_count,
    one_handle_error_dropped,
    one_handle_for_two,
    read_then_write,
    read_twice,
    sell,
    write_and_check,
    write_then_read,
)
from helpers.lessons.reader_writer_locks.fifo import FifoLock
from helpers.lessons.reader_writer_locks.knobs import flood
from helpers.lessons.reader_writer_locks.measures import (
    order_of_entry,
    overlapping,
    times_overtaken,
    waits_of,
)
from helpers.lessons.reader_writer_locks.programs import (
    PlainLock,
    arrivals,
    ask_a_server,
    clerks,
    compute,
    greedy_pair,
    readers_and_writers,
    readers_together,
    readers_with_a_lock,
    seven_readers,
)
from helpers.lessons.start_here import cores_used, most_holding_at_once
from helpers.versions import LOCK_IS_HANDED_OVER

ALTERNATING = ("R1 W1 R2 W2 R3 W3", "W1 R1 W2 R2 W3 R3")
POLICIES = (RWLockFair, RWLockRead, RWLockWrite)
DOWNGRADABLE = (RWLockFairD, RWLockReadD, RWLockWriteD)


@claim("Under a Lock one of three readers is inside at a time, under a reader-writer lock more than one.")
def readers_share() -> bool:
    """Compare how many hold at once, at most."""
    alone, together = (
        most_holding_at_once(run(program)) for program in (readers_with_a_lock, readers_together)
    )
    return alone == 1 < together


@claim("Of the holds of three readers and two writers, only reads overlap.")
def only_reads_overlap() -> bool:
    """Check which kinds of holds overlap."""
    return overlapping(run(readers_and_writers)) == {"read+read"}


@claim("A writer with a writer's handle shows no reader a half-done change: 14 schedules stand for all.")
def a_writer_is_alone() -> bool:
    """Check the verdict."""
    verdict = explore(move_and_count(as_writer=True))
    return (verdict.kind, verdict.schedules, verdict.complete) == ("proved", 14, True)


@claim("Who writes with a reader's handle shows a reader a half-done change, and explore finds it.")
def a_reader_who_writes_is_found() -> bool:
    """Check the verdict, and in whose thread the assertion fails."""
    verdict = explore(move_and_count(as_writer=False))
    error = verdict.trace.marks()[-1]
    return (verdict.kind, error.name, error.thread[0]) == ("failure", "AssertionError", "R")


@claim("Two readers with one handle: a RuntimeError, in explore's 8th schedule.")
def a_shared_handle_is_found() -> bool:
    """Check the verdict, and which error it ends with."""
    verdict = explore(one_handle_for_two)
    told = (verdict.kind, verdict.schedules, verdict.trace.marks()[-1].name)
    return told == ("failure", 8, "RuntimeError")


@claim("After two readers with one handle, whose error is dropped, a writer can wait for ever.")
def a_shared_handle_shuts_writers_out() -> bool:
    """Check the verdict, and that it is the main thread's request to write that is never granted."""
    verdict = explore(one_handle_error_dropped)
    waits = [(row.thread, row.mode) for row in verdict.trace.select() if row.outcome == "waiting"]
    return verdict.kind == "deadlock" and waits == [("MainThread", "exclusive")]


@claim("Two readers with a handle each: proved, 6 schedules stand for all.")
def a_handle_each_is_proved() -> bool:
    """Check the verdict."""
    verdict = explore(a_handle_for_each)
    return (verdict.kind, verdict.schedules, verdict.complete) == ("proved", 6, True)


@claim("with rw.gen_rlock() as x gives False, and so does a writer's handle, under every policy.")
def as_gives_false() -> bool:
    """Check both handles of each policy."""
    given = []
    for make_rw in POLICIES:
        rw = make_rw()
        for handle in (rw.gen_rlock(), rw.gen_wlock()):
            with handle as x:
                given.append(x)
    return given == [False] * 6


@claim("RWLockFair and a Lock let waiting readers and writers in as they arrived, whoever came first.")
def fair_keeps_the_order_of_arrival() -> bool:
    """Check both orders of arrival with both locks."""
    return all(
        order_of_entry(run(arrivals(make_rw, order))) == order
        for order in ALTERNATING
        for make_rw in (PlainLock, RWLockFair)
    )


@claim("RWLockRead does not let waiting readers and writers in as they arrived.")
def read_does_not_keep_the_order_of_arrival() -> bool:
    """Check the order of entry; the usual one is R1 R2 R3 W1 W2 W3, but a slow thread may be overtaken."""
    return order_of_entry(run(arrivals(RWLockRead, ALTERNATING[0]))) != ALTERNATING[0]


@claim("Where a writer came first, even RWLockRead lets it in first.")
def read_lets_the_first_writer_in() -> bool:
    """Check who is the first."""
    return order_of_entry(run(arrivals(RWLockRead, ALTERNATING[1]))).startswith("W1 ")


@claim("RWLockWrite lets all waiting writers in before the waiting readers, whoever came first.")
def write_prefers_writers() -> bool:
    """Check both orders of arrival."""
    orders = [order_of_entry(run(arrivals(RWLockWrite, order))) for order in ALTERNATING]
    return orders == ["W1 W2 W3 R1 R2 R3"] * 2


@claim("RWLockFair lets in R1 R2 W1 W2 in this order: it does not alternate between readers and writers.")
def fair_does_not_alternate_arrivals() -> bool:
    """Check the order of entry."""
    return order_of_entry(run(arrivals(RWLockFair, "R1 R2 W1 W2"))) == "R1 R2 W1 W2"


@claim("Of a greedy reader and a greedy writer with holds of 0.3 ms, one is overtaken 5 times or more.")
def fair_lets_newcomers_barge() -> bool:
    """Count how often a thread that waits for RWLockFair is overtaken, in 0.3 s."""
    return times_overtaken(run(greedy_pair(RWLockFair))) >= 5


@claim("With holds of 2 ms the greedy pair overtakes as often only where this Python hands no Lock over.")
def a_lock_that_is_handed_over_ends_barging() -> bool:
    """Count again, by the same limit."""
    barges = times_overtaken(run(greedy_pair(RWLockFair, hold_s=0.002))) >= 5
    return barges != LOCK_IS_HANDED_OVER


@claim("With a first-come, first-served lock inside, RWLockFair lets half as many overtake, or fewer.")
def a_fifo_lock_inside_ends_barging() -> bool:
    """Compare how often a thread that waits is overtaken."""
    fifo = run(greedy_pair(partial(RWLockFair, lock_factory=FifoLock)))
    return times_overtaken(fifo) <= times_overtaken(run(greedy_pair(RWLockFair))) / 2


@claim("Beside readers that ask all the time, a writer waits for more than half of the flood, under Read.")
def a_reader_flood_holds_writers_up() -> bool:
    """Check the longest wait of a writer, of 300 ms."""
    return waits_of(run(flood(RWLockRead, "R")), "exclusive")[-1] > 150


@claim("Beside writers that ask all the time, a reader waits for more than half of the flood, under Write.")
def a_writer_flood_holds_readers_up() -> bool:
    """Check the longest wait of a reader, of 300 ms."""
    return waits_of(run(flood(RWLockWrite, "W")), "shared")[-1] > 150


def gain_of_fair(use: Callable[[], None], *, read_share: float, rounds: int = 2) -> float:
    """Return how many times as many operations eight threads do under RWLockFair as under a Lock.

    Both take turns, so that both meet the same conditions.
    """
    done = {PlainLock: 0, RWLockFair: 0}
    for _ in range(rounds):
        for make_rw in done:
            done[make_rw] += run(clerks(make_rw, use, read_share=read_share), trace=False).result
    return done[RWLockFair] / done[PlainLock]


@claim("Where all operations are reads of 5 ms, RWLockFair brings more than twice what a Lock does.")
def reads_alone_gain_most() -> bool:
    """Measure the gain."""
    return gain_of_fair(ask_a_server, read_share=1) > 2


@claim("Where 9 of 10 operations are reads of 5 ms, RWLockFair brings more than 1.5 times what a Lock does.")
def mostly_reads_gain() -> bool:
    """Measure the gain."""
    return gain_of_fair(ask_a_server, read_share=0.9, rounds=3) > 1.5


@claim("Where no operation is a read, no two operations overlap, under any policy.")
def writes_alone_share_nothing() -> bool:
    """Check how many threads hold the lock at once, at most."""
    programs = (clerks(make_rw, ask_a_server, read_share=0, run_s=0.03) for make_rw in POLICIES)
    return all(most_holding_at_once(run(program)) == 1 for program in programs)


@claim("Where nothing is done while holding, RWLockFair does less than a Lock.")
def an_empty_section_loses() -> bool:
    """Measure the gain; it is below 1."""
    return gain_of_fair(lambda: None, read_share=0.9) < 1


@claim("Eight threads that compute and read together use no more than 1.5 cores.")
def computing_readers_share_one_core() -> bool:
    """Measure the processor time."""
    return cores_used(run(clerks(RWLockFair, compute, read_share=1, run_s=0.2), trace=False)) < 1.5


@claim("Seven of eight threads only read, and yet most operations are writes.")
def operations_count_not_threads() -> bool:
    """Compare the reads with the writes of two runs together: in one, others may need the processor."""
    traces = [run(seven_readers(RWLockFair)) for _ in range(2)]
    reads, writes = (sum(len(waits_of(each, mode)) for each in traces) for mode in ("shared", "exclusive"))
    return reads < writes


@claim("Who holds one handle and asks for the other kind waits for itself, under every policy.")
def no_upgrade() -> bool:
    """Check that each of the programs deadlocks with a cycle of one thread, in run and in explore."""
    programs = [
        program(make_rw)
        for program in (read_then_write, write_then_read)
        for make_rw in (*POLICIES, *DOWNGRADABLE)
    ]
    traces = [explore(program).trace for program in programs] + [run(read_then_write(RWLockFair))]
    return all(len(trace.cycle()) == 1 for trace in traces)


@claim("Two threads that read, release, and then sell without a second look sell one seat twice.")
def an_old_look_is_found() -> bool:
    """Check the verdict."""
    return explore(sell(looks_again=False)).kind == "failure"


@claim("Two threads that look again when they may write sell one seat once: proved.")
def a_second_look_is_proved() -> bool:
    """Check the verdict."""
    verdict = explore(sell(looks_again=True))
    return (verdict.kind, verdict.complete) == ("proved", True)


@claim("A nested read deadlocks with a waiting writer under Fair and Write; under Read it is proved.")
def nested_reads_deadlock() -> bool:
    """Check the verdicts."""
    kinds = [explore(read_twice(make_rw)).kind for make_rw in POLICIES]
    return kinds == ["deadlock", "proved", "deadlock"]


@claim("A writer that waits with a limit keeps a new reader out under Fair and Write, not under Read.")
def a_waiting_timed_writer_blocks_readers() -> bool:
    """Check whether the second reader got in only after the writer had given up."""
    kept_out = []
    for make_rw in POLICIES:
        trace = run(writer_with_a_limit(make_rw))
        (writer,), (reader,) = trace.select("W1"), trace.select("R2")
        kept_out.append(reader.acquired > writer.requested + 495)
    return kept_out == [True, False, True]


@claim("RWLockFairD and RWLockWriteD let no writer in during a downgrade; RWLockReadD does.")
def only_two_downgrades_are_atomic() -> bool:
    """Check what the writer reads after its downgrade, while another writer waits."""
    read = [run(downgrade_beside_a_writer(make_rw)).result for make_rw in DOWNGRADABLE]
    return read == ["W1's", "W2's", "W1's"]


@claim("A downgrade of RWLockFairD is proved; release and ask again is found to read what another wrote.")
def a_downgrade_is_proved() -> bool:
    """Check both verdicts."""
    kinds = [explore(write_and_check(RWLockFairD, downgrades=each)).kind for each in (True, False)]
    return kinds == ["proved", "failure"]


@claim(
    "A downgrade inside with: a RuntimeError at its end, and writers are kept out until the reader releases."
)
def no_downgrade_inside_with() -> bool:
    """Check all three classes that can downgrade."""
    return all(downgrade_inside_with(make_rw) == (True, True, True) for make_rw in DOWNGRADABLE)


@claim("With RLocks inside, two readers at once break any of the six classes: an error, and nobody gets in.")
def rlocks_inside_break_it() -> bool:
    """Check with RLocks, and that the same two readers do no harm with Locks."""
    broken = [
        run(two_readers(partial(make_rw, lock_factory=threading.RLock))).result
        for make_rw in (*POLICIES, *DOWNGRADABLE)
    ]
    whole = [run(two_readers(make_rw)).result for make_rw in (*POLICIES, *DOWNGRADABLE)]
    return broken == [("RuntimeError", False)] * 6 and whole == [("", True)] * 6
