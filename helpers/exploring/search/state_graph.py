"""The graph of a program's states: every state is visited once, so loops that never end are seen whole.

Where a schedule comes back to a state, going on from there would only repeat what is known. So a program
whose threads can go round for ever, which has no end of schedules, has a graph of finitely many states.

Source: Godefroid, "Model checking for programming languages using VeriSoft", POPL 1997 (playing real
programs); Holzmann, "The model checker SPIN", IEEE TSE 23(5), 1997 (a search that keeps states).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from typing import Any

from ..scheduler import Scheduler
from ..states import NotComparable
from ..steps import TIME, Step, as_choice, dependent, outcome_of
from ..tasks import Task

END = -1  # in the place of a state: the program has ended, or failed


class Node:
    """One state.

    Args:
        ready: who can take a step, `TIME` included where time can pass.
        choices: those of them that need to be followed.
        waiting: for each task that has to wait, the kind of what it waits for.
        is_over: True once only daemons are left.
        is_chance: True where chance decides what comes next.
        came_from: the state from which it was reached first, and by whose step.
        depth: how many steps that was from the beginning.

    Attributes:
        after: the state that each choice leads to.
        steps: what each choice would carry out.
        timed: True where somebody's wait may run out, also of one who could take the step now.
        marks: the choices in whose step a progress mark is made.
    """

    __slots__ = (
        *("after", "came_from", "choices", "depth", "is_chance", "is_over", "marks", "ready", "steps"),
        *("timed", "waiting"),
    )

    def __init__(
        self,
        ready: tuple[int, ...],
        choices: tuple[int, ...],
        waiting: dict[int, str],
        is_over: bool,
        came_from: tuple[int, int] | None,
        depth: int,
    ) -> None:
        self.ready, self.choices, self.waiting, self.is_over = ready, choices, waiting, is_over
        self.came_from, self.depth = came_from, depth
        self.is_chance = self.timed = False
        self.after: dict[int, int] = {}
        self.steps: dict[int, Step] = {}
        self.marks: set[int] = set()

    def left(self) -> list[int]:
        """Return the choices that were not followed yet."""
        return [choice for choice in self.choices if choice not in self.after]


class StateGraph:
    """Decides which step comes next, one schedule after another, until every choice was followed.

    Args:
        state_of: returns the state that the program is in.
        life_matters: True where the program looks whether a thread is alive.
        may_wait: returns the states in which time may pass though somebody could take a step.

    Attributes:
        nodes: the states, in the order of their first visit.
    """

    def __init__(
        self,
        state_of: Callable[[], Any],
        life_matters: bool,
        may_wait: Callable[[list[Node]], Iterator[int]],
    ) -> None:
        self.nodes: list[Node] = []
        self._state_of, self._life_matters, self._may_wait = state_of, life_matters, may_wait
        self._of_state: dict[Any, int] = {}
        self._to_do: list[tuple[int, int]] = []  # (depth, state) with choices left
        self._path: list[int] = []
        self._at = 0
        self._outcomes: tuple[int, ...] = ()  # of the random choice that is to be decided now
        self._taken: tuple[int, int] | None = None  # the state and the choice that is being followed

    # ---- one schedule

    def begin(self) -> None:
        """Begin the next schedule: it goes to the state nearest to the beginning that has a choice left."""
        self._at = self._to_do[0][1] if self._to_do else 0
        self._path = self.path_to(self._at)[::-1]
        self._taken = None

    def choose(self, scheduler: Scheduler) -> Task | None:
        """Return the task whose step comes next; None where the schedule is over."""
        while True:
            choice = self._path.pop() if self._path else self._next_choice(scheduler)
            if choice is None:
                return None
            if choice != TIME:
                return scheduler.tasks[choice]
            scheduler.let_time_pass(scheduler.ready())

    def pick(self, scheduler: Scheduler, count: int) -> int:
        """Return an outcome of a random choice: where chance decides is a state of its own."""
        scheduler.running.step = Step("outcome", None)
        self._outcomes = tuple(map(as_choice, range(count)))
        choice = self._path.pop() if self._path else self._next_choice(scheduler)
        self._outcomes = ()
        return -1 if choice is None else outcome_of(choice)

    def _next_choice(self, scheduler: Scheduler) -> int | None:
        if (self._taken is not None or not self.nodes) and not self._arrive(scheduler):
            return None
        node = self.nodes[self._at]
        self._follow_diamonds(node)
        left = node.left()
        if not left:
            scheduler.end("redundant")
            return None
        able = [scheduler.tasks[each] for each in left if each >= 0]
        choice = scheduler.preferred(able).id if able else left[0]
        self._taken, scheduler.marked = (self._at, choice), False
        return choice

    def _arrive(self, scheduler: Scheduler) -> bool:
        """Find out which state this is; return False where going on from there tells nothing new."""
        try:
            state = self._state_of()
        except NotComparable as error:
            scheduler.end("not comparable", f"its states cannot be compared: {error}")
            return False
        known = self._of_state.get(state)
        self._at = self._of_state[state] = len(self.nodes) if known is None else known
        if known is None:
            self._add(scheduler)
        self._link(scheduler, self._at)
        if known is not None:
            scheduler.end("redundant")
            return False
        if not self.nodes[self._at].choices:
            scheduler.nobody_ready()
            return False
        return True

    def _add(self, scheduler: Scheduler) -> None:
        tasks = [task for task in scheduler.tasks if not task.done]
        able = [task for task in tasks if task.step.ready()]
        ready = tuple(task.id for task in able)
        if scheduler.must_time_pass(able):
            ready = (TIME,)
        urgent = tuple(task.id for task in able if self._only_enables(task))[:1]
        waiting = {task.id: task.waits_for() for task in tasks if not task.step.ready()}
        is_over = all(task.daemon for task in tasks)
        depth = 0 if self._taken is None else self.nodes[self._taken[0]].depth + 1
        choices = self._outcomes or urgent or ready
        node = Node(() if self._outcomes else ready, choices, waiting, is_over, self._taken, depth)
        node.is_chance, node.timed = bool(self._outcomes), scheduler.can_time_pass()
        node.steps = {task.id: task.step for task in able}
        self.nodes.append(node)
        if node.choices:
            heapq.heappush(self._to_do, (node.depth, self._at))

    def _only_enables(self, task: Task) -> bool:
        """Return True for a step that can as well come first: it takes nothing from anybody."""
        step = task.step
        if not isinstance(step.target, Task):
            return step.verb == "begin"
        if step.verb == "end":
            return not self._life_matters
        return step.verb == "join" and step.within is None

    def _link(self, scheduler: Scheduler, to: int) -> None:
        if self._taken is not None:
            source, choice = self._taken
            node = self.nodes[source]
            node.after[choice] = to
            if scheduler.marked:
                node.marks.add(choice)
        self._taken = None

    # ---- going on

    def advance(self, scheduler: Scheduler) -> bool:
        """Make the next schedule the current one; return False where every choice was followed."""
        if self._taken is not None:
            self._link(scheduler, END)
        while self._to_do and self._is_followed(self.nodes[self._to_do[0][1]]):
            heapq.heappop(self._to_do)
        if not self._to_do:
            self._let_loops_wait()
        return bool(self._to_do)

    def _is_followed(self, node: Node) -> bool:
        self._follow_diamonds(node)
        return not node.left()

    def _follow_diamonds(self, node: Node) -> None:
        """Follow, without playing them, choices that lead where another order of two steps has led.

        Two independent steps lead to the same state in both orders. (That their threads' accesses conflict is
        seen in the order that was played.)
        """
        if node.came_from is None:
            return
        source, first = self.nodes[node.came_from[0]], node.came_from[1]
        for second in node.left():
            aside = source.after.get(second, END)
            if aside != END and _commute(source.steps.get(first), source.steps.get(second)):
                reached = self.nodes[aside].after.get(first, END)
                if reached != END:
                    node.after[second] = reached
                    if second in source.marks:
                        node.marks.add(second)

    def _let_loops_wait(self) -> None:
        """Let time pass wherever threads could go round for ever while somebody waits for it to pass."""
        for index in self._may_wait(self.nodes):
            node = self.nodes[index]
            node.ready, node.choices = (*node.ready, TIME), (*node.choices, TIME)
            heapq.heappush(self._to_do, (node.depth, index))

    def path_to(self, index: int) -> list[int]:
        """Return the choices that lead from the beginning to a state."""
        path: list[int] = []
        while self.nodes and (came := self.nodes[index].came_from) is not None:
            index, choice = came
            path.append(choice)
        return path[::-1]


def _commute(first: Step | None, second: Step | None) -> bool:
    """Return True for two steps of different threads whose order does not matter.

    Starting a thread gives it a number, so that does.
    """
    if first is None or second is None or first.verb == second.verb == "start":
        return False
    return not dependent(first, second)
