"""Lesson 01, mutual exclusion: what its notebook says, as claims."""

from helpers import Trace, explore, run
from helpers.claims import claim
from helpers.lessons.mutual_exclusion.explored import (
    last_item,
    two_cut_deposits,
    two_deposits,
    two_locked_deposits,
)
from helpers.lessons.mutual_exclusion.knobs import (
    audit,
    dying_holder,
    two_customers,
    updaters,
)
from helpers.lessons.mutual_exclusion.measures import (
    between_read_and_write,
    trace_of,
    waiting_by_threads,
)
from helpers.lessons.mutual_exclusion.programs import (
    a_lock_for_each,
    audit_during_transfer,
    calling_tellers,
    eight_locks,
    ends_while_holding,
    four_tellers,
    locked_tellers,
    narrow_lock,
    pay_bare,
    pay_finally,
    pay_with,
    quick_tellers,
    slow_tellers,
    use_acquire_release,
    use_with,
    wide_lock,
)
from helpers.lessons.start_here import most_holding_at_once, times_failed
from helpers.measuring import cost_ratio, gil_is_on

SWITCHES = ("CALL", "JUMP_BACKWARD", "RESUME")


@claim("Where all four threads read before any writes, 200 deposits of 1 leave a balance of exactly 50.")
def forced_schedule_loses_every_time() -> bool:
    """Check the balance that the barrier forces."""
    return run(four_tellers).result == 50


@claim("With 1 ms between reading and writing, 40 deposits of eight threads leave less than 40.")
def a_pause_loses_updates() -> bool:
    """Check that some update was lost."""
    return run(slow_tellers).result < 40


@claim(
    "balance += 1 without a lock loses nothing on this Python, in 2,400,000 deposits of four threads."
    if gil_is_on()
    else "balance += 1 without a lock loses updates on this Python, in 2,400,000 deposits of four threads."
)
def plus_one_is_lucky() -> bool:
    """Check that no update was lost; without the GIL, that some were."""
    return (run(quick_tellers).result == 2_400_000) == gil_is_on()


@claim("balance = int(balance + 1) without a lock loses updates, in 2,400,000 deposits of four threads.")
def a_call_ends_the_luck() -> bool:
    """Check that some update was lost."""
    return run(calling_tellers).result < 2_400_000


@claim(
    "Between reading and writing, balance += 1 has no instruction at which this Python switches threads."
    if gil_is_on()
    else "Between reading and writing, balance += 1 has no call and no jump; without the GIL that is no help."
)
def plus_one_has_no_switch_inside() -> bool:
    """Check the bytecode for calls and jumps back; with a call to int there must be one."""
    bare = between_read_and_write("balance += 1")
    calling = between_read_and_write("balance = int(balance + 1)")
    return not set(bare) & set(SWITCHES) and "CALL" in calling


@claim(
    "balance += 1 in two threads loses nothing in 200 runs; explore loses an update in its 2nd schedule."
    if gil_is_on()
    else "balance += 1 in two threads: explore loses an update in its 2nd schedule, with the GIL or without."
)
def explore_needs_no_luck() -> bool:
    """Count the failing runs (any without the GIL), and check the verdict and the order that it shows."""
    verdict = explore(two_deposits)
    told = (verdict.kind, verdict.schedules, _reads_and_writes(verdict.trace))
    order = [("T1", "read"), ("T2", "read"), ("T2", "write"), ("T1", "write"), ("MainThread", "read")]
    return told == ("failure", 2, order) and (not gil_is_on() or times_failed(two_deposits) == 0)


def _reads_and_writes(trace: Trace) -> list[tuple[str, str]]:
    rows = [row for row in trace.rows if row.kind in ("read", "write") and row.name == "balance"]
    return [(row.thread, row.kind) for row in sorted(rows, key=lambda row: row.requested)]


@claim("With one lock around each balance += 1, explore proves that none is lost: 2 schedules stand for all.")
def a_lock_around_both_steps_is_proved() -> bool:
    """Check the verdict."""
    verdict = explore(two_locked_deposits)
    return (verdict.kind, verdict.schedules, verdict.complete) == ("proved", 2, True)


@claim("A lock that is given back between reading and writing loses an update, in explore's 2nd schedule.")
def a_lock_cut_in_two_is_found() -> bool:
    """Check the verdict."""
    verdict = explore(two_cut_deposits)
    return (verdict.kind, verdict.schedules) == ("failure", 2)


@claim("if items: items.pop() raises IndexError in one of two threads, in explore's 2nd schedule.")
def look_then_pop_is_found() -> bool:
    """Check the verdict and what its schedule ends with."""
    verdict = explore(last_item)
    return (verdict.kind, verdict.schedules, verdict.trace.marks()[-1].name) == ("failure", 2, "IndexError")


@claim("With every deposit made while holding one lock, 40 deposits leave 40.")
def one_lock_keeps_all_updates() -> bool:
    """Check that no update was lost."""
    return run(locked_tellers).result == 40


@claim("An exception between acquire and release leaves the lock held, and the next thread waits for ever.")
def bare_pair_leaves_the_lock_held() -> bool:
    """Check that T2 waits for the lock that T1 took for the payment that failed."""
    trace = run(two_customers(pay_bare))
    return not trace.finished and ("T2", "account.lock", "T1") in trace.wait_edges()


@claim("try/finally and with both give the lock back when an exception leaves the critical section.")
def finally_and_with_release() -> bool:
    """Check that both payments after the failed one are made."""
    return all(run(two_customers(pay)).result == 12 for pay in (pay_finally, pay_with))


@claim("A thread that returns or raises while holding a lock leaves it held: its end releases nothing.")
def the_end_of_a_thread_releases_nothing() -> bool:
    """Check that T1 has ended, that the lock is still its own, and that T2 waits for it."""
    return all(
        _held_by_the_dead(trace)
        for trace in (run(ends_while_holding), trace_of(dying_holder(raises=True, uses_with=False)))
    )


def _held_by_the_dead(trace: Trace) -> bool:
    ended = {record.name for record in trace.threads if record.ended is not None}
    outcomes = {row.thread: row.outcome for row in trace.select(name="lock")}
    return "T1" in ended and outcomes == {"T1": "held", "T2": "waiting"}


@claim("A thread that raises or returns inside with gives the lock back.")
def with_releases_at_the_end_of_a_thread() -> bool:
    """Check that T2 gets the lock from a holder that returns and from one that raises."""
    traces = [trace_of(dying_holder(raises=raises, uses_with=True)) for raises in (True, False)]
    return all(trace.marks("T2") for trace in traces)


@claim("An auditor without the lock counts 90 of 100 in the middle of a transfer made while holding it.")
def a_reader_without_the_lock_sees_the_middle() -> bool:
    """Check the total that the auditor sees."""
    return run(audit_during_transfer).result == 90


@claim("An auditor that takes the lock too counts 100, in the same situation.")
def a_reader_with_the_lock_sees_the_whole() -> bool:
    """Check the total that the auditor sees."""
    return run(audit(auditor_locks=True)).result == 100


@claim("Four tellers that hold a lock each, of their own, lose updates of the balance that they share.")
def own_locks_exclude_nobody() -> bool:
    """Check that updates were lost, and that each lock was used by one thread only."""
    trace = run(a_lock_for_each)
    users = {(row.name, row.thread) for row in trace.select()}
    return trace.result < 20 and len(trace.lock_names()) == len(users) == 4


@claim(
    "Threads that sleep while holding the lock wait more than three times as long as ones that sleep before."
)
def a_wide_lock_makes_others_wait() -> bool:
    """Compare the waiting in all, of programs that do the same work."""
    wide, narrow = run(wide_lock), run(narrow_lock)
    return wide.result == narrow.result == 60 and sum(wide.waits()) > 3 * sum(narrow.waits())


@claim("With one lock, one thread at a time holds it; with eight, at times more than two threads hold one.")
def eight_locks_let_more_in_at_once() -> bool:
    """Count the threads that hold a lock at the same moment, which needs no clock."""
    one, eight = run(updaters(locks=1)), run(eight_locks)
    return most_holding_at_once(one) == 1 and most_holding_at_once(eight) > 2


@claim("With eight locks, more of a turn is waiting with 32 threads than with 12, and with 12 than with 4.")
def more_threads_wait_more() -> bool:
    """Compare the medians of several runs."""
    few, some, many = waiting_by_threads((4, 12, 32), locks=(8,)).medians("8 locks")
    return few < some < many


@claim("With eight threads, more of a turn is waiting with one lock than with eight.")
def one_lock_makes_threads_wait_more_than_eight() -> bool:
    """Compare the medians of several runs."""
    shares = waiting_by_threads((8,))
    return shares.medians("1 lock") > shares.medians("8 locks")


@claim("Taking a free lock by with costs more than 1.2 times the processor time of acquire and release.")
def with_costs_more_than_the_bare_pair() -> bool:
    """Measure the ratio: about 2 on Python 3.11 and 3.13, 1.8 on 3.14, 1.45 on 3.15; loops included."""
    return cost_ratio(use_with, use_acquire_release) > 1.2
