"""What a lock writes down about its holds: a flat list of marks, and the holds that it tells of.

Each mark is written by the thread that holds the lock, so that they stand in the order in which things
happened. Its type says what it means:

========  ==========================================================================================
`Site`    who acquires the lock from where, from now on
`float`   the lock was granted then, in seconds, without a wait
`tuple`   asked for and granted then: it was waited for
`str`     who gives the lock back next, where that may be another than who acquired it
`int`     the lock was given back then, in nanoseconds of the same clock
========  ==========================================================================================

A number costs less than a tuple: to make, to keep, and because Python's garbage collector never counts it.
Seconds and nanoseconds tell grants from releases, so that one that is missing cannot turn the next into its
opposite.
"""

from __future__ import annotations

from typing import Any

from ..substitution.real import RealLock
from .callers import BEFORE
from .records import Hold, Site


class Marks:
    """The marks of one lock; reading them takes them off the list and keeps the holds.

    Args:
        nests: True where who holds the lock may acquire it again.
    """

    def __init__(self, nests: bool) -> None:
        self.marks: list[Any] = []
        self._nests = nests
        self._reading = RealLock()
        self._ended: list[Hold] = []
        self._open: list[tuple[float, float, Site]] = []  # asked, granted, site of each level
        self._site = Site("", None, 0)
        self._released_by: str | None = None

    def still_held(self) -> list[Hold]:
        """Return the holds that have not ended, the outermost first."""
        with self._reading:
            self._read()
            return [Hold(*level) for level in self._open]

    def ended(self, start: int) -> list[Hold]:
        """Return the holds that have ended, from the start-th on, in the order in which they ended."""
        with self._reading:
            self._read()
            return self._ended[start:]

    def holds(self) -> list[Hold]:
        """Return all holds of one moment, but none of before the program started."""
        with self._reading:
            self._read()
            both = self._ended + [Hold(*level) for level in self._open]
        return [hold for hold in both if hold.site.thread != BEFORE]

    def _read(self) -> None:
        marks = self.marks[:]
        for mark in marks:
            kind = type(mark)
            if kind is float:
                self._granted(mark, mark)
            elif kind is int:
                self._given_back(mark / 1e9)
            elif kind is Site:
                self._site = mark
            elif kind is tuple:
                self._granted(*mark)
            else:
                self._released_by = mark
        del self.marks[: len(marks)]  # only the end has grown meanwhile

    def _granted(self, asked: float, granted: float) -> None:
        if self._open and not (self._nests and self._open[0][2].thread == self._site.thread):
            self._open.clear()  # it was broken open
        self._open.append((asked, granted, self._site))

    def _given_back(self, released: float) -> None:
        if self._open:  # else it was not held: that is refused, or breaks it open for somebody else
            asked, granted, site = self._open.pop()
            self._ended.append(Hold(asked, granted, site, released, self._released_by or site.thread))
        self._released_by = None
