"""Lesson 02, reentrancy: what its notebook says, as claims; its programs stand in the modules beside it."""

import threading

from helpers import explore, run
from helpers.claims import claim
from helpers.lessons.reentrancy.bank import (
    Bank,
    FlatBank,
    pay_rent,
    pay_rent_flat,
    pay_rent_reentrant,
    two_audits,
)
from helpers.lessons.reentrancy.explored import released_by_another, two_rents
from helpers.lessons.reentrancy.measures import (
    LOCKS,
    depths,
    failure,
    with_lock,
)
from helpers.lessons.reentrancy.programs import (
    go_by_event,
    go_by_lock,
    in_and_out,
    rescue,
    uninvited_release,
    walk,
    who_may_release,
)
from helpers.lessons.start_here import times_failed
from helpers.measuring import cost_ratio


@claim("A thread that acquires a Lock which it holds waits for itself.")
def relocking_a_lock_waits_for_itself() -> bool:
    """Check that the wait-for graph of the bank's transfer is one thread that waits for itself."""
    (wait,) = run(pay_rent).cycle()
    return wait == ("MainThread", "bank.lock", "MainThread")


@claim("Only the thread that asks waits; another one works on and may release the Lock for it.")
def another_thread_may_release_a_lock() -> bool:
    """Check that T2 works while T1 waits for itself, and that T2's release lets T1 go on."""
    trace = run(rescue)
    first, second = trace.select("T1", "lock")
    last_work = trace.marks("T2")[-1].requested
    return first.released_by == "T2" and second.requested < last_work < second.acquired and trace.finished


@claim("With an RLock one locked method may call another: the lock is acquired again, one level deeper.")
def an_rlock_lets_its_owner_in_again() -> bool:
    """Check the depth and the result of the bank's transfer with an RLock."""
    trace = run(pay_rent_reentrant)
    return depths(trace, "bank.lock") == [1, 2, 2] and trace.result == {"Ana": 70, "Ben": 130}


@claim("Two rents at a bank with a Lock deadlock in explore's first schedule: T1 waits for itself.")
def every_order_of_two_rents_deadlocks() -> bool:
    """Check the verdict, and who waits for whom in its schedule."""
    verdict = explore(two_rents(Bank, threading.Lock))
    (wait,) = verdict.trace.cycle()
    return (verdict.kind, verdict.schedules, wait) == ("deadlock", 1, ("T1", "bank.lock", "T1"))


@claim("Two rents at a bank with an RLock, or a flat one with a Lock, are proved: 2 schedules stand for all.")
def two_rents_are_proved() -> bool:
    """Check both verdicts."""
    verdicts = [explore(two_rents(Bank, threading.RLock)), explore(two_rents(FlatBank, threading.Lock))]
    return all((each.kind, each.schedules, each.complete) == ("proved", 2, True) for each in verdicts)


@claim("In a recursion an RLock is as deep as the calls are; others wait until the outermost call releases.")
def depth_follows_the_recursion() -> bool:
    """Check the depth at each acquire, and that T2 gets in after the main thread's outermost release."""
    trace = run(walk)
    outermost, visitor = trace.select("MainThread")[0], trace.select("T2")[0]
    return depths(trace, "lock") == [1, 2, 3, 4, 4, 5, 3, 1] and visitor.acquired > outermost.released


@claim("An RLock released once less than acquired keeps other threads out for good.")
def one_release_too_few_keeps_others_out() -> bool:
    """Check that T2 waits for a lock of a thread that has ended."""
    trace = run(in_and_out(acquires=3, releases=2))
    return trace.wait_edges() == [("T2", "lock", "MainThread")] and not trace.finished


@claim("An RLock released as often as acquired lets other threads in.")
def as_many_releases_let_others_in() -> bool:
    """Check that T2 gets in, and not before the last release."""
    trace = run(in_and_out(acquires=3, releases=3))
    return trace.select("T2")[0].acquired > max(row.released for row in trace.select("MainThread"))


@claim("An RLock released once more than acquired raises “cannot release un-acquired lock”.")
def one_release_too_many_raises() -> bool:
    """Check the error's thread and message."""
    thread, message, _ = failure(in_and_out(acquires=3, releases=4))
    return (thread, message) == ("MainThread", "cannot release un-acquired lock")


@claim("Any thread may release a held Lock, and only its owner an RLock; each refusal has its own message.")
def a_lock_has_no_owner_and_an_rlock_has() -> bool:
    """Check all six outcomes, to the letter."""
    return run(who_may_release).result == {
        "Lock, nobody holds it": "RuntimeError: release unlocked lock",
        "Lock, by the thread that acquired it": "released",
        "Lock, by another thread": "released",
        "RLock, nobody holds it": "RuntimeError: cannot release un-acquired lock",
        "RLock, by the thread that acquired it": "released",
        "RLock, by another thread": "RuntimeError: cannot release un-acquired lock",
    }


@claim("A release by a thread that never acquired lets a third one in; the error hits that innocent one.")
def an_uninvited_release_hits_the_innocent() -> bool:
    """Check that T3 gets in while T1 is still inside, and that T3's own release is the one that raises."""
    thread, message, trace = failure(uninvited_release(LOCKS["Lock"]))
    given_back_by = [row.released_by for row in trace.select(name="lock")]
    return (thread, message, given_back_by) == ("T3", "release unlocked lock", ["T2", "T1"])


@claim("With an RLock the error hits the thread whose release was wrong, and nobody else gets in.")
def an_rlock_refuses_the_uninvited_release() -> bool:
    """Check that T2 raises and that only T1 ever acquired."""
    thread, message, trace = failure(uninvited_release(LOCKS["RLock"]))
    owners = [row.thread for row in trace.select(name="lock") if row.acquired is not None]
    return (thread, message, owners) == ("T2", "cannot release un-acquired lock", ["T1"])


@claim("An uninvited release of a Lock loses no update in 200 runs, and one in explore's 7th schedule.")
def explore_finds_what_an_uninvited_release_loses() -> bool:
    """Count the failing runs, and check the verdict and who ended the hold of T1."""
    program = released_by_another(threading.Lock)
    verdict = explore(program)
    (hold,) = verdict.trace.select("T1", "lock")
    told = (verdict.kind, verdict.schedules, hold.released_by)
    return times_failed(program) == 0 and told == ("failure", 7, "T2")


@claim("With an RLock an uninvited release loses no update: proved, 10 schedules stand for all.")
def an_rlock_is_proved_against_an_uninvited_release() -> bool:
    """Check the verdict."""
    verdict = explore(released_by_another(threading.RLock))
    return (verdict.kind, verdict.schedules, verdict.complete) == ("proved", 10, True)


@claim("A Lock can say “go” to another thread, and an Event can, too.")
def a_lock_and_an_event_can_say_go() -> bool:
    """Check that T1 serves after T2 has cooked, with either."""
    orders = [[note.name for note in run(program).marks()] for program in (go_by_lock, go_by_event)]
    return orders == [["cooked", "served"]] * 2


@claim("An RLock costs less than twice as much as a Lock.")
def an_rlock_costs_less_than_two_locks() -> bool:
    """Compare processor time, in turns."""
    return cost_ratio(with_lock(LOCKS["RLock"]), with_lock(LOCKS["Lock"])) < 2


@claim("An RLock written in Python costs more than 1.5 times as much as the built-in one.")
def an_rlock_in_pure_python_costs_more() -> bool:
    """Compare processor time, in turns."""
    return cost_ratio(with_lock(LOCKS["RLock in pure Python"]), with_lock(LOCKS["RLock"])) > 1.5


@claim("An RLock lets a nested call see half of a change; another thread sees all of it or nothing.")
def an_rlock_hides_a_half_done_change() -> bool:
    """Check that the report within the transfer sees 30 missing, and the audit by T2 does not."""
    trace = run(two_audits(LOCKS["RLock"]))
    reports, audits = ([note.name for note in trace.marks(thread)] for thread in ("T1", "T2"))
    return reports == ["report: 170", "report: 200"] and audits == ["audit: 200"]


@claim("With a Lock the same nested call does not get through, so the mistake shows at once.")
def a_lock_stops_at_the_half_done_change() -> bool:
    """Check that T1 waits for itself."""
    return ("T1", "bank.lock", "T1") in run(two_audits(LOCKS["Lock"])).cycle()


@claim("Public methods that lock and private ones that do not need no RLock.")
def private_methods_need_no_rlock() -> bool:
    """Check that the transfer with a Lock acquires it once."""
    trace = run(pay_rent_flat)
    return depths(trace, "bank.lock") == [1] and trace.result == {"Ana": 70, "Ben": 130}
