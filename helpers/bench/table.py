"""The table of benches: what was measured, its target, and what another tool took for the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq, ge, le
from statistics import median, quantiles

_HOLDS = {"≤": le, "≥": ge, "=": eq}
_HEADS = ("10 %", "median", "target", "")


@dataclass(frozen=True)
class Target:
    """What the median of a row is to be.

    Args:
        sign: "≤", "≥" or "=".
        value: the number that it is compared with.

    >>> str(Target("≥", 1500)), Target("≥", 1500).holds(1499)
    ('≥ 1,500', False)
    """

    sign: str
    value: float

    def holds(self, number: float) -> bool:
        """Tell whether a number is what it is to be."""
        return _HOLDS[self.sign](number, self.value)

    def __str__(self) -> str:
        return f"{self.sign} {number(self.value)}"


@dataclass(frozen=True)
class Row:
    """What was measured in each round.

    Args:
        name: what it is, with its unit.
        values: one number for each time it was measured; empty where there was nothing to measure.
        target: what their median is to be; None where it is only told.
        peer: what another tool took for the same, in words.
    """

    name: str
    values: Sequence[float]
    target: Target | None = None
    peer: str = ""


def is_within(row: Row) -> bool:
    """Tell whether a row is as it is to be; one without a value is not, unless nothing is asked of it."""
    if row.target is None:
        return True
    return bool(row.values) and row.target.holds(median(row.values))


def number(value: float) -> str:
    """Return a number with as many digits as a noisy machine gives; a count is told as it is.

    >>> [number(each) for each in (0.01234, 3.0, 41.26, 641.3, 16, 1022)]
    ['0.0123', '3.00', '41.3', '641', '16', '1,022']
    """
    if value >= 99.95 or value == 0 or isinstance(value, int):
        return f"{value:,.0f}"
    return f"{value:#.3g}"


def middle(values: Sequence[float]) -> str:
    """Return the median as a number; that of counts is a count.

    >>> middle([16, 16]), middle([1.5, 2.5])
    ('16', '2.00')
    """
    return number(_like(values, median(values)))


def table(title: str, rows: Sequence[Row], peer: str = "frontrun") -> str:
    """Return a row for each bench: the 10th percentile and the median of its values, and its target.

    >>> rows = [Row("quick", [2.0] * 9, Target("≤", 3.0)), Row("slow", [1.5] * 9, Target("≤", 1.0))]
    >>> print(table("ratio", [*rows, Row("told", [4.0] * 9), Row("stuck", [], Target("≥", 2.0))]))
    ratio  10 %  median  target
    quick  2.00    2.00  ≤ 3.00  PASS
    slow   1.50    1.50  ≤ 1.00  over
    told   4.00    4.00
    stuck  none    none  ≥ 2.00  under
    """
    peers = any(row.peer for row in rows)
    heads = (title, *_HEADS, peer) if peers else (title, *_HEADS)
    lines = [heads, *((*_cells(row), row.peer) if peers else _cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            f"{cell:>{width}}" if place in (1, 2) else f"{cell:<{width}}"
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    numbers = (_low(row.values), middle(row.values)) if row.values else ("none", "none")
    if row.target is None:
        return (row.name, *numbers, "", "")
    wrong = {"≤": "over", "≥": "under", "=": "wrong"}[row.target.sign]
    return (row.name, *numbers, str(row.target), "PASS" if is_within(row) else wrong)


def _low(values: Sequence[float]) -> str:
    low = quantiles(values, n=10, method="inclusive")[0] if len(values) > 1 else values[0]
    return number(_like(values, low))


def _like(values: Sequence[float], value: float) -> float:
    return round(value) if all(isinstance(each, int) for each in values) else value
