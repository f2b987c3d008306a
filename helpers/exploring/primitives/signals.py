"""`Event`, `Semaphore` and `Barrier`: what others may wait for, each operation one step."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

from ..steps import Step, Target

if TYPE_CHECKING:
    from ..scheduler import Scheduler


class Flag(Target):
    """An `Event`, as a target."""

    __slots__ = ("object",)
    kind = "event"

    def __init__(self, event: Any) -> None:
        super().__init__()
        self.object = event

    def state(self) -> bool:
        """Return whether the event is set."""
        return self.object._flag


class WaitForFlag(Step):
    """Waits until an event is set."""

    __slots__ = ()

    def ready_in(self, state: Any) -> bool:
        """Return True where the event is set."""
        return state or self.expired


def event_wait(scheduler: Scheduler, event: Any, timeout: float | None = None) -> bool:
    """`Event.wait`."""
    step = WaitForFlag("wait", scheduler.target_of(event, Flag), reads=True, within=timeout)
    scheduler.perform(step)
    if not event._flag:
        step.outcome = "timed out"
    return event._flag


def event_is_set(scheduler: Scheduler, event: Any) -> bool:
    """`Event.is_set`; a thread's own event, which `threading` looks at, takes no step."""
    if sys._getframe(2).f_globals is vars(threading):
        return event._flag
    scheduler.perform(Step("look whether set", scheduler.target_of(event, Flag), reads=True))
    return event._flag


def event_set(scheduler: Scheduler, event: Any) -> None:
    """`Event.set`."""
    scheduler.perform(Step("set", scheduler.target_of(event, Flag)))
    event._flag = True


def event_clear(scheduler: Scheduler, event: Any) -> None:
    """`Event.clear`."""
    scheduler.perform(Step("clear", scheduler.target_of(event, Flag)))
    event._flag = False


class Count(Target):
    """A `Semaphore`, as a target."""

    __slots__ = ("object",)
    kind = "semaphore"

    def __init__(self, semaphore: Any) -> None:
        super().__init__()
        self.object = semaphore

    def state(self) -> int:
        """Return how many permits are left."""
        return self.object._value


class TakePermit(Step):
    """Waits until a semaphore has a permit left."""

    __slots__ = ()

    def ready_in(self, state: Any) -> bool:
        """Return True where a permit is left."""
        return state > 0 or self.expired


def semaphore_acquire(
    scheduler: Scheduler, semaphore: Any, blocking: bool = True, timeout: float | None = None
) -> bool:
    """`Semaphore.acquire`."""
    if not blocking and timeout is not None:
        raise ValueError("can't specify timeout for non-blocking acquire")
    target = scheduler.target_of(semaphore, Count)
    tries = not blocking or timeout == 0
    step: Step = Step("try to acquire", target) if tries else TakePermit("acquire", target, within=timeout)
    scheduler.perform(step)
    if semaphore._value > 0:
        semaphore._value -= 1
        return True
    step.outcome = step.failure
    return False


def semaphore_release(scheduler: Scheduler, semaphore: Any, n: int = 1) -> None:
    """`Semaphore.release`."""
    if n < 1:
        raise ValueError("n must be one or more")
    step = Step("release", scheduler.target_of(semaphore, Count))
    scheduler.perform(step)
    bounded = isinstance(semaphore, threading.BoundedSemaphore)
    if bounded and semaphore._value + n > semaphore._initial_value:
        step.outcome = "raised"
        raise ValueError("Semaphore released too many times")
    semaphore._value += n


def semaphore_exit(scheduler: Scheduler, semaphore: Any, *exception: object) -> None:
    """`Semaphore.__exit__`."""
    semaphore_release(scheduler, semaphore)


class Rendezvous(Target):
    """A `Barrier`, as a target: the generation that arrives now, who is there, and whether it is broken."""

    __slots__ = ("arrived", "broken", "generation", "given_up", "object", "parties")
    kind = "barrier"

    def __init__(self, barrier: Any) -> None:
        super().__init__()
        self.object, self.parties = barrier, barrier._parties
        self.arrived, self.generation, self.broken = 0, 0, False
        self.given_up: set[int] = set()

    def state(self) -> Any:
        """Return which generation arrives now, and whether the barrier is broken."""
        return self.generation, self.broken


class PassBarrier(Step):
    """Waits until everybody of a generation has arrived."""

    __slots__ = ("generation", "index")

    def ready_in(self, state: Any) -> bool:
        """Return True where that generation may pass, or will never be complete."""
        generation, broken = state
        return generation > self.generation or broken or self.expired

    def memory(self) -> tuple[Any, ...]:
        """Return which arrival it was, and whether its generation still waits."""
        barrier = self.target
        given_up = self.generation in barrier.given_up
        return self.index, barrier.generation == self.generation, given_up


def barrier_wait(scheduler: Scheduler, barrier: Any, timeout: float | None = None) -> int:
    """`Barrier.wait`."""
    target = scheduler.target_of(barrier, Rendezvous)
    timeout = barrier._timeout if timeout is None else timeout
    arrival = Step("arrive", target)
    scheduler.perform(arrival)
    if target.broken:
        raise threading.BrokenBarrierError
    index, generation = target.arrived, target.generation
    target.arrived += 1
    if target.arrived == target.parties:
        arrival.outcome = "opened"
        return _open(scheduler, barrier, target, index)
    step = PassBarrier("wait", target, reads=timeout is None, within=timeout)
    step.generation, step.index = generation, index
    scheduler.perform(step)
    if generation in target.given_up:
        step.outcome = "raised"
        raise threading.BrokenBarrierError
    if target.generation == generation:
        target.broken, step.outcome = True, "raised"
        raise threading.BrokenBarrierError
    return index


def _open(scheduler: Scheduler, barrier: Any, target: Rendezvous, index: int) -> int:
    """Let a generation pass, by the last who arrived; its action comes first, and takes a step of its own."""
    if barrier._action is not None:
        try:
            barrier._action()
        except BaseException:
            scheduler.perform(Step("break", target))
            target.broken = True
            raise
        scheduler.perform(Step("open", target))
    target.arrived, target.generation = 0, target.generation + 1
    return index


def barrier_reset(scheduler: Scheduler, barrier: Any) -> None:
    """`Barrier.reset`: whoever waits gets BrokenBarrierError, and a new generation may arrive."""
    target = scheduler.target_of(barrier, Rendezvous)
    scheduler.perform(Step("reset", target))
    if target.arrived:
        target.given_up.add(target.generation)
        target.arrived, target.generation = 0, target.generation + 1
    target.broken = False


def barrier_broken(scheduler: Scheduler, barrier: Any) -> bool:
    """`Barrier.broken`."""
    target = scheduler.target_of(barrier, Rendezvous)
    scheduler.perform(Step("look whether broken", target, reads=True))
    return target.broken


def barrier_waiting(scheduler: Scheduler, barrier: Any) -> int:
    """`Barrier.n_waiting`."""
    target = scheduler.target_of(barrier, Rendezvous)
    scheduler.perform(Step("look who waits", target, reads=True))
    return target.arrived


def barrier_abort(scheduler: Scheduler, barrier: Any) -> None:
    """`Barrier.abort`."""
    target = scheduler.target_of(barrier, Rendezvous)
    scheduler.perform(Step("break", target))
    target.broken = True
