"""Lesson 03, try-lock: what its notebook says, as claims."""

import threading

from helpers import run
from helpers.claims import claim
from helpers.lessons.try_lock.knobs import asking
from helpers.lessons.try_lock.measures import asker_cpu_ms, shortest_hold
from helpers.lessons.try_lock.programs import (
    ask_four_times,
    ignore_the_answer,
    look_then_take,
    mind_the_answer,
    owner_tries,
    release_anyway,
    take_both_or_none,
    take_crosswise,
    try_the_counter,
    wait_for_the_counter,
)


@claim("A try for a held lock is refused at once, timeout=0 is a try, and a timeout ends in False.")
def tries_and_timeouts_answer_false() -> bool:
    """Check the four answers, and how the trace tells them."""
    trace = run(ask_four_times)
    outcomes = [row.outcome for row in trace.select("T2")]
    return trace.result == [False, False, False, True] and outcomes == [
        "refused",
        "refused",
        "timed out",
        "acquired",
    ]


@claim("A try that names a timeout raises ValueError: can't specify a timeout for a non-blocking call.")
def a_try_takes_no_timeout() -> bool:
    """Check the error."""
    try:
        threading.Lock().acquire(blocking=False, timeout=1)
    except ValueError as error:
        return str(error) == "can't specify a timeout for a non-blocking call"
    return False


@claim("A thread that tries does more than twice as much other work as one that waits, beside a busy lock.")
def trying_leaves_time_for_other_work() -> bool:
    """Compare the pieces of other work in 0.2 s."""
    waits, tries = run(wait_for_the_counter).result, run(try_the_counter).result
    return tries["other work"] > 2 * waits["other work"]


@claim("Who ignores a refusal and goes on loses an update: 2 payments leave a balance of 1.")
def an_ignored_refusal_loses_an_update() -> bool:
    """Check the balance that the events force."""
    return run(ignore_the_answer).result == 1


@claim("Who pays only with the lock loses nothing: 2 payments leave a balance of 2.")
def a_minded_answer_loses_nothing() -> bool:
    """Check the balance."""
    return run(mind_the_answer).result == 2


@claim("A release of a Lock that was not got ends another thread's hold, and lets a third thread in.")
def a_wrong_release_ends_the_exclusion() -> bool:
    """Check that two were inside at once, and that T2 ended the hold of T1."""
    trace = run(release_anyway)
    (first,) = trace.select("T1")
    return trace.result == 2 and first.released_by == "T2"


@claim("Two threads can both see a lock free, and one of them waits for it all the same.")
def locked_is_old_news() -> bool:
    """Check that both saw it free, and that exactly one had to wait for the other's 10 ms."""
    trace = run(look_then_take)
    return trace.result == 2 and sum(wait > 5 for wait in trace.waits()) == 1


@claim("An RLock's owner gets it when it tries; a Lock's holder is refused.")
def only_the_owner_of_an_rlock_gets_in_again() -> bool:
    """Check the two answers."""
    return run(owner_tries).result == {"Lock": False, "RLock": True}


@claim("A thread that tries all the time uses more than five times the processor time of one that waits.")
def spinning_burns_processor_time() -> bool:
    """Compare the processor time of the thread that asks."""
    waits, spins = (run(asking(pause_s=pause_s), trace=False) for pause_s in (None, 0.0))
    return asker_cpu_ms(spins) > 5 * asker_cpu_ms(waits)


@claim("A thread that computes with the lock held holds it longer if another one tries all the time.")
def spinning_lengthens_the_hold() -> bool:
    """Compare the shortest holds of three runs each."""
    waits, spins = (shortest_hold(pause_s=pause_s) for pause_s in (None, 0.0))
    return spins.result > 1.2 * waits.result


@claim("Two locks taken crosswise deadlock; with both or none, the same two threads finish.")
def both_or_none_does_not_deadlock() -> bool:
    """Check that the one has a cycle of two, and that the other was refused at least once and finished."""
    crosswise, both_or_none = run(take_crosswise), run(take_both_or_none)
    return len(crosswise.cycle()) == 2 and both_or_none.finished and both_or_none.result >= 1
