"""Lesson 03, try-lock: what its notebook says, as claims."""

import threading

from helpers import explore, run
from helpers.claims import claim
from helpers.lessons.start_here import times_failed
from helpers.lessons.try_lock.explored import (
    ask_at_once,
    look_then_ask,
    release_in_any_case,
    release_what_was_got,
    somebody_had_both,
    try_for_both,
    wait_for_both,
)
from helpers.lessons.try_lock.knobs import asking, till
from helpers.lessons.try_lock.measures import cpu_ms
from helpers.lessons.try_lock.programs import (
    ask_four_times,
    ignore_the_answer,
    look_then_take,
    mind_the_answer,
    owner_tries,
    release_anyway,
    take_both_or_none,
    take_crosswise,
    try_the_till,
    wait_for_the_till,
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
    """Compare the pieces of other work during ten turns of T1."""
    waits, tries = run(wait_for_the_till).result, run(try_the_till).result
    return tries["other work"] > 2 * waits["other work"]


@claim("A thread that waits has a turn for each piece of work; one that tries works on without a turn.")
def trying_gives_no_turn_for_each_piece() -> bool:
    """Compare turns at the till with pieces of other work."""
    waits, tries = run(wait_for_the_till).result, run(try_the_till).result
    return (
        waits["turns at the till"] == waits["other work"] and tries["turns at the till"] < tries["other work"]
    )


@claim("Beside a lock that is held for 30 ms at a time, a waiting thread does less than beside one of 2 ms.")
def waiting_costs_more_beside_longer_holds() -> bool:
    """Compare the pieces of other work during as many turns of T1 as fit in 0.2 s."""
    return run(till(tries=False, hold_s=0.03)).result < run(till(tries=False, hold_s=0.002)).result


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
    """Check that two were inside at once, that T2 ended the hold of T1, and what T1 got for it."""
    trace = run(release_anyway)
    (hold,) = trace.select("T1", name="lock")
    told = {"inside at once": 2, "error of T1": "release unlocked lock"}
    return trace.result == told and hold.released_by == "T2"


@claim("A release of what was not got hits the thread that did nothing wrong, in explore's 2nd schedule.")
def a_wrong_release_is_found() -> bool:
    """Check the verdict, and which error it ends with in which thread."""
    verdict = explore(release_in_any_case)
    error = verdict.trace.marks()[-1]
    told = (verdict.kind, verdict.schedules, error.thread, error.name)
    return told == ("failure", 2, "T1", "RuntimeError")


@claim("A release only after an answer of True is proved: 3 schedules stand for all.")
def a_release_after_true_is_proved() -> bool:
    """Check the verdict."""
    verdict = explore(release_what_was_got)
    return (verdict.kind, verdict.schedules, verdict.complete) == ("proved", 3, True)


@claim("Two threads can both see a lock free, and only one of them gets it.")
def locked_is_old_news() -> bool:
    """Check what both saw and got; barriers force it."""
    return run(look_then_take).result == {"saw it free": 2, "got it": 1}


@claim("Who relies on locked() is refused in explore's 4th schedule.")
def look_then_ask_is_found() -> bool:
    """Check the verdict, and which error it ends with."""
    verdict = explore(look_then_ask)
    told = (verdict.kind, verdict.schedules, verdict.trace.marks()[-1].name)
    return told == ("failure", 4, "AssertionError")


@claim("Who relies on locked() is refused in less than a tenth of 200 runs.")
def runs_seldom_show_look_then_ask() -> bool:
    """Count the failing runs."""
    return times_failed(look_then_ask) < 20


@claim("A try in place of the look is proved: 4 schedules stand for all.")
def a_try_needs_no_look() -> bool:
    """Check the verdict."""
    verdict = explore(ask_at_once)
    return (verdict.kind, verdict.schedules, verdict.complete) == ("proved", 4, True)


@claim("An RLock's owner gets it when it tries; a Lock's holder is refused.")
def only_the_owner_of_an_rlock_gets_in_again() -> bool:
    """Check the two answers."""
    return run(owner_tries).result == {"Lock": False, "RLock": True}


@claim("A thread that waits for a computing holder uses less than a tenth of its processor time.")
def waiting_costs_next_to_nothing() -> bool:
    """Compare the processor times of the two."""
    waits = run(asking(pause_s=None), trace=False)
    return cpu_ms(waits, "T2") < cpu_ms(waits, "T1") / 10


@claim("A thread that tries all the time uses more than a tenth of the computing holder's processor time.")
def spinning_costs_processor_time() -> bool:
    """Compare the processor times of the two."""
    spins = run(asking(pause_s=0.0), trace=False)
    return cpu_ms(spins, "T2") > cpu_ms(spins, "T1") / 10


@claim("With a pause of 1 ms between its tries a thread uses less than half the time that spinning takes.")
def a_pause_between_tries_saves_processor_time() -> bool:
    """Compare the processor times of the thread that asks."""
    pauses, spins = (run(asking(pause_s=pause_s), trace=False) for pause_s in (0.001, 0.0))
    return cpu_ms(pauses, "T2") < cpu_ms(spins, "T2") / 2


@claim("The hold lasts at least as long as the computing of its holder and the tries of the other together.")
def spinning_lengthens_the_hold() -> bool:
    """Compare the hold with the processor times; 3 ms of these may lie before or after it."""
    spins = run(asking(pause_s=0.0), trace=False)
    return spins.result > cpu_ms(spins, "T1") + cpu_ms(spins, "T2") - 3


@claim("Two locks taken crosswise deadlock; with both or none, the same two threads finish.")
def both_or_none_does_not_deadlock() -> bool:
    """Check that the one has a cycle of two, and that the other was refused at least once and finished."""
    crosswise, both_or_none = run(take_crosswise), run(take_both_or_none)
    return len(crosswise.cycle()) == 2 and both_or_none.finished and both_or_none.result >= 1


@claim("Two locks taken crosswise deadlock without a barrier, in explore's 2nd schedule.")
def crosswise_locks_are_found() -> bool:
    """Check the verdict, and that two threads wait for each other."""
    verdict = explore(wait_for_both)
    return (verdict.kind, verdict.schedules, len(verdict.trace.cycle())) == ("deadlock", 2, 2)


@claim("With a single try for the second lock nobody gets stuck: proved, 7 schedules stand for all.")
def a_single_try_is_proved() -> bool:
    """Check the verdict."""
    verdict = explore(try_for_both)
    return (verdict.kind, verdict.schedules, verdict.complete) == ("proved", 7, True)


@claim("With a single try for the second lock it can happen that neither has both: explore's 4th schedule.")
def both_can_give_up() -> bool:
    """Check the verdict, and that each was refused once."""
    verdict = explore(somebody_had_both)
    refused = {row.thread for row in verdict.trace.rows if row.outcome == "refused"}
    return (verdict.kind, verdict.schedules, refused) == ("failure", 4, {"T1", "T2"})
