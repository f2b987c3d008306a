"""Lesson 06, starvation: what its notebook says, as claims."""

import threading
from functools import partial

from readerwriterlock.rwlock import RWLockFair, RWLockRead, RWLockWrite

from helpers import Verdict, explore, run
from helpers.claims import claim
from helpers.lessons.starvation.explored import (
    greedy_and_patient,
    reads_once,
    two_urgent,
    writes_among_thinkers,
    writes_once,
)
from helpers.lessons.starvation.measures import (
    as_trace,
    at_percent,
    longest,
    most_overtaken,
    request_of,
    shut_out,
    turns_of,
)
from helpers.lessons.starvation.our_locks import BargingLock, PriorityLock, TicketLock
from helpers.lessons.starvation.programs import (
    everybody_again,
    four_jobs,
    reader_among_writers,
    three_clerks,
    two_greedy,
    urgent_and_patient,
    writer_among_readers,
)


@claim(
    "Of four threads that are late, slow, unlucky and starved, others get in ahead of the starved one only."
)
def only_the_starved_one_is_overtaken() -> bool:
    """Check A to D; the starved one gets in when the readers have stopped."""
    trace = run(four_jobs)
    overtaken = {name: request_of(trace, name).overtaken for name in "ABCD"}
    return shut_out(trace, "D") and overtaken.pop("D") > 0 and set(overtaken.values()) == {0}


@claim("A clerk who starts late has a smaller share of the turns than if all wait at a start barrier.")
def starting_late_is_not_starving() -> bool:
    """Compare C3's share without the barrier and with it."""
    late, together = (run(three_clerks(start_together=each)).result for each in (False, True))
    return late["C3"] / sum(late.values()) < together["C3"] / sum(together.values())


@claim("Four readers who read again at once shut a writer out under RWLockRead until they stop.")
def readers_starve_a_writer() -> bool:
    """Check how often readers got in while the writer waited, and later."""
    return shut_out(run(writer_among_readers(RWLockRead)), "W1")


@claim(
    "Under RWLockFair and RWLockWrite the same writer gets in before the readers stop, after less than 20."
)
def another_lock_lets_the_writer_in() -> bool:
    """Check that readers got in after the writer, and few while it waited."""
    traces = [run(writer_among_readers(make_rw)) for make_rw in (RWLockFair, RWLockWrite)]
    return all(not shut_out(trace, "W1") and request_of(trace, "W1").overtaken < 20 for trace in traces)


@claim(
    "Where the writer starves, nine of ten requests wait less than a tenth of the longest wait, the writer's."
)
def percentiles_hide_the_starved() -> bool:
    """Compare the two waits."""
    trace = run(writer_among_readers(RWLockRead))
    most, thread = longest(trace)
    return thread == "W1" and at_percent(trace, 90) < most / 10


@claim("Where one of five hardly gets in under RWLockRead, Jain's index is 0.65 or more all the same.")
def an_index_hides_the_starved() -> bool:
    """Check Jain's index, and the writer's turns against an even share."""
    trace = run(everybody_again(RWLockRead))
    turns = turns_of(trace)
    return trace.fairness() >= 0.65 and turns["W1"] < sum(turns.values()) / 5 / 4


@claim(
    "Under RWLockFair, where four readers and a writer go on, each has a quarter of an even share or more."
)
def fair_leaves_nobody_out() -> bool:
    """Check the smallest share."""
    turns = turns_of(run(everybody_again(RWLockFair)))
    return min(turns.values()) >= sum(turns.values()) / 5 / 4


@claim("Four writers who write again at once shut a reader out under RWLockWrite until they stop.")
def writers_starve_a_reader() -> bool:
    """Check how often writers got in while the reader waited, and later."""
    return shut_out(run(reader_among_writers(RWLockWrite)), "R1")


@claim("Under RWLockFair the same reader gets in before the writers stop.")
def a_fair_lock_lets_the_reader_in() -> bool:
    """Check that it is not shut out."""
    return not shut_out(run(reader_among_writers(RWLockFair)), "R1")


@claim("Under RWLockRead, too, the same reader gets in before the writers stop.")
def another_lock_lets_the_reader_in() -> bool:
    """Check that it is not shut out."""
    return not shut_out(run(reader_among_writers(RWLockRead)), "R1")


@claim("explore finds four steps that repeat for ever and keep a writer out under RWLockRead.")
def the_loop_is_found() -> bool:
    """Check the verdict, its loop and its victim."""
    return _starved(explore(writes_once(RWLockRead))) == ("starvation", 4, "W1")


@claim("explore finds four steps that repeat for ever and keep a reader out under RWLockWrite.")
def the_other_loop_is_found() -> bool:
    """Check the verdict, its loop and its victim."""
    return _starved(explore(reads_once(RWLockWrite))) == ("starvation", 4, "R1")


@claim("RWLockFair is proved to starve neither a writer among two readers nor a reader among two writers.")
def fair_is_proved() -> bool:
    """Check both verdicts."""
    return [explore(program(RWLockFair)).kind for program in (writes_once, reads_once)] == ["proved"] * 2


@claim("Where readers think for 5 ms, the writer gets in under RWLockRead before they stop.")
def thinking_lets_the_writer_in() -> bool:
    """Check that it is not shut out."""
    return not shut_out(run(writer_among_readers(RWLockRead, think_s=0.005)), "W1")


@claim("Think time is proved to help where sleeps are exact; where they vary, a loop of 8 steps starves W1.")
def thinking_is_no_promise() -> bool:
    """Check both verdicts."""
    exact = explore(writes_among_thinkers)
    vary = explore(writes_among_thinkers, early_timers=True)
    return exact.kind == "proved" and _starved(vary) == ("starvation", 8, "W1")


@claim("Of two greedy threads at a plain Lock that they hold for 0.3 ms, the one that waits is overtaken.")
def a_plain_lock_is_barged() -> bool:
    """Count how often a wait was overtaken, at most."""
    return most_overtaken(run(two_greedy(threading.Lock), trace=False).result) >= 1


@claim("Of two greedy threads at a BargingLock, the one that waits is overtaken 5 times or more in a row.")
def a_barging_lock_is_barged() -> bool:
    """Count how often a wait was overtaken, at most."""
    return most_overtaken(run(two_greedy(BargingLock), trace=False).result) >= 5


@claim("Of two greedy threads at a TicketLock, the one that waits is never overtaken.")
def a_ticket_lock_keeps_the_order() -> bool:
    """Count how often a wait was overtaken, at most."""
    return most_overtaken(run(two_greedy(TicketLock), trace=False).result) == 0


@claim("explore finds that a BargingLock starves the patient thread; a TicketLock is proved not to.")
def tickets_are_proved() -> bool:
    """Check both verdicts."""
    barging = explore(greedy_and_patient(BargingLock))
    ticket = explore(greedy_and_patient(partial(TicketLock, tickets=3)))
    return (barging.kind, barging.trace.victim, ticket.kind) == ("starvation", "P", "proved")


@claim("Of a plain Lock, explore says that a patient thread gets in: it assumes a fair scheduler.")
def a_fair_scheduler_is_assumed() -> bool:
    """Check the verdict."""
    return explore(greedy_and_patient(threading.Lock)).kind == "proved"


@claim("Without aging, urgent threads shut a patient one out until they stop.")
def priority_starves_the_patient() -> bool:
    """Check how often others got in while it waited, and later."""
    turns = run(urgent_and_patient(partial(PriorityLock, aging=False)), trace=False).result
    return shut_out(as_trace(turns), "P")


@claim("With aging, the patient one gets in before the urgent ones stop.")
def aging_bounds_the_wait() -> bool:
    """Check that it is not shut out."""
    turns = run(urgent_and_patient(partial(PriorityLock, aging=True)), trace=False).result
    return not shut_out(as_trace(turns), "P")


@claim(
    "explore finds that a priority without aging starves the patient thread; with aging it is proved not to."
)
def aging_is_proved() -> bool:
    """Check both verdicts."""
    plain, aged = (explore(two_urgent(partial(PriorityLock, aging=aging))) for aging in (False, True))
    return (plain.kind, plain.trace.victim, aged.kind) == ("starvation", "P", "proved")


def _starved(verdict: Verdict) -> tuple[str, int, str]:
    """Return the kind of a verdict, how many of the steps that it shows repeat, and who never gets in."""
    return verdict.kind, int(verdict.headline.split()[1]), verdict.trace.victim
