"""A step: one visible operation of one thread, announced before it is carried out.

A thread stops before each of its steps and says what it is about to do, to which target. So at any time we
know of every thread what it would do next, whether it could (`ready`), and which of those steps would get in
each other's way (`dependent`).
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Target:
    """What a step works on: a lock, a queue, a thread, a variable.

    Steps on different targets never influence each other. `number` counts the targets of one schedule in
    the order in which they were first announced: the same prefix of a schedule gives the same numbers.
    """

    __slots__ = ("__weakref__", "number")
    kind = ""  # one of `helpers.trace.KINDS`, or "variable"

    def __init__(self) -> None:
        self.number = -1

    def state(self) -> Any:
        """Return what decides whether a step on this target can be carried out now (immutable)."""
        return None


TIME = -1  # in the place of a task's number: time passes


def as_choice(outcome: int) -> int:
    """Return what stands in a schedule for an outcome of a random choice, which is no task's number.

    >>> as_choice(0), as_choice(3), outcome_of(as_choice(3))
    (-2, -5, 3)
    """
    return -2 - outcome


def outcome_of(choice: int) -> int:
    """Return the outcome that a number in a schedule stands for; below 0 where it stands for none."""
    return -2 - choice


WHOLE = object()  # the part that stands for all of a target
ANY_OBJECT = -1


class Attribute(NamedTuple):
    """The part that stands for one attribute, of the objects of some classes that inherit from one another.

    Args:
        name: its name.
        owner: the number of the object that has it; `ANY_OBJECT` where a class has it, since all its objects
            may read it from there.
    """

    name: str
    owner: int


def overlap(first: Any, second: Any) -> bool:
    """Return True where two parts of a target are not apart.

    >>> overlap(1, 1), overlap(1, 2), overlap(WHOLE, 2)
    (True, False, True)
    >>> overlap(Attribute("n", 4), Attribute("n", 5)), overlap(Attribute("n", ANY_OBJECT), Attribute("n", 5))
    (False, True)
    """
    if first is WHOLE or second is WHOLE or first == second:
        return True
    if type(first) is not Attribute or type(second) is not Attribute or first.name != second.name:
        return False
    return first.owner == ANY_OBJECT or second.owner == ANY_OBJECT


class Step:
    """One visible operation that a thread is about to carry out.

    Args:
        verb: what it does, such as "acquire".
        target: what it works on; None where it influences nobody.
        reads: True where it changes nothing, so that two of these are independent.
        part: the item of a container that it is about; `WHOLE` for all of it.
        within: for how many seconds the thread waits at most; None for as long as it takes.

    Attributes:
        number: that of its target, once it was announced; a target that outlives a schedule gets another.
        deadline: the moment at which the wait runs out, in nanoseconds of virtual time.
        expired: True once it has: the step can be carried out in any case.
        subject: what the program calls it on, where that is not the target.
        outcome: how it went; "done" unless whoever carried it out said something else.
    """

    __slots__ = (
        *("deadline", "expired", "number", "outcome", "part", "reads", "subject"),
        *("target", "verb", "within"),
    )

    def __init__(
        self,
        verb: str,
        target: Target | None,
        *,
        reads: bool = False,
        part: Any = WHOLE,
        within: float | None = None,
    ) -> None:
        self.verb, self.target, self.reads, self.part, self.within = verb, target, reads, part, within
        self.number, self.deadline, self.expired = -1, 0, False
        self.outcome = "done"
        self.subject: Any = target

    def ready(self) -> bool:
        """Return True where the step can be carried out now."""
        return self.target is None or self.ready_in(self.target.state())

    def ready_in(self, state: Any) -> bool:
        """Return True where the step could be carried out with its target in that state."""
        return True

    def memory(self) -> tuple[Any, ...]:
        """Return what else its thread keeps for the time after the step (atoms)."""
        return ()

    def waits_for(self) -> str:
        """Return the kind of what it waits for, where it is not ready."""
        return "" if self.target is None else self.target.kind

    @property
    def failure(self) -> str:
        """How a step is told that did not get what it asked for."""
        return "refused" if self.within is None else "timed out"

    def __repr__(self) -> str:
        return f"<{self.verb} {self.target!r}>"


class Sleep(Step):
    """Waits until its time is over."""

    __slots__ = ()

    def __init__(self, seconds: float) -> None:
        super().__init__("sleep", None, within=seconds)

    def ready(self) -> bool:
        """Return True once the time is over."""
        return self.expired


def dependent(first: Step, second: Step) -> bool:
    """Return True where the order of two steps of different threads can matter.

    That is: both work on the same target, not only reading it, and not on different items of it. The
    relation is valid in the sense of Godefroid (Partial-Order Methods for the Verification of Concurrent
    Systems, LNCS 1032, 1996): independent steps neither enable nor disable each other, and commute.

    >>> write, read, elsewhere = Step("write", None), Step("read", None, reads=True), Step("write", None)
    >>> write.number, read.number, elsewhere.number = 0, 0, 1
    >>> dependent(write, read), dependent(read, read), dependent(write, elsewhere)
    (True, False, False)
    """
    if first.number < 0 or first.number != second.number:
        return False
    if first.reads and second.reads:
        return False
    return overlap(first.part, second.part)
