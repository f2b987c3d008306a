"""Which variable an access touches, and which accesses race.

Most accesses need no step of their own. Where every two accesses to a variable, one of them a write, are
ordered by the program's own synchronisation in every schedule, playing them in any other order is impossible:
schedules whose steps are the synchronising operations stand for all. So an access is only checked, against
the vector clocks of the schedule. Once two accesses are found unordered (a data race), their places in the
code become points with steps of their own, and the exploration starts again.

Sources: Adve, Hill, "Weak ordering: a new definition", ISCA 1990 (data-race-free programs); Flanagan, Freund,
"FastTrack: efficient and precise dynamic race detection", PLDI 2009 (the check).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..steps import WHOLE, Attribute, Target, overlap
from .sites import Site

Access = tuple[int, int, Site]  # task, its newest event at that time, place


class Variable(Target):
    """An object whose attributes or items are accessed; a target where accesses are steps.

    It keeps its object alive, so that no other object gets the same `id` while a schedule is played.
    """

    __slots__ = ("_reads", "_tasks", "_writes", "may_be_shared", "owner")
    kind = "variable"

    def __init__(self, owner: Any) -> None:
        super().__init__()
        self.owner = owner
        self.may_be_shared = False  # of an iterator: False where one loop alone has it
        self._tasks: set[int] = set()
        self._writes: dict[Any, Access] = {}
        self._reads: dict[Any, dict[int, Access]] = {}

    def is_shared_with(self, task: int) -> bool:
        """Return True where another task has touched it, and remember this one."""
        self._tasks.add(task)
        return len(self._tasks) > 1

    def conflicting(self, part: Any, writes: bool) -> Iterator[Access]:
        """Yield the newest earlier accesses that an access must be ordered with."""
        if part is WHOLE or type(part) is Attribute:
            parts = {each for each in (*self._writes, *self._reads) if overlap(part, each)}
        else:
            parts = {part, WHOLE}
        for each in parts:
            if each in self._writes:
                yield self._writes[each]
            if writes and each in self._reads:
                yield from self._reads[each].values()

    def remember(self, part: Any, writes: bool, access: Access) -> None:
        """Keep an access, in the place of older ones that it stands for."""
        if writes:
            self._writes[part] = access
            self._reads.pop(part, None)
        else:
            self._reads.setdefault(part, {})[access[0]] = access


class Variables:
    """The variables of one schedule."""

    def __init__(self) -> None:
        self._of: dict[int, Variable] = {}

    def of(self, owner: Any) -> Variable:
        """Return the variable that stands for an object."""
        found = self._of.get(id(owner))
        if found is None:
            found = self._of[id(owner)] = Variable(owner)
        return found

    def races(
        self, owner: Any, part: Any, writes: bool, access: Access, past: list[int]
    ) -> list[tuple[Site, Site]]:
        """Remember an access, and return the pairs of places that race.

        Args:
            owner: the object that is accessed.
            part: which item or attribute of it.
            writes: True where it is changed.
            access: who, after which of its events, and from where.
            past: the clock of that event. An access that another task made after its event `k` happened
                before this one if a later event of that task is known here.
        """
        variable = self.of(owner)
        site = access[2]
        racing = [
            (other, site)
            for task, event, other in variable.conflicting(part, writes)
            if task != access[0] and (task >= len(past) or past[task] <= event)
        ]
        variable.remember(part, writes, access)
        return racing
