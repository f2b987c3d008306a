"""Lesson 07, livelock: what its notebook says, as claims."""

from collections.abc import Callable

from helpers import Sweep, Verdict, explore, run
from helpers.claims import claim
from helpers.lessons.livelock.drawings import mean_and_error
from helpers.lessons.livelock.explored import (
    always,
    first_insists,
    fixed_pauses,
    random_first_fork,
    random_pause,
    spoon,
    three_times_in_four,
    to_the_first,
    until_fed,
)
from helpers.lessons.livelock.measures import (
    cpu_ms,
    first_round_in_theory,
    first_rounds,
    four_traces,
    hand_overs,
    hand_overs_in_theory,
    livelocked,
    meals,
    retries,
    signs_of,
)
from helpers.lessons.livelock.programs import (
    backing_off,
    coin,
    first_among_equals,
    polite,
    polite_spoon,
    seat_number,
)

NO_TIME = "steps take no time"


@claim("Three polite philosophers in lock-step have 0 meals in 100 rounds, and exactly 300 retries.")
def nobody_eats_in_step() -> bool:
    """Count marks and refusals."""
    trace = run(polite())
    return (trace.finished, len(trace.marks()), retries(trace)) == (True, 0, 300)


@claim("Polite philosophers in lock-step have no meal, and N retries in each round, also 2 and 5 of them.")
def retries_are_seats_times_rounds() -> bool:
    """Count marks and refusals at two other tables."""
    small, large = run(polite(seats=2, rounds=60)), run(polite(seats=5, rounds=40))
    return [len(trace.marks()) for trace in (small, large)] == [0, 0] and (
        retries(small),
        retries(large),
    ) == (120, 200)


@claim("Without a barrier explore finds the livelock of 2 and 3: 6 and 9 steps that repeat for ever.")
def the_livelock_is_found() -> bool:
    """Check the verdicts and their loops."""
    found = [explore(until_fed(seats)) for seats in (2, 3)]
    return [(verdict.kind, verdict.loop) for verdict in found] == [("livelock", 6), ("livelock", 9)]


@claim("Two polite owners of one spoon hand it over 500 times, up to the cap, and nobody eats.")
def nobody_eats_with_the_spoon() -> bool:
    """Check hand-overs and marks."""
    trace = run(polite_spoon())
    return (trace.finished, trace.result, len(trace.marks())) == (True, 500, 0)


@claim("Without a cap, the polite spoon is a livelock.")
def the_spoon_is_a_livelock() -> bool:
    """Check the verdict."""
    return explore(spoon(always)).kind == "livelock"


@claim("Who eats with probability p instead of handing over does so after (1 - p)/p hand-overs, on average.")
def impoliteness_ends_it() -> bool:
    """Compare the means with the theory; the coins are the same each time."""
    return _on(hand_overs(), hand_overs_in_theory)


@claim("Handing over three times in four, by chance, is proved with random_choices=True, else unknown.")
def a_little_chance_is_a_cure() -> bool:
    """Check both verdicts, and that no assumption about time is made."""
    program = spoon(three_times_in_four)
    proved = explore(program, random_choices=True)
    return (explore(program).kind, proved.kind, NO_TIME in proved.assumes) == ("unknown", "proved", False)


@claim("With coins all three philosophers eat in 100 lock-step rounds, and there are less than 300 retries.")
def coins_end_the_livelock() -> bool:
    """Check meals and retries."""
    trace = run(backing_off(coin))
    return min(meals(trace).values()) > 0 and retries(trace) < 300


@claim("With coins the first meal comes in round 1 + 1/(1 - 2^(1-N)) on average, for N = 2, 3 and 5.")
def coins_are_as_quick_as_in_theory() -> bool:
    """Compare the means with the theory; the coins are the same each time."""
    measured = first_rounds()
    means = [mean_and_error(runs)[0] for runs in measured.series[""]]
    return _on(measured, first_round_in_theory) and means == sorted(means, reverse=True)


@claim("A random pause is proved for 2 and 3 with random_choices=True, assuming that steps take no time.")
def a_random_pause_is_proved() -> bool:
    """Check the verdicts, their assumption, and that without the option the answer is unknown."""
    found = [explore(random_pause(seats), random_choices=True) for seats in (2, 3)]
    return explore(random_pause(2)).kind == "unknown" and all(map(_proved_in_no_time, found))


@claim("Where a pause may be over at any moment, a random pause is refuted: explore finds a livelock.")
def a_random_pause_is_refuted_in_real_time() -> bool:
    """Check the verdict."""
    return explore(random_pause(2), random_choices=True, early_timers=True).kind == "livelock"


@claim("Taking a first fork by chance is proved for 2 philosophers, without an assumption about time.")
def a_random_first_fork_needs_no_clock() -> bool:
    """Check the verdict and its assumptions."""
    verdict = explore(random_first_fork(2), random_choices=True)
    return verdict.kind == "proved" and NO_TIME not in verdict.assumes


@claim("Sitting out as many rounds as the seat's number ends the livelock, but P2 never eats in 100 rounds.")
def seat_numbers_let_one_starve() -> bool:
    """Check the meals."""
    return meals(run(backing_off(seat_number))) == {"P0": 33, "P1": 33, "P2": 0}


@claim("Pauses of 2 and 2 ms are a livelock; 2 and 8 ms are proved, assuming that steps take no time.")
def differing_pauses_are_proved_in_no_time() -> bool:
    """Check both verdicts."""
    equal, differing = explore(fixed_pauses((0.002, 0.002))), explore(fixed_pauses((0.002, 0.008)))
    return equal.kind == "livelock" and _proved_in_no_time(differing)


@claim("Pauses of 2 and 8 ms are refuted: by 6 ms of other work, and where a pause may end at any moment.")
def differing_pauses_are_refuted_in_real_time() -> bool:
    """Check both verdicts."""
    late = explore(fixed_pauses((0.002, 0.008), other_work_s=0.006))
    at_any_moment = explore(fixed_pauses((0.002, 0.008)), early_timers=True)
    return late.kind == at_any_moment.kind == "livelock"


@claim("If P0 insists in each of 100 rounds it eats 100 times, the others never; in turn: 34, 33, 33 times.")
def priority_feeds_one_or_all_in_turn() -> bool:
    """Check the meals."""
    always_first = meals(run(first_among_equals(lambda number: 0)))
    in_turn = meals(run(first_among_equals(lambda number: number % 3)))
    return [*always_first.values(), *in_turn.values()] == [100, 0, 0, 34, 33, 33]


@claim("One who insists is proved for 2 and 3 philosophers, and for the spoon, without chance or time.")
def priority_is_proved() -> bool:
    """Check the verdicts and their assumptions."""
    found = [explore(program) for program in (first_insists(2), first_insists(3), spoon(to_the_first))]
    return all(
        verdict.kind == "proved" and not any("time" in each or "random" in each for each in verdict.assumes)
        for verdict in found
    )


@claim("Of deadlock, livelock, starvation and slow, progress and refusals tell which is which.")
def four_traces_differ() -> bool:
    """Check who made progress in each, who was refused, and the cycle of the deadlock."""
    traces = four_traces()
    signs = {name: signs_of(trace) for name, trace in traces.items()}
    progress = {name: [each.progress for each in threads] for name, threads in signs.items()}
    refused = {name: [each.refused for each in threads] for name, threads in signs.items()}
    *readers, writer = progress["starvation"]
    return (
        len(traces["deadlock"].cycle()) == 3
        and progress["deadlock"] == progress["livelock"] == [0, 0, 0]
        and refused["deadlock"] == refused["slow"] == [0, 0, 0]
        and refused["livelock"] == [1000, 1000, 1000]
        and min(readers) > 0 == writer
        and progress["slow"] == [2, 2, 2]
    )


@claim("The livelocked program uses more processor time than each of the other three.")
def the_livelock_is_busy() -> bool:
    """Compare processor times."""
    spent = {name: cpu_ms(trace) for name, trace in four_traces().items()}
    return spent.pop("livelock") > max(spent.values())


@claim("A livelock that pauses for 10 ms in each round computes less than half as much of the time.")
def a_pausing_livelock_looks_idle() -> bool:
    """Compare processor times per time, and check the signs."""
    busy, pausing = livelocked(rounds=1_000, pause_s=0.0), livelocked(rounds=50, pause_s=0.01)
    shares = [cpu_ms(trace) / trace.duration for trace in (busy, pausing)]
    return shares[1] < shares[0] / 2 and (retries(pausing), len(pausing.marks())) == (150, 0)


def _on(measured: Sweep, theory: Callable[[float], float], errors: float = 2.5) -> bool:
    """Return whether each mean is so many standard errors from the theory at most."""
    means = [mean_and_error(runs) for runs in measured.series[""]]
    return all(
        abs(mean - theory(x)) <= errors * error for x, (mean, error) in zip(measured.x, means, strict=True)
    )


def _proved_in_no_time(verdict: Verdict) -> bool:
    return verdict.kind == "proved" and NO_TIME in verdict.assumes
