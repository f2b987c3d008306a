"""Lesson 08: what is read from its traces, and what was measured while the cache was tuned."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import median

from helpers import Sweep, Trace, Verdict, explore, run
from helpers.lessons.capstone.cases import CASES, WATCHED_S, WORKERS
from helpers.lessons.capstone.knobs import LOADS, Load, load
from helpers.lessons.capstone.pricing import GUARDS

# ---- the four cases


@dataclass(frozen=True)
class Signs:
    """What a trace says of one worker: its processor time, and the jobs it did in each half of the trace."""

    cpu_ms: float
    jobs_before: int
    jobs_after: int


def signs_of(trace: Trace) -> dict[str, Signs]:
    """Return the signs of each worker, by its name.

    >>> from helpers.trace import Row, ThreadRecord
    >>> jobs = [Row("A", "note", "job done", "note", at, at, at, "A", "done") for at in (1.0, 7.0, 8.0)]
    >>> signs_of(Trace(tuple(jobs), (ThreadRecord("A", 0.0, 9.0, 0.25),), 9.0))
    {'A': Signs(cpu_ms=250.0, jobs_before=1, jobs_after=2)}
    """
    signs = {}
    for record in trace.threads:
        if record.name in WORKERS:
            after = sum(note.requested >= trace.duration / 2 for note in trace.marks(record.name))
            before = len(trace.marks(record.name)) - after
            signs[record.name] = Signs(1000 * (record.cpu_s or 0.0), before, after)
    return signs


def watch_all(watched_s: float = WATCHED_S) -> dict[str, Trace]:
    """Watch each case for so many seconds, one after the other, and return the traces by their numbers."""
    return {number: run(lambda case=case: case(watched_s)) for number, case in CASES.items()}


def jobs_chart(traces: Mapping[str, Trace]) -> Sweep:
    """Return the jobs that each worker did in the second half of each trace."""
    title = "Who gets on: jobs done in the second half"
    return _chart(title, "jobs", traces, lambda signs: signs.jobs_after)


def cpu_chart(traces: Mapping[str, Trace]) -> Sweep:
    """Return the processor time of each worker in each trace."""
    title = "Who is busy: processor time"
    return _chart(title, "processor time (ms)", traces, lambda signs: signs.cpu_ms)


def _chart(title: str, y_label: str, traces: Mapping[str, Trace], value: Callable[[Signs], float]) -> Sweep:
    signs = {number: signs_of(trace) for number, trace in traces.items()}
    return Sweep(
        title=title,
        x_label="",
        x=tuple(f"trace {number}" for number in traces),
        y_label=y_label,
        series={name: [[value(signs[number][name])] for number in traces] for name in WORKERS},
    )


def diagnose(jobs: list[int], busy: float) -> str:
    """Return what is suspected of a service, by its jobs and its processor time.

    Args:
        jobs: how many jobs each worker did in the second half.
        busy: the processor time of all workers together, as a part of the time that passed.
    """
    if all(jobs):
        return "slow"
    if any(jobs):
        return "starvation"
    return "livelock" if busy > 0.02 else "deadlock"


def suspects(traces: Mapping[str, Trace]) -> dict[str, str]:
    """Return what is suspected of each service, by the number of its trace."""
    suspected = {}
    for number, trace in traces.items():
        signs = signs_of(trace).values()
        busy = sum(each.cpu_ms for each in signs) / trace.duration
        suspected[number] = diagnose([each.jobs_after for each in signs], busy)
    return suspected


# ---- the referee


def referee(make_cache: Callable, matches: Iterable[Callable]) -> dict[str, Verdict]:
    """Explore each match with a cache, print a line for each, and return the verdicts by the matches' names.

    Args:
        make_cache: makes the cache.
        matches: functions that make a program with a given cache.
    """
    verdicts = {match.__name__: explore(match(make_cache)) for match in matches}
    width = max(map(len, verdicts), default=0)
    for name, verdict in verdicts.items():
        told = verdict.headline if verdict.is_bad else verdict.explored
        print(f"{name:{width}}  {verdict.kind:12}  {told}")
    proved = sum(verdict.kind == "proved" for verdict in verdicts.values())
    print(f"{make_cache.__name__}: {proved} of {len(verdicts)} proved")
    return verdicts


def bad_runs(program: Callable[[], object], runs: int = 50) -> int:
    """Run a program on real threads so often; return in how many runs an assertion failed or it got stuck.

    >>> bad_runs(lambda: None, runs=3)
    0
    """
    return sum(_goes_wrong(program) for _ in range(runs))


def _goes_wrong(program: Callable[[], object]) -> bool:
    try:
        return not run(program, timeout_s=0.5, trace=False).finished
    except AssertionError:
        return True


# ---- tuning


def throughput(
    guards: Mapping[str, Callable] = GUARDS, loads: Mapping[str, Load] = LOADS, *, repetitions: int = 3
) -> Sweep:
    """Measure how many operations the table of prices allows in a second, by lock and by load.

    Args:
        guards: by its name, what makes the lock.
        loads: the loads to try, by name.
        repetitions: how often each is measured; the locks take turns.
    """
    rates: dict[str, list[list[float]]] = {name: [] for name in guards}
    for each in loads.values():
        rounds = [
            {name: run(load(make, each), trace=False).result / each.run_s for name, make in guards.items()}
            for _ in range(repetitions)
        ]
        for name in guards:
            rates[name].append([rates_of[name] for rates_of in rounds])
    return Sweep(
        title="Eight threads at the table of prices: which lock for which load",
        x_label="",
        x=tuple(loads),
        y_label="operations a second",
        series=rates,
    )


def gain(sweep: Sweep, name: str, place: int, over: str = "one lock") -> float:
    """Return how many times as many operations one lock allows as another one, under the load at a place.

    >>> rates = {"one lock": [[100.0, 300.0, 200.0]], "striped": [[500.0, 500.0, 400.0]]}
    >>> gain(Sweep(title="", x_label="", x=("load",), y_label="", series=rates), "striped", 0)
    2.5
    """
    return median(sweep.series[name][place]) / median(sweep.series[over][place])


def helping(sweep: Sweep, place: int, over: str = "one lock") -> tuple[str, ...]:
    """Return which locks allow more than 1.5 times as many operations as one lock, under the load at a place.

    >>> rates = {"one lock": [[100.0]], "striped": [[400.0]], "shared": [[120.0]]}
    >>> helping(Sweep(title="", x_label="", x=("load",), y_label="", series=rates), 0)
    ('striped',)
    """
    return tuple(name for name in sweep.series if name != over and gain(sweep, name, place, over) > 1.5)


def gains(sweep: Sweep, over: str = "one lock") -> Sweep:
    """Return a sweep that tells each lock by how many times as much it allows as another one.

    >>> rates = {"one lock": [[100.0, 300.0, 200.0]], "striped": [[500.0, 500.0, 400.0]]}
    >>> gains(Sweep(title="", x_label="", x=("load",), y_label="", series=rates)).series
    {'striped': ((2.5, 2.5, 2.0),)}
    """
    plain = sweep.medians(over)
    return replace(
        sweep,
        y_label=f"operations, × those with {over}",
        series={
            name: [[rate / base for rate in rates] for rates, base in zip(lists, plain, strict=True)]
            for name, lists in sweep.series.items()
            if name != over
        },
    )
