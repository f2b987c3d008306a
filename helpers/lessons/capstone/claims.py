"""Lesson 08, capstone: what its notebook says, as claims."""

import re

from helpers import Trace, explore, run
from helpers.claims import claim
from helpers.lessons.capstone.cases import case_1, case_2, case_3, case_4
from helpers.lessons.capstone.explored import (
    MATCHES,
    a_busy_day,
    change_the_rate,
    fill_and_wait,
    get_and_put,
    put_and_report,
    two_hits,
    two_raises_and_a_get,
    two_swaps,
)
from helpers.lessons.capstone.knobs import LOADS, load
from helpers.lessons.capstone.measures import bad_runs, signs_of, suspects, watch_all
from helpers.lessons.capstone.pricing import GUARDS
from helpers.lessons.capstone.programs import BrokenCache, HitsFirst, MendedCache, start_and_join
from helpers.lessons.start_here import most_holding_at_once


def _cpu_ms(trace: Trace) -> float:
    return sum(signs.cpu_ms for signs in signs_of(trace).values())


# ---- four traces


@claim("By progress, then by processor time, the four traces are told apart.")
def the_rule_tells_four_traces_apart() -> bool:
    """Check what is suspected of each trace."""
    return suspects(watch_all()) == {"1": "slow", "2": "livelock", "3": "starvation", "4": "deadlock"}


@claim("In the slow service the workers wait for more than half of their time, and all do jobs to the end.")
def waiting_is_not_starving() -> bool:
    """Check the wait shares and the jobs of the second half."""
    trace = run(case_1)
    shares = [trace.wait_share(name) for name in signs_of(trace)]
    return sum(shares) / len(shares) > 0.5 and all(signs.jobs_after for signs in signs_of(trace).values())


@claim("The livelock has over 20 refusals, and uses over five times the processor time of the deadlock.")
def livelock_is_busy_and_deadlock_is_not() -> bool:
    """Compare the refusals and the processor times."""
    livelock, deadlock = (run(lambda case=case: case(watched_s=0.8)) for case in (case_2, case_4))
    refused = sum(row.outcome == "refused" for row in livelock.select())
    return refused > 20 and _cpu_ms(livelock) > 5 * _cpu_ms(deadlock)


@claim("In the starvation the writer E waits to the end, for over half of the time; the others do jobs.")
def the_writer_is_denied_to_the_end() -> bool:
    """Check E's last wait, and the jobs of the second half."""
    trace = run(case_3)
    jobs = {name: signs.jobs_after for name, signs in signs_of(trace).items()}
    last = trace.select("E")[-1]
    waits = last.outcome == "waiting" and trace.wait_of(last) > trace.duration / 2
    return waits and jobs["E"] == 0 and all(jobs[name] for name in "ABCD")


@claim("In the deadlock A to D wait in a cycle; E is not in it, and is stuck too.")
def four_in_the_cycle_and_one_beside_it() -> bool:
    """Check the cycle, and that E waits."""
    trace = run(case_4)
    waits = any(wait.thread == "E" for wait in trace.wait_edges())
    return sorted(wait.thread for wait in trace.cycle()) == list("ABCD") and waits


# ---- five bugs


@claim("explore finds a lost update, a deadlock, a lost wake-up, a starvation and a livelock in the cache.")
def each_bug_is_found() -> bool:
    """Check the five kinds."""
    kinds = [explore(match(BrokenCache)).kind for match in MATCHES]
    return kinds == ["failure", "deadlock", "lost wake-up", "starvation", "livelock"]


@claim("The loops: 4 steps repeat and T3 never gets in; 6 steps repeat and nobody gets on.")
def the_loops_are_marked() -> bool:
    """Check the headlines of the starvation and of the livelock; which steps those are, a Python decides."""
    starvation, livelock = (explore(match(BrokenCache)) for match in (change_the_rate, two_swaps))
    told = [re.sub(r" \(\d+ to \d+\)", "", verdict.headline) for verdict in (starvation, livelock)]
    expected = [
        "these 4 steps repeat for ever; T3 never gets in",
        "these 6 steps repeat for ever; nobody gets on",
    ]
    return told == expected and starvation.trace.victim == "T3"


@claim("On real threads, less than ten of 50 runs of each broken match but the starvation go wrong.")
def runs_seldom_show_the_bugs() -> bool:
    """Count the bad runs."""
    matches = (two_hits, put_and_report, fill_and_wait, two_swaps)
    return all(bad_runs(match(BrokenCache)) < 10 for match in matches)


@claim("All six matches are proved with the mended cache.")
def the_mended_cache_is_proved() -> bool:
    """Check the verdicts."""
    return all(explore(match(MendedCache)).kind == "proved" for match in (*MATCHES, get_and_put))


@claim("A get that takes the lock of the hits first loses one match of six: get_and_put deadlocks.")
def a_mend_can_bring_a_new_bug() -> bool:
    """Check the verdicts."""
    kinds = {match: explore(match(HitsFirst)).kind for match in (*MATCHES, get_and_put)}
    lost = {match: kind for match, kind in kinds.items() if kind != "proved"}
    return lost == {get_and_put: "deadlock"} and explore(get_and_put(BrokenCache)).kind == "proved"


@claim("a_busy_day is proved with the mended cache, and with the broken one.")
def a_proof_is_of_one_program() -> bool:
    """Check both verdicts."""
    return all(explore(a_busy_day(make)).kind == "proved" for make in (BrokenCache, MendedCache))


@claim("Two swaps in the same order are proved with the broken cache.")
def swaps_in_one_order_are_proved() -> bool:
    """Check the verdict."""

    def program() -> None:
        cache = BrokenCache()
        start_and_join(lambda: cache.swap("tea", "rye"), lambda: cache.swap("tea", "rye"))

    return explore(program).kind == "proved"


# ---- tuning


@claim("The table of prices is proved with one lock, with stripes and with a reader-writer lock.")
def each_version_is_proved() -> bool:
    """Check the verdicts."""
    return all(explore(two_raises_and_a_get(make)).kind == "proved" for make in GUARDS.values())


def _operations(place: int, *names: str, rounds: int = 3) -> list[int]:
    """Return how many operations each lock allows under the load at a place, in several short runs together.

    The locks take turns, so that all meet the same conditions; one run alone may find the processor taken.
    """
    asked = list(LOADS.values())[place]
    done = dict.fromkeys(names, 0)
    for _ in range(rounds):
        for name in names:
            done[name] += run(load(GUARDS[name], asked), trace=False).result
    return list(done.values())


@claim("64 prices, 95 % reads: stripes and the reader-writer lock allow over 1.5 times what one lock does.")
def both_help_with_many_prices() -> bool:
    """Compare the operations."""
    one, striped, shared = _operations(0, *GUARDS)
    return striped > 1.5 * one and shared > 1.5 * one


@claim("One hot price, 95 % reads: the reader-writer lock allows over 1.5 times what one lock does.")
def sharing_helps_with_a_hot_price() -> bool:
    """Compare the operations."""
    one, shared = _operations(1, "one lock", "reader-writer", rounds=4)
    return shared > 1.5 * one


@claim("One hot price, 95 % reads: stripes let in one thread at a time, as one lock does; sharing more.")
def stripes_do_not_help_with_a_hot_price() -> bool:
    """Count who holds at once, at most, which needs no clock."""
    hot = list(LOADS.values())[1]
    one, striped, shared = (most_holding_at_once(run(load(make, hot))) for make in GUARDS.values())
    return one == striped == 1 < shared


@claim("64 prices, 50 % reads: stripes allow over 1.5 times what one lock does, and more than sharing.")
def only_stripes_help_with_many_writes() -> bool:
    """Compare the operations."""
    one, striped, shared = _operations(2, *GUARDS)
    return striped > 1.5 * one and striped > shared


@claim("With an empty section the reader-writer lock allows less than one lock.")
def sharing_does_not_pay_for_short_holds() -> bool:
    """Compare the operations."""
    one, shared = _operations(3, "one lock", "reader-writer")
    return shared < one
