"""Stretches of time that overlap, laid on levels."""

from __future__ import annotations

from collections.abc import Iterable


def pack(spans: Iterable[tuple[float, float]]) -> list[int]:
    """Return for each span of time, ordered by start, the lowest level that no earlier one still takes.

    So calls that nest in time lie on one another like a stack.

    >>> pack([(0, 9), (1, 8), (2, 3), (4, 5), (9, 10)])
    [0, 1, 2, 2, 0]
    """
    levels, ends = [], []
    for start, end in spans:
        level = next((level for level, busy in enumerate(ends) if busy <= start), len(ends))
        if level == len(ends):
            ends.append(end)
        ends[level] = end
        levels.append(level)
    return levels
