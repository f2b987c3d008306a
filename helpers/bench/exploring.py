"""What `explore` and `enabled` take, beside frontrun on the same programs.

Each round asks every program, of both, so that both meet the same conditions; frontrun's time is told as a
ratio of ours in the same round.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import median
from time import perf_counter, process_time

from helpers import enabled, explore
from helpers.lessons.try_lock.programs import take_crosswise

from .peers import Finding, frontrun
from .programs import PROGRAMS, whole
from .table import Row, Target, middle

ROUNDS = 5
OURS_LIMIT_S = 60.0
RATIO_TARGET = Target("≥", 10)
ENABLED_CALLS = 20


@dataclass(frozen=True)
class Case:
    """A program, and what is to come of it.

    Args:
        kind: the verdict that both are to find.
        repeats: how often ours is measured in a round: it is so short that a turn of another job doubles it.
        schedules: how many schedules ours is to play.
        seconds: how long ours is to take.
        ratio: how many times as long frontrun is to take.
        rate: how many schedules a second ours is to play.
        has_peer: False where the peer does not look for what is to come of it.
    """

    kind: str = "proved"
    repeats: int = 12
    schedules: Target | None = None
    seconds: Target | None = None
    ratio: Target | None = None
    rate: Target | None = None
    has_peer: bool = True


CASES: dict[str, Case] = {
    "naive philosophers, 5": Case("deadlock", schedules=Target("≤", 16), seconds=Target("≤", 0.1)),
    "ordered philosophers, 5": Case(
        schedules=Target("=", 30), seconds=Target("≤", 0.1), rate=Target("≥", 1500)
    ),
    "ordered philosophers, 8": Case(repeats=1, schedules=Target("=", 254), seconds=Target("≤", 2)),
    "ordered philosophers, 10": Case(repeats=1, schedules=Target("=", 1022), seconds=Target("≤", 15)),
    "RWLockRead, 2 readers, 1 writer": Case(ratio=RATIO_TARGET),
    "RWLockFair, 2 readers, 1 writer": Case(ratio=RATIO_TARGET),
    "RWLockWrite, 2 readers, 1 writer": Case(ratio=RATIO_TARGET),
    "RWLockRead, a writer among 2 readers who go on": Case(
        "starvation", repeats=2, seconds=Target("≤", 2), has_peer=False
    ),
    "RWLockFair, a writer among 2 readers who go on": Case(repeats=2, has_peer=False),
}

Explorer = Callable[[str], Finding]


@dataclass
class Found:
    """What both said of one program: of ours, all findings of each round; of the peer, one a round."""

    ours: list[list[Finding]] = field(default_factory=list)
    peers: list[Finding] = field(default_factory=list)


def rows(rounds: int, limit_s: float) -> list[Row]:
    """Measure and return a row for each thing that has a target."""
    found = {name: Found() for name in CASES}
    enabled_ms: list[float] = []
    for each in CASES:
        ours(each)  # the first run pays for imports and caches
    for _ in range(rounds):
        one_round(CASES, found, ours, lambda name: frontrun(name, limit_s))
        enabled_ms += (_enabled_ms() for _ in range(ENABLED_CALLS))
    told = [row for name, case in CASES.items() for row in rows_of(name, case, found[name])]
    return [*told, Row("enabled, half of a lesson's schedule: ms", enabled_ms, Target("≤", 5))]


def one_round(cases: Mapping[str, Case], found: Mapping[str, Found], ours: Explorer, peer: Explorer) -> None:
    """Ask both about every program; a peer that found nothing is not asked again, as it takes its limit."""
    for name, case in cases.items():
        found[name].ours.append([ours(name) for _ in range(case.repeats)])
        if case.has_peer and all(each.kind == case.kind for each in found[name].peers):
            found[name].peers.append(peer(name))


def ours(name: str) -> Finding:
    """Return what `explore` finds in a program."""
    program = whole(PROGRAMS[name])
    began, processor_began = perf_counter(), process_time()
    verdict = explore(program, backstop_s=OURS_LIMIT_S)
    seconds, processor_s = perf_counter() - began, process_time() - processor_began
    return Finding(verdict.kind, verdict.schedules, seconds, verdict.reason, processor_s)


def rows_of(name: str, case: Case, found: Found) -> Iterator[Row]:
    """Yield the rows of one program: what has a target, and what the peer took for the same."""
    # Of ours, any other verdict than the right one leaves nothing to measure, and the rows say so.
    right = all(each.kind == case.kind for turn in found.ours for each in turn)
    ours = [each for turn in found.ours for each in turn] if right else []
    peers = [each for each in found.peers if each.kind == case.kind]
    words = next((each.words or each.kind for each in found.peers if each.kind != case.kind), "")
    result = "of the proof" if case.kind == "proved" else f"to the {case.kind}"

    def beside(numbers: Sequence[float], more: str = "") -> str:
        return words or (middle(numbers) + more if case.has_peer else "")

    if case.schedules:
        counts, peer_counts = [each.schedules for each in ours], [each.schedules for each in peers]
        yield Row(f"{name}: schedules {result}", counts, case.schedules, beside(peer_counts))
    seconds, peer_s = [each.seconds for each in ours], [each.seconds for each in peers]
    ratios = ratios_of(found, case) if right else []
    more = f" ({middle(ratios)} times ours)" if ratios else ""
    yield Row(f"{name}: seconds {result}", seconds, case.seconds, beside(peer_s, more))
    if case.ratio:
        nobody = any(each.kind == "not installed" for each in found.peers)
        yield Row(f"{name}: frontrun's seconds in ours", ratios, None if nobody else case.ratio, words)
    if case.rate:
        rates, peer_rates = ([each.schedules / each.seconds for each in said] for said in (ours, peers))
        yield Row(f"{name}: schedules a second", rates, case.rate, beside(peer_rates))
        # On a busy machine this one says whether it is explore that is slow.
        rates, peer_rates = ([each.schedules / each.processor_s for each in said] for said in (ours, peers))
        yield Row(f"{name}: schedules a second of processor time", rates, peer=beside(peer_rates))


def ratios_of(found: Found, case: Case) -> list[float]:
    """Return for each round how many times as long as ours the peer took, at the least.

    One that was out of time counts with its limit; one that gave up, or did not run, gives no ratio.
    """
    return [
        peer.seconds / median(each.seconds for each in turn)
        for turn, peer in zip(found.ours, found.peers, strict=False)
        if peer.kind in (case.kind, "out of time")
    ]


@cache
def _half_a_schedule() -> tuple[int, ...]:
    schedule = explore(take_crosswise).schedule
    return schedule[: len(schedule) // 2]


def _enabled_ms() -> float:
    prefix = _half_a_schedule()
    began = perf_counter()
    enabled(take_crosswise, prefix)
    return 1000 * (perf_counter() - began)
