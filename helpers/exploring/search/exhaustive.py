"""Every interleaving, one after another, without any reduction: slow, and obviously right.

It is the oracle that the reduction is tested against: both must see the same ends.
"""

from __future__ import annotations

from ..scheduler import Scheduler
from ..tasks import Task


class Exhaustive:
    """Depth-first search over all choices, at every step and every access to a variable.

    Where somebody is about to begin, start or end a thread, that comes first: these steps only ever make
    others possible, so nothing is lost by not trying them later.
    """

    def __init__(self) -> None:
        self._tree: list[tuple[list[int], int]] = []  # who can be chosen, and which of them is
        self._depth = 0

    def begin(self) -> None:
        """Begin the next schedule."""
        self._depth = 0

    def choose(self, scheduler: Scheduler) -> Task | None:
        """Return the task whose step comes next; None where the schedule is over."""
        ready = scheduler.ready_in_time()
        if self._depth == len(self._tree):
            if not ready:
                scheduler.nobody_ready()
                return None
            first = next((task for task in ready if _only_enables(task)), None)
            self._tree.append(([task.id for task in ready] if first is None else [first.id], 0))
        choices, chosen = self._tree[self._depth]
        self._depth += 1
        return scheduler.tasks[choices[chosen]]

    def pick(self, _scheduler: Scheduler, count: int) -> int:
        """Return an outcome of a random choice."""
        if self._depth == len(self._tree):
            self._tree.append((list(range(count)), 0))
        outcomes, chosen = self._tree[self._depth]
        self._depth += 1
        return outcomes[chosen]

    def advance(self) -> bool:
        """Make the next schedule the current one; return False where there is none left."""
        while self._tree:
            choices, chosen = self._tree.pop()
            if chosen + 1 < len(choices):
                self._tree.append((choices, chosen + 1))
                return True
        return False


def _only_enables(task: Task) -> bool:
    step = task.step
    return step.target is None or (isinstance(step.target, Task) and step.verb in ("start", "end", "join"))
