"""`Lock` and `RLock` whose every operation is a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...substitution.standing_in import StandIn, check_timeout
from ..steps import Step, Target

if TYPE_CHECKING:
    from ..scheduler import Scheduler

NOBODY: frozenset[int] = frozenset()


class Acquire(Step):
    """Waits until the lock is free, or its caller's own where it is reentrant."""

    __slots__ = ("by",)

    def __init__(self, lock: ExploredLock, by: int, within: float | None) -> None:
        super().__init__("acquire", lock, within=within)
        self.by = by

    def ready_in(self, state: Any) -> bool:
        """Return True where nobody holds the lock."""
        return state[0] is None or self.expired


class AcquireAgain(Acquire):
    """The same for a reentrant lock."""

    __slots__ = ()

    def ready_in(self, state: Any) -> bool:
        """Return True where nobody else holds the lock."""
        return state[0] is None or state[0] == self.by or self.expired


class ExploredLock(Target, StandIn):
    """A `threading.Lock`; `owner` is the id of the task that holds it, None where it is free."""

    __slots__ = ("first_owner", "name", "owner", "scheduler", "woken")
    kind = "lock"
    stands_for = "Lock"
    acquiring: type[Acquire] = Acquire

    def __init__(self, scheduler: Scheduler, name: str) -> None:
        super().__init__()
        self.scheduler, self.name = scheduler, name
        self.first_owner: int | None = None
        self.owner: int | None = None
        self.woken: frozenset[int] = NOBODY

    def state(self) -> Any:
        """Return who holds the lock, and whom a Condition of it has woken."""
        return self.owner, self.woken

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Acquire the lock as `threading.Lock.acquire` does."""
        if timeout != -1:
            check_timeout(blocking, timeout)
        scheduler = self.scheduler
        me = scheduler.running.id
        if blocking and timeout:
            step = self.acquiring(self, me, None if timeout == -1 else timeout)
        else:
            step = Step("try to acquire", self)
        scheduler.perform(step)
        got = self._is_free_for(me)
        if got:
            self.take(me)
        else:
            step.outcome = step.failure
        return got

    def _is_free_for(self, task: int) -> bool:
        return self.owner is None

    def take(self, task: int) -> None:
        """Make a task the holder."""
        self.owner = task

    def release(self) -> None:
        """Release the lock, whichever thread acquired it."""
        step = Step("release", self)
        self.scheduler.perform(step)
        if self.owner is None:
            step.outcome = "raised"
            raise RuntimeError("release unlocked lock")
        self.owner = None

    def locked(self) -> bool:
        """Return True while somebody holds it."""
        self.scheduler.perform(Step("look whether locked", self, reads=True))
        return self.owner is not None

    def let_go(self) -> int:
        """Give the lock up for a wait on a Condition, and return how often it was held."""
        self.owner = None
        return 1

    def take_back(self, task: int, depth: int) -> None:
        """Undo `let_go`."""
        self.owner = task

    def held_by(self, task: int) -> bool:
        """Return True where a Condition takes the lock to be held by its caller."""
        return self.owner is not None

    def reset(self) -> None:
        """Make the lock as it was before the schedule."""
        self.number, self.owner, self.woken = -1, self.first_owner, NOBODY

    def _at_fork_reinit(self) -> None:
        self.owner = None

    __enter__ = acquire

    def __exit__(self, *exception: object) -> None:
        self.release()


class ExploredRLock(ExploredLock):
    """A `threading.RLock`: `depth` is how often its owner has acquired it."""

    __slots__ = ("depth",)
    stands_for = "RLock"
    acquiring = AcquireAgain

    def __init__(self, scheduler: Scheduler, name: str) -> None:
        super().__init__(scheduler, name)
        self.depth = 0

    def _is_free_for(self, task: int) -> bool:
        return self.owner is None or self.owner == task

    def take(self, task: int) -> None:
        """Make a task the holder, once more."""
        self.owner = task
        self.depth += 1

    def release(self) -> None:
        """Release one level of the lock; only its owner may."""
        scheduler = self.scheduler
        step = Step("release", self)
        scheduler.perform(step)
        if self.owner != scheduler.running.id:
            step.outcome = "raised"
            raise RuntimeError("cannot release un-acquired lock")
        self.depth -= 1
        if not self.depth:
            self.owner = None

    def let_go(self) -> int:
        """Give all levels up, and return how many there were."""
        depth, self.depth, self.owner = self.depth, 0, None
        return depth

    def take_back(self, task: int, depth: int) -> None:
        """Undo `let_go`."""
        self.owner, self.depth = task, depth

    def held_by(self, task: int) -> bool:
        """Return True where the task holds the lock."""
        return self.owner == task

    # what a Condition made before the exploration has kept of its lock, and calls no more

    def _is_owned(self) -> bool:
        return self.owner == self.scheduler.running.id

    def _release_save(self) -> int:
        return self.let_go()

    def _acquire_restore(self, depth: int) -> None:
        self.take_back(self.scheduler.running.id, depth)
