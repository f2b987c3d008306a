"""Lesson 01: what is read from its traces, and what was measured while a knob was turned."""

import dis
from collections.abc import Callable, Mapping, Sequence
from statistics import mean, median

from helpers import Sweep, Trace, run
from helpers.lessons.mutual_exclusion.knobs import updaters
from helpers.measuring import Operation, costs_ns


def trace_of(program: Callable[[], object]) -> Trace:
    """Return the trace of a program, also where one of its threads raises."""
    try:
        return run(program)
    except ValueError as error:
        return error.trace  # type: ignore[attr-defined]


def mean_wait_share(trace: Trace) -> float:
    """Return the part of their lives that the threads which asked for a lock waited, on average, 0 to 1."""
    return mean(trace.wait_share(thread) for thread in dict.fromkeys(row.thread for row in trace.select()))


def waiting_in_turns(trace: Trace) -> float:
    """Return which part of all turns is waiting, 0 to 1; a turn lasts from asking for a lock to releasing it.

    What a thread does outside its turns does not count: on a busy machine that is, above all, to start late.
    """
    waited, held = sum(trace.waits()), sum(trace.holds())
    return waited / (waited + held)


def different_locks_hit(locks: int, threads: int) -> float:
    """Return how many different locks some threads choose on average, where each chooses one at random.

    Args:
        locks: how many locks there are.
        threads: how many threads choose.

    >>> different_locks_hit(1, 8), different_locks_hit(2, 2), round(different_locks_hit(8, 8), 2)
    (1.0, 1.5, 5.25)
    """
    return locks * (1 - (1 - 1 / locks) ** threads)


def gain_by_locks(
    locks: Sequence[int] = (1, 2, 4, 8, 16), *, repetitions: int = 3, run_s: float = 0.15
) -> Sweep:
    """Measure how many turns 8 threads get with more and more locks, against what they get with one.

    Args:
        locks: the numbers of locks to try, 1 first.
        repetitions: how often each is tried.
        run_s: how long one try lasts, in seconds.
    """
    turns = [[run(updaters(locks=k, run_s=run_s)).acquisitions() for _ in range(repetitions)] for k in locks]
    with_one = median(turns[0])
    return Sweep(
        title="Eight threads: what more locks bring",
        x_label="locks",
        x=tuple(locks),
        y_label="turns, × those with one lock",
        series={
            "measured": [[each / with_one for each in runs] for runs in turns],
            "locks hit by 8 random picks": [[different_locks_hit(k, 8)] for k in locks],
        },
    )


def waiting_by_threads(
    threads: Sequence[int] = (4, 8, 12, 32),
    *,
    locks: Sequence[int] = (1, 8),
    repetitions: int = 3,
    run_s: float = 0.1,
) -> Sweep:
    """Measure which part of a turn is waiting, for more and more threads that share some locks.

    Args:
        threads: the numbers of threads to try.
        locks: the numbers of locks to try.
        repetitions: how often each is tried.
        run_s: how long one try lasts, in seconds.
    """

    def percents(locks: int, threads: int) -> list[float]:
        program = updaters(locks=locks, threads=threads, run_s=run_s)
        return [100 * waiting_in_turns(run(program)) for _ in range(repetitions)]

    return Sweep(
        title="More threads, the same locks: more waiting",
        x_label="threads",
        x=tuple(threads),
        y_label="waiting (% of a turn)",
        series={_locks(k): [percents(k, t) for t in threads] for k in locks},
    )


def _locks(count: int) -> str:
    return f"{count} lock{'' if count == 1 else 's'}"


def lock_costs(named: Mapping[str, Operation]) -> Sweep:
    """Measure what each of some operations costs, loop included.

    Args:
        named: each operation by its name; called with a number n, it does the operation n times.
    """
    costs = costs_ns(named)
    return Sweep(
        title="What an uncontended lock costs here",
        x_label="",
        x=tuple(costs),
        y_label="processor time (ns an operation)",
        series={"": list(costs.values())},
    )


def between_read_and_write(statement: str) -> list[str]:
    """Return the bytecode instructions between reading `balance` and writing it again, by name.

    Where it is read twice, the first read counts; the write is the next one after it.

    Args:
        statement: a statement that reads and writes the variable `balance`, such as ``balance += 1``.

    Raises:
        ValueError: the statement does not read `balance` and write it afterwards.

    >>> between_read_and_write("balance = balance")
    []
    >>> between_read_and_write("balance = 7")
    Traceback (most recent call last):
    ValueError: 'balance = 7' does not read the variable balance and then write it, as balance += 1 does.
    """
    steps = list(dis.get_instructions(compile(statement, "<statement>", "exec")))
    # Kinds of access, and not whole names: those of the instructions differ between Pythons.
    kinds = [step.opname.partition("_")[0] if _is_of_balance(step) else "" for step in steps]
    if "LOAD" not in kinds or "STORE" not in kinds[kinds.index("LOAD") :]:
        raise ValueError(
            f"{statement!r} does not read the variable balance and then write it, as balance += 1 does."
        )
    read = kinds.index("LOAD")
    return [step.opname for step in steps[read + 1 : kinds.index("STORE", read)]]


def _is_of_balance(step: dis.Instruction) -> bool:
    # A text constant or an attribute of that name is another thing.
    return step.argval == "balance" and step.opname.endswith(("_NAME", "_GLOBAL"))
