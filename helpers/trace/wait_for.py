"""The edges of the wait-for graph, and the cycle in them: a deadlock.

Source: Coffman, Elphick, Shoshani, "System deadlocks", ACM Computing Surveys 3(2), 1971.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Wait(NamedTuple):
    """An edge of the wait-for graph: `thread` waits for `name`, which `holder` holds."""

    thread: str
    name: str
    holder: str

    def told(self) -> str:
        """Return the edge as a phrase.

        >>> Wait("T1", "a", "T2").told(), Wait("main", "end of T1", "T1").told()
        ('T1 waits for a held by T2', 'main waits for the end of T1')
        """
        if self.name == f"end of {self.holder}":
            return f"{self.thread} waits for the {self.name}"
        return f"{self.thread} waits for {self.name} held by {self.holder}"


def first_cycle(edges: Sequence[Wait]) -> tuple[Wait, ...]:
    """Return the waits that form a cycle, or () where there is none.

    >>> first_cycle([Wait("T1", "a", "T2"), Wait("T2", "b", "T1"), Wait("T3", "a", "T2")])
    (Wait(thread='T1', name='a', holder='T2'), Wait(thread='T2', name='b', holder='T1'))
    >>> first_cycle([Wait("T1", "a", "T2"), Wait("T2", "b", "T3")])
    ()
    """
    paths = (_path_back(start, edges) for start in edges)
    return next((tuple(path) for path in paths if path), ())


def _path_back(start: Wait, edges: Sequence[Wait]) -> list[Wait]:
    """Return a path of waits from `start` that ends at its own thread, or []."""
    paths, seen = [[start]], {start}
    while paths:
        path = paths.pop(0)
        if path[-1].holder == start.thread:
            return path
        for edge in edges:
            if edge.thread == path[-1].holder and edge not in seen:
                seen.add(edge)
                paths.append([*path, edge])
    return []
