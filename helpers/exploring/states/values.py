"""The values that a program keeps, written down so that equal states give equal lists.

An object that can change is written once, with a number in the order of the first visit; met again, it is
only its number. So neither addresses nor the history of a state matter, but who shares what does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..steps import ANY_OBJECT, WHOLE, Attribute
from .kinds import WRITERS, writer_for

if TYPE_CHECKING:
    from ..scheduler import Scheduler


class Values:
    """Writes values down, one after another.

    Args:
        scheduler: knows the threads, and who waits on what.

    Attributes:
        scheduler: the same.
        written: what was written so far.
        kept: objects that stay alive meanwhile, so that no other one gets the same `id`.
    """

    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler
        self.written: list[Any] = []
        self.kept: list[Any] = []
        self._numbers: dict[int, int] = {}

    def add(self, value: Any) -> None:
        """Write a value down.

        Raises:
            NotComparable: there is something in it whose state cannot be seen.
        """
        kind = type(value)
        (WRITERS.get(kind) or writer_for(kind))(self, value)

    def add_all(self, values: Any) -> None:
        """Write some values down, and how many there are."""
        values = list(values)
        self.written.append(len(values))
        for value in values:
            self.add(value)

    def add_part(self, part: Any) -> None:
        """Write down which part of an object a step is about."""
        if type(part) is Attribute:
            self.written.append(part.name)
            if part.owner != ANY_OBJECT:
                self.add(self.scheduler.targets[part.owner])
        elif part is not WHOLE:
            self.add(part)

    def is_new(self, value: Any) -> bool:
        """Give an object its number and return True; where it has one, write that down and return False."""
        number = self._numbers.get(id(value))
        if number is not None:
            self.written.append(("again", number))
            return False
        self._numbers[id(value)] = len(self._numbers)
        self.kept.append(value)
        return True
