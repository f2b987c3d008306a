"""The table of how often each claim held."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from helpers.claims import Claim
from helpers.claims.results import Result, Results

SLOW_S = 2.0


def table(claims: Sequence[Claim], results: Results, *, runs: int, loads: Sequence[str]) -> str:
    """Return a row for each claim: how often it held under each load, and the seconds a run took."""
    header = ["lesson", "claim", *(f"held, {load}" for load in loads), "median s", "max s", ""]
    return _aligned([header, *(_row(claim, results, runs, loads) for claim in claims)])


def always_held(claims: Sequence[Claim], results: Results, *, runs: int, loads: Sequence[str]) -> bool:
    """Tell whether every claim has all its runs under every load, and held in each."""
    of_each = [results.of(claim.key, load) for claim in claims for load in loads]
    return all(len(of) >= runs and all(result.held for result in of) for of in of_each)


def errors(claims: Sequence[Claim], results: Results, *, loads: Sequence[str]) -> list[str]:
    """Return what each claim raised, and how often."""
    lines = []
    for claim in claims:
        raised = Counter(each.error for load in loads for each in results.of(claim.key, load) if each.error)
        lines += [f"{claim.key}, {times} ×: {error}" for error, times in raised.most_common()]
    return lines


def _row(claim: Claim, results: Results, runs: int, loads: Sequence[str]) -> list[str]:
    of_load = [results.of(claim.key, load) for load in loads]
    seconds = [result.seconds for of in of_load for result in of] or [0.0]
    marks = []
    if not all(result.held for of in of_load for result in of):
        marks.append("◀ not every time")
    if any(len(of) < runs for of in of_load):
        marks.append("◀ runs missing")
    if max(seconds) > SLOW_S:
        marks.append(f"◀ over {SLOW_S:g} s")
    counts = [f"{_held(of)} of {len(of)}" for of in of_load]
    return [
        claim.lesson,
        claim.statement,
        *counts,
        f"{median(seconds):.3f}",
        f"{max(seconds):.3f}",
        " ".join(marks),
    ]


def _held(results: Sequence[Result]) -> int:
    return sum(result.held for result in results)


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            # Texts to the left, numbers to the right.
            cell.ljust(width) if at < 2 or at == len(widths) - 1 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
