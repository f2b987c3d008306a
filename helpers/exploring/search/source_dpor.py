"""Dynamic partial-order reduction with source sets: every class of interleavings, few schedules.

Schedules that differ only in the order of independent steps cannot be told apart: they form a class
(a Mazurkiewicz trace). The search plays schedules depth first. Wherever two steps of a schedule race, it
notes that the later one is to be tried first; wherever a branch was explored, sleep sets keep its siblings
from exploring the same classes again.

Sources: Flanagan, Godefroid, "Dynamic partial-order reduction for model checking software", POPL 2005;
Abdulla, Aronis, Jonsson, Sagonas, "Source sets: a foundation for optimal dynamic partial order reduction",
Journal of the ACM 64(4), 2017, Algorithm 1; Godefroid (LNCS 1032, 1996) for sleep sets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..scheduler import Scheduler
from ..states import NotComparable
from ..steps import TIME, Step, dependent
from ..tasks import Task
from .events import Clock, Events, happens_before

PASSING = Step("pass", None)  # what time does


class Branching:
    """A place in the tree of schedules: what was chosen there, and what is still to be chosen.

    Args:
        chosen: the id of the task whose step is being explored.
        sleep: tasks whose next step need not be explored here, as it was in a sibling, and that step.
    """

    __slots__ = ("chosen", "done", "is_chance", "sleep", "steps", "todo")

    def __init__(self, chosen: int, sleep: dict[int, Step], steps: dict[int, Step]) -> None:
        self.chosen, self.sleep, self.steps = chosen, sleep, steps
        self.todo = {chosen}
        self.done: set[int] = set()
        self.is_chance = False  # True where the outcomes of a random choice branch


class SourceDpor:
    """Decides which step comes next, one schedule after another, until no class is left.

    A schedule that comes back to a state that it was in before ends there: from such a state, there is no end
    of schedules.

    Args:
        state_of: returns the state that the program is in.

    Attributes:
        not_comparable: why states could not be compared, if so.
    """

    def __init__(self, state_of: Callable[[], Any] | None = None) -> None:
        self._state_of = state_of
        self._states: dict[Any, int] = {}  # of the current schedule: the depth of each
        self.not_comparable = ""
        self.events = Events()
        self.tree: list[Branching] = []
        self._depth = 0

    def begin(self) -> None:
        """Begin the next schedule: its steps up to the newest branching are set."""
        self._depth = 0

    def choose(self, scheduler: Scheduler) -> Task | None:
        """Return the task whose step comes next; None where the schedule is over."""
        while self._depth < len(self.tree) and self.tree[self._depth].chosen == TIME:
            self._pass(scheduler, scheduler.ready())
        task = self._again(scheduler) if self._depth < len(self.tree) else self._branch(scheduler)
        if task is None:
            return None
        if self._depth == len(self.events.all):
            self.events.add(task, self._race_of(task))
        task.newest = self._depth
        self._depth += 1
        return task

    def pick(self, scheduler: Scheduler, count: int) -> int:
        """Return an outcome of a random choice: each of them is a branch."""
        if self._depth == len(self.tree):
            branching = Branching(0, self._inherited_sleep(), {})
            branching.todo, branching.is_chance = set(range(count)), True
            self.tree.append(branching)
        task = scheduler.running
        if self._depth == len(self.events.all):
            task.step = Step("outcome", None)
            self.events.add(task, self._race_of(task))
        task.newest = self._depth
        self._depth += 1
        return self.tree[task.newest].chosen

    def _again(self, scheduler: Scheduler) -> Task | None:
        """Return who was chosen here before; None where the program does something else this time."""
        task = scheduler.tasks[self.tree[self._depth].chosen]
        known = self._depth < len(self.events.all)
        if known and not same_step(task.step, self.events.all[self._depth].step):
            scheduler.end("diverged", scheduler.place_of(task), task)
            return None
        return task

    def _branch(self, scheduler: Scheduler) -> Task | None:
        """Add a branching below the newest one, and return who goes first there."""
        ready = scheduler.ready()
        if scheduler.running.came_round and self._was_here_before(scheduler):
            scheduler.end("goes round")
            return None
        while scheduler.must_time_pass(ready):
            ready = self._let_time_pass(scheduler, ready)
        if not ready:
            self._look_for_races_of_blocked(scheduler)
            scheduler.nobody_ready()
            return None
        sleep = self._inherited_sleep()
        awake = [task for task in ready if task.id not in sleep]
        if not awake:
            scheduler.end("redundant")
            return None
        task = scheduler.preferred(awake)
        self.tree.append(Branching(task.id, sleep, {each.id: each.step for each in ready}))
        return task

    def _was_here_before(self, scheduler: Scheduler) -> bool:
        """Return True where the schedule has come back to a state, as it can after a round of a loop."""
        scheduler.running.came_round = False
        if self._state_of is None or self.not_comparable:
            return False
        try:
            state = self._state_of()
        except NotComparable as error:
            self.not_comparable = str(error)
            return False
        if self._states.get(state, self._depth) < self._depth:
            return True
        self._states[state] = self._depth
        return False

    def _let_time_pass(self, scheduler: Scheduler, ready: list[Task]) -> list[Task]:
        """Let time pass: an event after all so far and before all to come. Return who is ready then."""
        self._look_for_races_of_blocked(scheduler)
        self.tree.append(Branching(TIME, {}, {TIME: PASSING}))
        self.events.add_time(PASSING, len(scheduler.tasks))
        self._pass(scheduler, ready)
        return scheduler.ready()

    def _pass(self, scheduler: Scheduler, ready: list[Task]) -> None:
        for task in scheduler.tasks:
            task.newest = self._depth
        self._depth += 1
        scheduler.let_time_pass(ready)

    def _look_for_races_of_blocked(self, scheduler: Scheduler) -> None:
        for task in scheduler.tasks:
            if not task.done:
                self.events.blocked(task, self._race_of(task))

    def _inherited_sleep(self) -> dict[int, Step]:
        if not self.tree or self.tree[-1].chosen == TIME:
            return {}
        above = self.tree[-1]
        if above.is_chance:
            return dict(above.sleep)
        carried_out = self.events.all[-1].step
        return {
            task: step
            for task, step in above.sleep.items()
            if task != above.chosen and not dependent(step, carried_out)
        }

    # ---- races

    def _race_of(self, task: Task) -> Callable[[int, Clock], None]:
        return lambda index, clock: self._on_race(index, clock, task)

    def _on_race(self, index: int, clock: Clock, task: Task) -> None:
        """Note, where event `index` was chosen, that `task`'s step is to be tried before it.

        It is enough that one of the initials of what leads there without that event is explored.
        """
        branching = self.tree[index]
        initials = self._initials(index, clock, task)
        if initials.isdisjoint(branching.todo):
            first = task.id if task.id in initials else min(initials)
            branching.todo |= {first} if first in branching.steps else branching.steps.keys()

    def _initials(self, index: int, clock: Clock, task: Task) -> set[int]:
        """Return the tasks that can begin: first what does not happen after event `index`, then the step."""
        initials: set[int] = set()
        seen: set[int] = set()
        earlier: list[int] = []
        events = self.events.all
        for later in self.events.not_after(index):
            event = events[later]
            if event.task not in seen:
                seen.add(event.task)
                if not any(happens_before(each, events[each].task, event.clock) for each in earlier):
                    initials.add(event.task)
            earlier.append(later)
        if task.id not in seen and not any(
            happens_before(each, events[each].task, clock) or dependent(events[each].step, task.step)
            for each in earlier
        ):
            initials.add(task.id)
        return initials

    # ---- going on

    def advance(self, _scheduler: Scheduler | None = None) -> bool:
        """Make the next schedule the current one; return False where there is none left."""
        while self.tree:
            newest = self.tree[-1]
            newest.done.add(newest.chosen)
            left = newest.todo - newest.done
            if not newest.is_chance:
                newest.sleep[newest.chosen] = newest.steps[newest.chosen]
                left -= newest.sleep.keys()
            if left:
                newest.chosen = min(left)
                depth = len(self.tree) - 1
                self.events.truncate(depth)
                self._states = {state: at for state, at in self._states.items() if at <= depth}
                return True
            self.tree.pop()
        return False


def same_step(first: Step, second: Step) -> bool:
    """Return True where a step, met again after the same prefix, is the same."""
    return (first.verb, first.part, first.number) == (second.verb, second.part, second.number)
