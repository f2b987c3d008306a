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

from collections.abc import Collection
from typing import Any

from ..steps import ANY_OBJECT, WHOLE, Attribute, Target, overlap
from .sites import Site

Access = tuple[int, int, Site]  # task, its newest event at that time, place


class Variable(Target):
    """An object whose attributes or items are accessed; a target where accesses are steps.

    It keeps its object alive, so that no other object gets the same `id` while a schedule is played.
    """

    __slots__ = ("_of_classes", "_reads", "_tasks", "_writes", "attributes", "may_be_shared", "owner")
    kind = "variable"

    def __init__(self, owner: Any) -> None:
        super().__init__()
        self.owner = owner
        self.may_be_shared = False  # of an iterator: False where one loop alone has it
        self.attributes: dict[str, tuple[type, Attribute]] = {}  # what stands for each of them
        self._of_classes = False  # True once an attribute was touched that a class has
        self._tasks: set[int] = set()
        self._writes: dict[Any, Access] = {}
        self._reads: dict[Any, dict[int, Access]] = {}

    def is_shared_with(self, task: int) -> bool:
        """Return True where another task has touched it, and remember this one."""
        self._tasks.add(task)
        return len(self._tasks) > 1

    def races(self, part: Any, writes: bool, access: Access, past: list[int]) -> list[tuple[Site, Site]]:
        """Remember an access, and return the pairs of places that race.

        Args:
            part: which item or attribute is accessed.
            writes: True where it is changed.
            access: who, after which of its events, and from where.
            past: the clock of that event. An access that another task made after its event `k` happened
                before this one if a later event of that task is known here.
        """
        me, _, site = access
        racing: list[tuple[Site, Site]] = []
        for each in self._overlapping(part):
            if each in self._writes:
                task, event, other = self._writes[each]
                if task != me and (task >= len(past) or past[task] <= event):
                    racing.append((other, site))
            if writes and each in self._reads:
                for task, event, other in self._reads[each].values():
                    if task != me and (task >= len(past) or past[task] <= event):
                        racing.append((other, site))
        self._remember(part, writes, access)
        return racing

    def _overlapping(self, part: Any) -> Collection[Any]:
        if type(part) is Attribute:
            self._of_classes = self._of_classes or part.owner == ANY_OBJECT
            if not self._of_classes:
                return (part,)
        if part is WHOLE or type(part) is Attribute:
            return {each for each in (*self._writes, *self._reads) if overlap(part, each)}
        return part, WHOLE

    def _remember(self, part: Any, writes: bool, access: Access) -> None:
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

    def may_be_shared(self, iterator: Any) -> bool:
        """Return True for an iterator that more than one loop may go through."""
        found = self._of.get(id(iterator))
        return found is not None and found.may_be_shared
