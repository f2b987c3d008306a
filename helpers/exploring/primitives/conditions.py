"""`Condition`: waiting gives its lock up, and waking up takes it back, in one step each.

Everything that is done to a Condition is done while holding its lock, so the lock is the target of its steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..clock import NS_PER_S
from ..steps import Step
from .locks import ExploredLock

if TYPE_CHECKING:
    from ..scheduler import Scheduler


class WakeUp(Step):
    """Waits until there is a wake-up and the lock is free."""

    __slots__ = ("anyway", "by", "depth")

    def __init__(self, lock: ExploredLock, by: int, within: float | None) -> None:
        super().__init__("wake up", lock, within=within)
        self.by, self.depth = by, 1
        self.anyway = lock.scheduler.spurious_wakeups

    def ready_in(self, state: Any) -> bool:
        """Return True where nobody holds the lock and the wait is over."""
        owner, woken = state
        return owner is None and (self.expired or self.anyway or self.by in woken)

    def waits_for(self) -> str:
        """Return "lock" once the wait itself is over."""
        _, woken = self.target.state()
        return "lock" if self.expired or self.anyway or self.by in woken else "condition"

    def memory(self) -> tuple[Any, ...]:
        """Return how often the lock is to be held afterwards."""
        return (self.depth,)


def wait(scheduler: Scheduler, condition: Any, timeout: float | None = None) -> bool:
    """`Condition.wait`."""
    lock, me = condition._lock, scheduler.running.id
    if not lock.held_by(me):
        raise RuntimeError("cannot wait on un-acquired lock")
    waiters = scheduler.waiters_of(condition)
    scheduler.perform(_step("wait", condition))
    depth = lock.let_go()
    waiters.enter(me)
    wake_up = WakeUp(lock, me, timeout)
    wake_up.subject, wake_up.depth = condition, depth
    scheduler.perform(wake_up)
    woken = waiters.leave(me)
    lock.take_back(me, depth)
    if wake_up.expired and not woken:
        wake_up.outcome = "timed out"
        return False
    return True


def wait_for(scheduler: Scheduler, condition: Any, predicate: Any, timeout: float | None = None) -> Any:
    """`Condition.wait_for`: all its waits together take no longer than the timeout."""
    end = None if timeout is None else scheduler.clock.now + timeout * NS_PER_S
    result = predicate()
    while not result and wait(scheduler, condition, timeout):
        result = predicate()
        timeout = None if end is None else max(0.0, (end - scheduler.clock.now) / NS_PER_S)
    return result or predicate()


def notify(scheduler: Scheduler, condition: Any, n: int | None = 1) -> None:
    """`Condition.notify`."""
    if not condition._lock.held_by(scheduler.running.id):
        raise RuntimeError("cannot notify on un-acquired lock")
    scheduler.used.add("notify")
    scheduler.perform(_step("notify", condition))
    scheduler.waiters_of(condition).notify(n)


def notify_all(scheduler: Scheduler, condition: Any) -> None:
    """`Condition.notify_all`."""
    notify(scheduler, condition, None)


def _step(verb: str, condition: Any) -> Step:
    step = Step(verb, condition._lock)
    step.subject = condition
    return step
