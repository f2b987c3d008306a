"""Lesson 00: what it says of threads, as claims."""

from helpers.claims import claim
from helpers.lessons.start_here.knobs import box_office, greetings, soup, threads_and_time, ticker
from helpers.lessons.start_here.measures import as_script, cores_used, most_holding_at_once, spoke_first
from helpers.lessons.start_here.programs import (
    daemon_at_work,
    five_naps,
    last_seat,
    one_fails,
    three_clerks,
    two_counters,
    two_greetings,
    with_join,
    without_join,
)
from helpers.running import run


@claim("Without join the main thread looks before the cook has ended; with join, after")
def join_waits() -> bool:
    """Look at the table with and without a join, and with one that gives up too early."""
    tables = [run(program).result for program in (without_join, with_join, soup(cook_s=0.2, patience_s=0.02))]
    return tables == [[], ["soup"], []]


@claim("Either of two threads may print first, and a join of both waits for both lines")
def either_prints_first() -> bool:
    """Hold one thread back, then the other; where neither is, both lines are printed in some order."""
    forced = [spoke_first(run(greetings(held_back=name))) for name in ("Ann", "Ben")]
    lines = run(two_greetings).stdout
    return forced == ["Ben", "Ann"] and "Ann" in lines and "Ben" in lines


@claim("The program's end does not wait for a daemon, and the daemon's finally does not run")
def daemon_is_dropped() -> bool:
    """Run the program here and as a script; the same thread, not a daemon, is waited for."""
    here, script = run(daemon_at_work), as_script(daemon_at_work)
    dropped = here.finished and here.threads[-1].ended is None
    waited = run(ticker(daemon=False)).stdout
    return (
        dropped
        and (here.stdout, script.stdout, script.exit_code) == ("main: done\n", "main: done\n", 0)
        and waited == "main: done\ndaemon: tidied up\n"
    )


@claim("Two threads that only compute use no more processor time than one core gives")
def one_computes_at_a_time() -> bool:
    """Without a global lock they would use twice as much, given two cores."""
    return cores_used(run(two_counters)) < 1.2


@claim("One bytecode at a time does not keep two steps together: the last seat is sold twice")
def last_seat_is_sold_twice() -> bool:
    """A long pause between the two steps does what a switch of threads does now and then."""
    return sorted(run(last_seat).result) == ["Ann", "Ben"]


@claim("Five threads that sleep at the same time need less than half of five sleeps")
def sleeps_overlap() -> bool:
    """They would need all five if sleeping kept the other threads from running."""
    return run(five_naps).duration < 5 * 200 / 2


@claim("From one thread to six, the time for computing grows by a larger factor than the time for sleeping")
def sleeping_scales_and_computing_does_not() -> bool:
    """Compare the ends of the two lines that the lesson draws, each by its quicker run."""
    sweep = threads_and_time(threads=(1, 6), repetitions=2)
    growth = {name: min(six) / min(one) for name, (one, six) in sweep.series.items()}
    return growth["sleeping"] < growth["computing"]


@claim("An error in a thread ends that thread only; run raises it with the thread's name")
def error_stays_in_its_thread() -> bool:
    """Run the program as a script, which goes on and ends well, and here."""
    script = as_script(one_fails)
    went_on = script.exit_code == 0 and "main: still here" in script.stdout
    try:
        run(one_fails)
    except ZeroDivisionError as error:
        return went_on and "thread worker" in error.__notes__[0] and "ZeroDivisionError" in script.stderr
    return False


@claim("With a lock around both steps, six seats make six tickets, and one clerk at a time holds it")
def lock_keeps_steps_together() -> bool:
    """Nine customers ask for the six seats."""
    trace = run(three_clerks)
    return len(trace.result) == 6 and most_holding_at_once(trace) == 1


@claim("Three clerks wait a third of their time or more; six wait a larger part than three")
def clerks_wait() -> bool:
    """Wait shares of one lock that is taken for 20 ms of every 30."""
    three, six = run(three_clerks), run(box_office(clerks=6))
    return 1 / 3 <= three.lock_wait_share("lock") < six.lock_wait_share("lock")
