"""Lesson 07: what is read from its traces, and what was measured while a knob was turned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from helpers import Sweep, Trace, run
from helpers.lessons.livelock.knobs import first_meals, four_programs
from helpers.lessons.livelock.programs import polite_spoon

NEVER_CAPPED = 1_000_000
LIMIT_S = 30.0  # of a measurement that takes a second: a busy machine needs several times as long


def retries(trace: Trace) -> int:
    """Return how many tries for a lock were refused.

    >>> retries(run(lambda: None))
    0
    """
    return sum(row.outcome == "refused" for row in trace.rows)


def meals(trace: Trace) -> dict[str, int]:
    """Return how many marks each philosopher made, P0 first; 0 for those who made none.

    >>> from helpers.lessons.livelock.programs import polite
    >>> meals(run(polite(seats=2, rounds=3)))
    {'P0': 0, 'P1': 0}
    """
    seats = sorted(record.name for record in trace.threads if record.name.startswith("P"))
    return {seat: len(trace.marks(seat)) for seat in seats}


def meals_by_cure(traces: Mapping[str, Trace]) -> Sweep:
    """Return the meals of each philosopher, for each cure by its name."""
    counted = [meals(trace) for trace in traces.values()]
    return Sweep(
        title="Meals in 100 rounds",
        x_label="",
        x=tuple(traces),
        y_label="meals",
        series={seat: [[each[seat]] for each in counted] for seat in counted[0]},
    )


def hand_overs(impolite: Sequence[float] = (0.05, 0.1, 0.2, 0.5, 0.8), *, dinners: int = 200) -> Sweep:
    """Count the hand-overs of the spoon before the first meal, in many dinners for each probability.

    Each dinner has a seed of its own, so the counts are the same each time.

    Args:
        impolite: the probabilities of eating instead of handing over, each above 0.
        dinners: how many dinners are held for each.
    """

    def hold(probability: float) -> list[int]:
        programs = [polite_spoon(NEVER_CAPPED, probability, seed) for seed in range(dinners)]
        return _measured(lambda: [program() for program in programs])

    return Sweep(
        title="The spoon is handed over (1 − p)/p times",
        x_label="p: probability of eating instead of handing over",
        x=tuple(impolite),
        y_label="hand-overs before the first meal",
        series={"": [hold(probability) for probability in impolite]},
    )


def first_rounds(seats: Sequence[int] = (2, 3, 5), *, dinners: int = 1_000, seed: int = 1) -> Sweep:
    """Note in which round somebody first eats, in many dinners with coins for each number of philosophers.

    Args:
        seats: the numbers of philosophers, each at least 2.
        dinners: how many dinners are held for each.
        seed: which coins they toss; the same coins give the same rounds.
    """
    return Sweep(
        title="With coins, somebody eats in round 1 + 1/(1 − 2^(1−N))",
        x_label="N: philosophers",
        x=tuple(seats),
        y_label="round of the first meal",
        series={"": [_measured(first_meals(each, dinners, seed)) for each in seats]},
    )


def _measured(program: Callable[[], list[int]]) -> list[int]:
    trace = run(program, timeout_s=LIMIT_S, trace=False)
    if not trace.finished:
        raise TimeoutError(f"The dinners were not over after {LIMIT_S:g} s: ask for fewer.")
    return trace.result


def hand_overs_in_theory(impolite: float) -> float:
    """Return the mean number of hand-overs before the first meal: (1 - p) / p.

    >>> hand_overs_in_theory(0.1)
    9.0
    """
    return (1 - impolite) / impolite


def first_round_in_theory(seats: float) -> float:
    """Return the mean round of the first meal: the first one fails, each other one with 2^(1-N).

    >>> [round(first_round_in_theory(seats), 3) for seats in (2, 3, 5)]
    [3.0, 2.333, 2.067]
    """
    return 1 + 1 / (1 - 2 ** (1 - seats))


@dataclass(frozen=True)
class Signs:
    """What can be seen of a thread from outside.

    Args:
        thread: its name.
        cpu_ms: how much processor time it used, in milliseconds.
        refused: how many of its tries were refused.
        progress: how many progress marks it made.
    """

    thread: str
    cpu_ms: float
    refused: int
    progress: int


def signs_of(trace: Trace) -> tuple[Signs, ...]:
    """Return the signs of each thread, but for the one that only started and joined the others.

    >>> signs_of(run(lambda: None))
    ()
    """
    return tuple(
        Signs(
            record.name,
            1000 * record.cpu_s,
            sum(row.outcome == "refused" for row in trace.select(record.name)),
            len(trace.marks(record.name)),
        )
        for record in trace.threads
        if record.name != "MainThread"
    )


def four_traces(*, watched_s: float = 1.0) -> dict[str, Trace]:
    """Run the four programs, and end the one that does not end by itself.

    Args:
        watched_s: how long a starving thread is watched, in seconds.
    """
    programs = four_programs()
    limits_s = {"starvation": watched_s}
    return {name: run(program, timeout_s=limits_s.get(name, 5.0)) for name, program in programs.items()}


def livelocked(rounds: int, pause_s: float) -> Trace:
    """Run the livelocked program of the four for so many rounds, with a pause of so many seconds in each."""
    return run(four_programs(rounds, pause_s)["livelock"])


def cpu_ms(trace: Trace) -> float:
    """Return how much processor time the threads of a program used together, in milliseconds."""
    return sum(signs.cpu_ms for signs in signs_of(trace))
