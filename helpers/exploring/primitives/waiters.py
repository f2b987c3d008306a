"""Who waits on a Condition, and whom a notify may wake."""

from __future__ import annotations

from typing import Any


class Waiters:
    """The tasks that wait on one Condition, and the wake-ups that were given to them.

    A wake-up may go to any of those who waited when it was given: the documentation of `notify` promises
    no order.
    """

    def __init__(self, lock: Any) -> None:
        self._lock = lock
        self._waiting: list[int] = []
        self._given: list[frozenset[int]] = []
        self._woken: frozenset[int] = frozenset()

    def state(self) -> tuple[Any, ...]:
        """Return who waits, and the wake-ups that were given."""
        return tuple(self._waiting), tuple(tuple(sorted(given)) for given in self._given)

    def enter(self, task: int) -> None:
        """Let a task wait."""
        self._waiting.append(task)

    def notify(self, count: int | None) -> None:
        """Give up to `count` wake-ups; None is one for everybody."""
        asleep = len(self._waiting) - len(self._given)
        count = asleep if count is None else min(count, asleep)
        self._given += [frozenset(self._waiting)] * count
        self._tell_lock()

    def leave(self, task: int) -> bool:
        """Take a task off, with the oldest wake-up that is there for it; return whether there was one."""
        self._waiting.remove(task)
        given = next((waited for waited in self._given if task in waited), None)
        if given is not None:
            self._given.remove(given)
        self._given = [waited - {task} for waited in self._given]
        self._tell_lock()
        return given is not None

    def _tell_lock(self) -> None:
        woken = frozenset(self._waiting) & frozenset().union(*self._given)
        self._lock.woken = (self._lock.woken - self._woken) | woken  # others may share the lock
        self._woken = woken
