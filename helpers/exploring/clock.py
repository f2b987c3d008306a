"""Virtual time: it stands still while threads take steps, and moves on when nobody can take one.

So a program with sleeps and timeouts is as reproducible as any other, and a sleep of an hour takes no time.
"""

from __future__ import annotations

from collections.abc import Iterable

from .steps import Step

NS_PER_S = 1_000_000_000
LOOKS_AT_ONE_INSTANT = 20
TICK_S = 0.001
EPOCH_NS = 1_000 * NS_PER_S  # what the clock shows when a program starts


class Clock:
    """The time of one schedule.

    Args:
        early: True where a wait may run out at any moment: before steps that are slower than it.

    Attributes:
        now: nanoseconds since the program's start.
        was_read: True once the program has looked at the clock.
        looks: how often each task did so since time passed.
    """

    def __init__(self, early: bool = False) -> None:
        self.early = early
        self.now = 0
        self.was_read = False
        self.looks: dict[int, int] = {}

    def start(self, step: Step) -> None:
        """Set the deadline of a step that waits for some time at most."""
        if step.within is not None:
            step.deadline = self.now + max(0, round(step.within * NS_PER_S))
            step.expired = self.early or step.deadline <= self.now

    def move(self, steps: Iterable[Step]) -> None:
        """Move on to the next moment at which one of the waiting steps runs out."""
        waiting = [step for step in steps if is_running_out(step)]
        self.now = max(self.now, min(step.deadline for step in waiting))
        self.looks.clear()
        for step in waiting:
            step.expired = step.deadline <= self.now

    def read(self) -> int:
        """Return what the clock shows, in nanoseconds."""
        return EPOCH_NS + self.now

    def looks_again(self, task: int) -> bool:
        """Count a look of a task; return True where it looks so often that it waits for time to pass."""
        self.was_read = True
        self.looks[task] = self.looks.get(task, 0) + 1
        return self.looks[task] > LOOKS_AT_ONE_INSTANT


def is_running_out(step: Step) -> bool:
    """Return True for a step that waits for time to pass."""
    return step.within is not None and not step.expired
