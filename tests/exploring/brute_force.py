"""Which kinds of bad things can happen in a program, found in the plainest way: the oracle for loops.

Every access is a step, every state is kept, and every choice is followed in each. Then, for each set of
movers (threads, and time), the states in which nobody else is ready are taken, and from each of them the
states that can be reached and come back: where these steps are taken by just those movers, a strongly fair
schedule can go on like that for ever. Nothing is reduced, and nothing is shared with the search.
"""

from itertools import chain, combinations

from helpers.exploring.stage import staged
from helpers.exploring.steps import TIME
from tests.exploring.comparing import TooLarge

STUCK = "stuck"  # a deadlock, a lost wake-up, or a cycle of threads that wait for each other beside others
LIMITS = {"max_steps": 500, "backstop_s": 30.0, "always_keeps_stacks": True}
MAY_STARVE = ("lock", "semaphore")


class State:
    """What the oracle keeps of a state: who is ready, who waits for what, and where each choice leads."""

    def __init__(self, scheduler, path):
        alive = [task for task in scheduler.tasks if not task.done]
        self.path = path
        self.ready = {task.id for task in alive if task.step.ready()}
        self.waits = {task.id: task.waits_for() for task in alive if not task.step.ready()}
        self.somebody_waits_for_time = scheduler.can_time_pass()
        if not self.ready and self.somebody_waits_for_time:
            self.ready = {TIME}
        self.only_daemons = all(task.daemon for task in alive)
        self.has_cycle = _has_cycle(alive, self.waits)
        self.after = {}  # the number of the state that each choice leads to; None where the program ends
        self.marks = set()  # the choices that make a progress mark

    def left(self):
        """Return the choices that were not followed yet."""
        return sorted(self.ready - self.after.keys())


def _has_cycle(alive, waits):
    """Return True where threads wait, without a timeout, for locks that they hold in a circle."""
    holder = {
        task.id: task.step.target.owner
        for task in alive
        if waits.get(task.id) == "lock" and task.step.verb == "acquire" and task.step.within is None
    }
    for task in holder:
        at = task
        for _ in holder:
            at = holder.get(at)
        if at is not None and at in holder:
            return True
    return False


class Walk:
    """Follows a path, then whatever was not followed yet, up to a state that is known."""

    def __init__(self, stage, states, numbers, limit):
        self.stage, self.states, self.numbers, self.limit = stage, states, numbers, limit
        self.path, self.taken, self.done = [], None, []

    def begin(self, path):
        """Begin the next schedule with a path to a state."""
        self.path, self.taken, self.done = list(path), None, []

    def choose(self, scheduler):
        """Return who takes the next step; None where nothing new comes."""
        while True:
            if len(self.done) < len(self.path):
                choice = self.path[len(self.done)]
            else:
                here = self._here(scheduler)
                if here is None:
                    return None
                choice = self.states[here].left()[0]
                self.taken, scheduler.marked = (here, choice), False
            self.done.append(choice)
            if choice != TIME:
                return scheduler.tasks[choice]
            scheduler.let_time_pass(scheduler.ready())

    def _here(self, scheduler):
        seen = self.stage.state_of()
        is_new = seen not in self.numbers
        if is_new:
            if len(self.states) == self.limit:
                raise TooLarge
            self.numbers[seen] = len(self.states)
            self.states.append(State(scheduler, tuple(self.done)))
        here = self.numbers[seen]
        is_beginning = self.taken is None
        self.arrived(here, scheduler.marked)
        if not self.states[here].ready:
            scheduler.nobody_ready()
            return None
        if not self.states[here].left() or not (is_new or is_beginning):
            scheduler.end("redundant")
            return None
        return here

    def arrived(self, here, marked):
        """Write down where the choice that was taken led to."""
        if self.taken is not None:
            state, choice = self.taken
            self.states[state].after[choice] = here
            if marked:
                self.states[state].marks.add(choice)
        self.taken = None


def all_states(program, limit):
    """Return every state of a program, and the kinds of its bad ends.

    Raises:
        TooLarge: there are more than `limit`.
    """
    states, numbers, ends = [], {}, set()
    with staged(program, **LIMITS) as stage:
        walk = Walk(stage, states, numbers, limit)
        path = ()
        while path is not None:
            walk.begin(path)
            # nothing but the oracle decides: every access is a step, and races are not looked for
            stage.scheduler.racing_sites, stage.scheduler.past = None, None
            ending = play(stage, walk)
            walk.arrived(None, stage.scheduler.marked)
            if ending.kind in ("failure", "deadlock"):
                ends.add(STUCK if ending.kind == "deadlock" else "failure")
            elif ending.kind in ("step limit", "infinite loop"):  # the latter hides what comes after it
                raise TooLarge
            else:
                assert ending.kind in ("ended", "redundant"), ending
            path = next((state.path for state in states if state.left()), None)
            if path is None and let_loops_wait(states):
                path = next((state.path for state in states if state.left()), None)
    return states, ends


def play(stage, walk):
    """Play a schedule; what the walk raises in a thread of the program is raised here."""
    raised = []
    choose = walk.choose

    class Guarded:
        def choose(self, scheduler):
            try:
                return choose(scheduler)
            except Exception as error:
                raised.append(error)
                scheduler.end("paused")
                return None

    ending = stage.play(Guarded())
    if raised:
        raise raised[0]
    return ending


def let_loops_wait(states):
    """Let time pass in each zero-time loop beside somebody who waits for it; True for new choices."""
    waiting = {
        n for n, state in enumerate(states) if state.somebody_waits_for_time and TIME not in state.ready
    }
    new = set().union(
        *(members for members, _ in classes(states, waiting, lambda _state, choice: choice != TIME))
    )
    for number in new:
        states[number].ready.add(TIME)
    return bool(new)


def classes(states, within, allowed):
    """Yield the sets of states that can be left and come back to by allowed steps, and who takes these."""
    forward = {
        n: {(choice, to) for choice, to in states[n].after.items() if to in within and allowed(n, choice)}
        for n in within
    }
    backward = {n: set() for n in within}
    for n, steps in forward.items():
        for choice, to in steps:
            backward[to].add((choice, n))
    left = set(within)
    while left:
        begin = min(left)
        members = reachable(forward, begin) & reachable(backward, begin)
        left -= members
        movers = {choice for n in members for choice, to in forward[n] if to in members}
        if movers:
            yield members, movers


def reachable(steps, begin):
    """Return all states that can be reached from one, and itself."""
    found, to_do = {begin}, [begin]
    while to_do:
        for _, to in steps[to_do.pop()]:
            if to not in found:
                found.add(to)
                to_do.append(to)
    return found


def fair_loops(states, within, allowed):
    """Yield the states and the movers of every largest loop that a strongly fair schedule can stay in."""
    everybody = sorted(set().union(*(states[n].ready for n in within)))
    subsets = chain.from_iterable(combinations(everybody, size) for size in range(1, len(everybody) + 1))
    for movers in map(set, subsets):
        nobody_else = {n for n in within if states[n].ready <= movers}
        for members, moved in classes(states, nobody_else, allowed):
            if moved == movers and moved != {TIME}:
                yield members, moved


def kinds_of_loops(states):
    """Return the kinds of a program's loops; `STUCK` where threads wait in a circle beside one."""
    going_on = {n for n, state in enumerate(states) if not state.only_daemons}
    tasks = {task for state in states for task in (*state.ready, *state.waits)} - {TIME}
    kinds = set()

    def found(kind, members):
        kinds.add(STUCK if any(states[n].has_cycle for n in members) else kind)

    def makes_no_mark(n, choice):
        return choice not in states[n].marks

    for members, _ in fair_loops(states, going_on, makes_no_mark):
        found("livelock", members)
    for task in sorted(tasks):
        kept_out = {n for n in going_on if states[n].waits.get(task) in MAY_STARVE}
        for members, _ in fair_loops(states, kept_out, lambda _n, _choice: True):
            found("starvation", members)

        def makes_none_itself(n, choice, task=task):
            return choice != task or makes_no_mark(n, choice)

        for members, moved in fair_loops(states, going_on, makes_none_itself):
            others = moved - {task, TIME}
            marked = any(
                choice in others and states[n].after[choice] in members
                for n in members
                for choice in states[n].marks
            )
            if task in moved and marked:
                found("starvation", members)
    return kinds


def all_kinds(program, limit):
    """Return the kinds of everything bad that can happen in a program; nothing where it is proved."""
    states, ends = all_states(program, limit)
    return ends | kinds_of_loops(states), len(states)
