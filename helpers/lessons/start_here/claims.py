"""Lesson 00: what it says of threads, as claims."""

from helpers.claims import claim
from helpers.exploring import explore
from helpers.lessons.start_here.explored import one_seat, one_seat_locked
from helpers.lessons.start_here.knobs import box_office, greetings, soup, threads_at_once, worker
from helpers.lessons.start_here.measures import (
    as_script,
    cores_used,
    most_asleep_at_once,
    most_holding_at_once,
    spoke_first,
)
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
from helpers.measuring import gil_is_on
from helpers.running import run


@claim("Without join the main thread looks before the cook has ended; with join, after")
def join_waits() -> bool:
    """Look at the table with and without a join."""
    return [run(program).result for program in (without_join, with_join)] == [[], ["soup"]]


@claim("A join with a timeout waits no longer than that, and raises no error when it gives up")
def patience_ends() -> bool:
    """Look at the table after a join that gives up while the cook still cooks."""
    trace = run(soup(cook_s=0.2, patience_s=0.01))
    return trace.result == [] and trace.finished


@claim("Either of two threads may print first, and a join of both waits for both lines")
def either_prints_first() -> bool:
    """Hold one thread back, then the other; where neither is, both lines are printed in some order."""
    forced = [spoke_first(run(greetings(held_back=name))) for name in ("Ann", "Ben")]
    lines = run(two_greetings).stdout
    return forced == ["Ben", "Ann"] and "Ann" in lines and "Ben" in lines


@claim("The program's end does not wait for a daemon, and the daemon's finally does not run")
def daemon_is_dropped() -> bool:
    """Run the program here and as a script; neither prints what stands in the daemon's finally."""
    here, script = run(daemon_at_work), as_script(daemon_at_work)
    dropped = here.finished and here.threads[-1].ended is None
    return dropped and (here.stdout, script.stdout, script.exit_code) == ("main: done\n", "main: done\n", 0)


@claim("The same thread, where it is no daemon, is waited for, and its finally runs")
def other_threads_are_waited_for() -> bool:
    """Turn the daemon into a thread like any other."""
    return run(worker(daemon=False, work_s=0.3)).stdout == "main: done\ndaemon: tidied up\n"


@claim("Two threads that only compute use no more processor time than one core gives")
def one_computes_at_a_time() -> bool:
    """Without a global lock they would use twice as much, given two cores."""
    return cores_used(run(two_counters)) < 1.2


@claim("One bytecode at a time does not keep two steps together: the last seat is sold twice")
def last_seat_is_sold_twice() -> bool:
    """A barrier between the two steps does what a switch of threads may do."""
    return sorted(run(last_seat).result) == ["Ann", "Ben"]


@claim("Of five threads that sleep, three or more are asleep at the same moment")
def sleeps_overlap() -> bool:
    """It would be one if sleeping kept the other threads from running."""
    return most_asleep_at_once(run(five_naps)) >= 3


@claim(
    "Of six threads, two or more sleep at once, in the best of three runs; computing, they use one core"
    if gil_is_on()
    else "Of six threads, two or more sleep at once, in the best of three runs; computing, they use any core"
)
def sleeping_overlaps_and_computing_does_not() -> bool:
    """Look at the right ends of the two lines that the lesson draws; without the GIL, nothing bounds one."""
    at_once = threads_at_once(threads=(6,))
    most_sleeping, most_computing = (at_once.spread(work)[0][1] for work in ("sleeping", "computing"))
    return most_sleeping >= 2 and (most_computing < 1.2 or not gil_is_on())


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


@claim("Three clerks wait a quarter of their time or more, in the better of two runs")
def three_clerks_wait() -> bool:
    """The lock is taken for 20 ms of every 30; where a clerk starts late, the others wait less."""
    return max(run(three_clerks).lock_wait_share("lock") for _ in range(2)) >= 1 / 4


@claim("One clerk alone waits less than a tenth of the time; six wait a quarter of theirs or more")
def more_clerks_wait_more() -> bool:
    """Turn the knob to both ends."""
    alone, six = (run(box_office(clerks=clerks)).lock_wait_share("lock") for clerks in (1, 6))
    return alone < 1 / 10 and six >= 1 / 4


@claim("Without a barrier, explore finds in its second schedule that the last seat is sold twice")
def explore_finds_the_seat_sold_twice() -> bool:
    """Check the verdict, and that both customers look before either takes."""
    verdict = explore(one_seat)
    rows = sorted((row.requested, row.kind) for row in verdict.trace.rows if row.kind in ("read", "write"))
    order = [kind for _, kind in rows[:4]]
    told = (verdict.kind, verdict.schedules, order)
    return told == ("failure", 2, ["read", "read", "write", "write"])


@claim("With a lock around both steps, explore proves that one ticket is sold: two schedules stand for all")
def one_seat_with_a_lock_is_proved() -> bool:
    """Check the verdict."""
    verdict = explore(one_seat_locked)
    return (verdict.kind, verdict.schedules, verdict.complete) == ("proved", 2, True)
