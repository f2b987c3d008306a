"""The queues of `queue`, each operation one step; their own methods store the items."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING, Any

from ..steps import Step, Target

if TYPE_CHECKING:
    from ..scheduler import Scheduler


class Line(Target):
    """A `Queue` of any kind, as a target."""

    __slots__ = ("object",)
    kind = "queue"

    def __init__(self, line: Any) -> None:
        super().__init__()
        self.object = line

    def state(self) -> tuple[int, int, int, bool]:
        """Return how many items it has, may get, and has not done yet, and whether it is shut down."""
        size = self.object._qsize()
        room = self.object.maxsize - size if self.object.maxsize > 0 else 1
        return size, room, self.object.unfinished_tasks, self.is_shut_down()

    def is_shut_down(self) -> bool:
        """Return True once it was shut down, which queues can be from Python 3.13 on."""
        return getattr(self.object, "is_shutdown", False)

    def put(self, item: Any) -> None:
        """Store an item."""
        self.object._put(item)
        self.object.unfinished_tasks += 1

    def get(self) -> Any:
        """Take an item out."""
        return self.object._get()


class SimpleLine(Line):
    """A `SimpleQueue`, as a target."""

    __slots__ = ()

    def state(self) -> tuple[int, int, int, bool]:
        """Return how many items are in it; there is always room, and nothing is counted as done."""
        return len(self.object._queue), 1, 0, False

    def put(self, item: Any) -> None:
        """Store an item."""
        self.object._queue.append(item)

    def get(self) -> Any:
        """Take an item out."""
        return self.object._queue.popleft()


def _line(scheduler: Scheduler, line: Any) -> Line:
    return scheduler.target_of(line, Line if isinstance(line, queue.Queue) else SimpleLine)


class Get(Step):
    """Waits until there is an item."""

    __slots__ = ()

    def ready_in(self, state: Any) -> bool:
        """Return True where an item is there."""
        return state[0] > 0 or state[3] or self.expired


class Put(Step):
    """Waits until there is room."""

    __slots__ = ()

    def ready_in(self, state: Any) -> bool:
        """Return True where there is room."""
        return state[1] > 0 or state[3] or self.expired


class AllDone(Step):
    """Waits until every item that was put is done."""

    __slots__ = ()

    def ready_in(self, state: Any) -> bool:
        """Return True where no item is left to do."""
        return state[2] == 0


def put(scheduler: Scheduler, line: Any, item: Any, block: bool = True, timeout: float | None = None) -> None:
    """`Queue.put`."""
    target = _line(scheduler, line)
    _check(timeout)
    tries = not block or timeout == 0
    step: Step = Step("try to put", target) if tries else Put("put", target, within=timeout)
    scheduler.perform(step)
    _refuse_after_shutdown(target, step)
    if target.state()[1] <= 0:
        step.outcome = step.failure
        raise queue.Full
    target.put(item)


def get(scheduler: Scheduler, line: Any, block: bool = True, timeout: float | None = None) -> Any:
    """`Queue.get`."""
    target = _line(scheduler, line)
    _check(timeout)
    tries = not block or timeout == 0
    step: Step = Step("try to get", target) if tries else Get("get", target, within=timeout)
    scheduler.perform(step)
    if not target.state()[0]:
        _refuse_after_shutdown(target, step)
        step.outcome = step.failure
        raise queue.Empty
    return target.get()


def _refuse_after_shutdown(target: Line, step: Step) -> None:
    if target.is_shut_down():
        step.outcome = "raised"
        raise queue.ShutDown  # type: ignore[attr-defined]


def shutdown(scheduler: Scheduler, line: Any, immediate: bool = False) -> None:
    """`Queue.shutdown`, from Python 3.13 on."""
    scheduler.perform(Step("shut down", _line(scheduler, line)))
    line.is_shutdown = True
    while immediate and line._qsize():
        line._get()
        line.unfinished_tasks -= line.unfinished_tasks > 0


def _check(timeout: float | None) -> None:
    if timeout is not None and timeout < 0:
        raise ValueError("'timeout' must be a non-negative number")


def put_nowait(scheduler: Scheduler, line: Any, item: Any) -> None:
    """`Queue.put_nowait`."""
    put(scheduler, line, item, False)


def get_nowait(scheduler: Scheduler, line: Any) -> Any:
    """`Queue.get_nowait`."""
    return get(scheduler, line, False)


def task_done(scheduler: Scheduler, line: Any) -> None:
    """`Queue.task_done`."""
    step = Step("task done", _line(scheduler, line))
    scheduler.perform(step)
    if line.unfinished_tasks <= 0:
        step.outcome = "raised"
        raise ValueError("task_done() called too many times")
    line.unfinished_tasks -= 1


def join(scheduler: Scheduler, line: Any) -> None:
    """`Queue.join`."""
    scheduler.perform(AllDone("join", _line(scheduler, line), reads=True))


def _look(scheduler: Scheduler, line: Any) -> int:
    target = _line(scheduler, line)
    scheduler.perform(Step("look at size", target, reads=True))
    return target.state()[0]


def qsize(scheduler: Scheduler, line: Any) -> int:
    """`Queue.qsize`."""
    return _look(scheduler, line)


def empty(scheduler: Scheduler, line: Any) -> bool:
    """`Queue.empty`."""
    return not _look(scheduler, line)


def full(scheduler: Scheduler, line: Any) -> bool:
    """`Queue.full`."""
    return 0 < line.maxsize <= _look(scheduler, line)
