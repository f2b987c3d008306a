"""What can happen in a program, by brute force: slow, and obviously right.

Every access is a step, every choice in every state is played, and whether a schedule can stay in some states
for ever is found by trying every set of threads that could be the ones that move.
"""

from itertools import chain, combinations

from helpers.exploring.primitives import ExploredLock
from helpers.exploring.stage import staged
from helpers.exploring.steps import TIME

LIMITS = {"max_steps": 500, "backstop_s": 30.0, "always_keeps_stacks": True}
KEEP_OUT = ("lock", "semaphore")


class TooManyStates(Exception):
    """The program is too large, or one of its steps has no end."""


class State:
    """One state: who is ready, who waits for what and whom, and where each choice leads."""

    def __init__(self, scheduler, path):
        tasks = [task for task in scheduler.tasks if not task.done]
        self.path = path
        self.ready = {task.id for task in tasks if task.step.ready()}
        self.waits = {task.id: task.waits_for() for task in tasks if not task.step.ready()}
        self.blocked_by = {
            task.id: task.step.target.owner
            for task in tasks
            if not task.step.ready() and isinstance(task.step.target, ExploredLock)
        }
        self.over = all(task.daemon for task in tasks)
        self.after, self.marking = {}, set()
        if not self.ready and "time" in self.waits.values():
            self.ready = {TIME}

    @property
    def left(self):
        return sorted(self.ready - self.after.keys())


class OneStep:
    """Follows a path to a state, and takes one choice there."""

    def __init__(self, stage, path, choice):
        self._stage, self._todo = stage, [*path, *([] if choice is None else [choice])]
        self.state, self.found, self.marked = None, None, False

    def choose(self, scheduler):
        while self._todo:
            if len(self._todo) == 1:
                scheduler.marked = False
            choice = self._todo.pop(0)
            if choice != TIME:
                return scheduler.tasks[choice]
            scheduler.let_time_pass(scheduler.ready())
        self.state, self.marked = self._stage.state_of(), scheduler.marked
        self.found = State(scheduler, None)
        scheduler.end("seen")
        return None

    def pick(self, scheduler, count):
        raise NotImplementedError


def states_of(program, most):
    """Return every state of a program, and how its schedules can end."""
    with staged(program, **LIMITS) as stage:
        stage.scheduler.racing_sites = None
        begin = OneStep(stage, [], None)
        stage.play(begin)
        begin.found.path = []
        states, number, ends = [begin.found], {begin.state: 0}, set()
        while True:
            todo = next(((at, state) for at, state in enumerate(states) if state.left), None)
            if todo is None:
                waiting = _where_time_may_pass(states)
                if not waiting:
                    return states, ends | {"stuck" for state in states if _is_stuck(state)}
                for at in waiting:
                    states[at].ready = states[at].ready | {TIME}
                continue
            state = todo[1]
            choice = state.left[0]
            step = OneStep(stage, state.path, choice)
            ending = stage.play(step)
            if step.state is None:
                if ending.kind == "infinite loop":
                    raise TooManyStates
                assert ending.kind == "failure", ending
                ends.add("failure")
                state.after[choice] = None
                continue
            if step.state not in number:
                number[step.state] = len(states)
                step.found.path = [*state.path, choice]
                states.append(step.found)
                if len(states) > most:
                    raise TooManyStates
            state.after[choice] = number[step.state]
            if step.marked:
                state.marking.add(choice)


def _is_stuck(state):
    return not state.ready and not state.over


def _where_time_may_pass(states):
    """Return the states with somebody who waits for time, from which threads come back to the state."""
    waiting = {
        at
        for at, state in enumerate(states)
        if "time" in state.waits.values() and TIME not in state.ready
    }
    reached = _reached(states, waiting, lambda at, choice: choice != TIME)
    return sorted(at for at in waiting if at in reached[at])


def _reached(states, within, follows):
    """Return, for each state, those that can be reached from it by one step or more."""
    nexts = {
        at: {to for choice, to in states[at].after.items() if to in within and follows(at, choice)}
        for at in within
    }
    reached = {}
    for at in within:
        found, todo = set(), list(nexts[at])
        while todo:
            to = todo.pop()
            if to not in found:
                found.add(to)
                todo += nexts[to]
        reached[at] = found
    return reached


def kinds_of(states, ends, tasks):
    """Return what can happen: "failure", "stuck", "starvation", "livelock"; empty where nothing bad can."""
    going_on = {at for at, state in enumerate(states) if not state.over}
    found = set(ends)
    everybody = [TIME, *range(tasks)]
    for movers in map(set, chain.from_iterable(combinations(everybody, n) for n in range(1, len(everybody) + 1))):
        if movers == {TIME}:
            continue
        fair = {at for at in going_on if states[at].ready <= movers}
        for task in set(range(tasks)) - movers:
            kept_out = {at for at in fair if states[at].waits.get(task) in KEEP_OUT}
            for component in _components(states, kept_out, movers, lambda at, choice: True):
                found.add(_called("starvation", states, component))
        silent = _components(states, fair, movers, lambda at, choice: choice not in states[at].marking)
        found |= {_called("livelock", states, component) for component in silent}
        for task in movers - {TIME}:
            if len(movers - {TIME}) > 1:
                found |= _left_behind(states, fair, movers, task)
    return found


def _left_behind(states, fair, movers, task):
    def follows(at, choice):
        return choice != task or choice not in states[at].marking

    return {
        _called("starvation", states, component)
        for component in _components(states, fair, movers, follows)
        if any(
            choice in states[at].marking and choice != task and to in component
            for at in component
            for choice, to in states[at].after.items()
        )
    }


def _components(states, within, movers, follows):
    """Return the sets of states that reach each other, in which exactly the movers move."""
    reached = _reached(states, within, lambda at, choice: choice in movers and follows(at, choice))
    components = {frozenset(to for to in reached[at] if at in reached[to]) for at in within if at in reached[at]}
    return [
        component
        for component in components
        if movers
        == {
            choice
            for at in component
            for choice, to in states[at].after.items()
            if to in component and choice in movers and follows(at, choice)
        }
    ]


def _called(kind, states, component):
    """A cycle of threads that wait for each other is a deadlock, whatever others do."""
    blocked_by = states[next(iter(component))].blocked_by
    for task in blocked_by:
        seen, at = [], task
        while at in blocked_by and at not in seen:
            seen.append(at)
            at = blocked_by[at]
        if at in seen:
            return "stuck"
    return kind
