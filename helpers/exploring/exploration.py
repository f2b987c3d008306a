"""One exploration: plays schedules until every class was seen, something was found, or a limit ran out.

Most programs have an end of schedules, and one of each class is played. Where a schedule comes back to a
state that it was in before, there is none: then the graph of the program's states is searched instead, and
looked through for loops that can go on for ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .assumptions import assumptions
from .endings import Ending
from .liveness import lasso, loops, states_that_may_wait
from .points.sites import Site
from .points.swapping import unfound_code
from .replaying import Played, play_again
from .rounds import Round, play_round
from .search.following import Following
from .search.source_dpor import SourceDpor
from .search.state_graph import StateGraph
from .shortest import causal_past, shortest
from .stage import Stage

Search = SourceDpor | StateGraph
FOUND = ("failure", "deadlock", "infinite loop")


@dataclass
class Explored:
    """What an exploration saw.

    Args:
        schedules: how many schedules of the last search were played to their end.
        blocked: how many were cut because they could only repeat others.
        states: how many states were visited; 0 where they were not compared.
        complete: True where every class of schedules was played to its end.
        reason: why not, where it was not.
        found: for each kind of bad end that was found, the schedule that is shown.
        assumes: under which assumptions what was seen stands for all.
        unreliable: True where the program varies by itself, so that a schedule need not repeat.
    """

    schedules: int = 0
    blocked: int = 0
    states: int = 0
    complete: bool = False
    reason: str = ""
    found: list[Played] = field(default_factory=list)
    assumes: tuple[str, ...] = ()
    unreliable: bool = False


class Exploration:
    """Explores a program on a stage.

    Args:
        stage: where the program is.
        max_schedules: how many schedules may be played.
        find: "first" to end at the first bad end, "all" to go on for others.
        backstop_s: how long all of it may take, in seconds.
        on_end: called with every end of a schedule, and with the number of the search that met it: the
            last search is the complete one.
    """

    def __init__(
        self,
        stage: Stage,
        max_schedules: int,
        find: str,
        backstop_s: float,
        on_end: Callable[[int, Ending], None] | None = None,
    ) -> None:
        self._stage, self._max_schedules, self._find = stage, max_schedules, find
        self._deadline = time.monotonic() + backstop_s
        self._backstop_s = backstop_s
        self._racing: set[Site] = set()
        self._on_end = on_end
        self._searches = 0
        self._in_states = self._life_matters = False
        self._met: tuple[Ending, list[int]] | None = None
        self._played = 0
        self._seen = Explored()

    def explore(self) -> Explored:
        """Explore, and return what was seen."""
        search: Search = self._begin_search()
        ending: Ending | None = self._check_reproducible(search)
        while not self._seen.reason and not self._search(search, ending):
            search, ending = self._begin_search(), None
        if self._met is not None and not self._seen.found:
            self._keep(*self._met)
        if self._stage.watch.noticed:
            self._seen.reason = f"the program uses {', '.join(self._stage.watch.noticed)}"
            self._seen.unreliable = True
        self._seen.assumes = assumptions(self._stage.scheduler)
        return self._seen

    def _is_enough(self) -> bool:
        return self._find == "first" and bool(self._seen.found)

    # ---- twice the same

    def _check_reproducible(self, search: Search) -> Ending:
        """Play the default schedule twice: whatever the program does must be the same both times."""
        self._stage.scheduler.on_call = unfound_code(self._stage.watch.notice)
        first = self._play_default(search)
        self._stage.scheduler.on_call = None
        if first[0].kind == "infinite loop":
            return first[0]  # it is played again to be shown, and must end the same way
        second = self._play_default(search)
        self._seen.unreliable = True
        if second[0].kind == "diverged":
            self._seen.reason = f"varies from one run to the next: {second[0].reason}"
        elif first[1:] != second[1:]:
            self._seen.reason = "varies from one run to the next: what it returns or prints"
        else:
            self._seen.unreliable = False
        return second[0]

    def _play_default(self, search: Search) -> tuple[Ending, str, str]:
        search.begin()
        ending = self._stage.play(search)
        result = self._stage.scheduler.result
        plain = isinstance(result, int | float | str | bool | tuple | list | dict | set | None)
        return ending, repr(result) if plain and "0x" not in repr(result) else "", self._stage.stdout

    # ---- searching

    def _begin_search(self) -> Search:
        scheduler = self._stage.scheduler
        scheduler.racing_sites, scheduler.past = self._racing, None
        self._seen.schedules = self._seen.blocked = 0
        self._searches += 1
        scheduler.looks_at_open_accesses = self._in_states
        scheduler.go_on_after_failure = self._find == "all" and not self._in_states
        if self._in_states:
            self._life_matters = "life" in scheduler.used
            return StateGraph(self._stage.state_of, self._life_matters, states_that_may_wait)
        search = SourceDpor(self._stage.state_of)
        scheduler.past = search.events.past
        return search

    def _search(self, search: Search, ending: Ending | None) -> bool:
        """Play schedules until none is left; return False where it has to begin again in another way.

        Args:
            search: decides which schedule comes next.
            ending: how its first schedule ended, where that was played already.
        """
        while True:
            if ending is None:
                search.begin()
                ending = self._stage.play(search)
            self._played += 1
            points = self._new_points(ending)
            self._racing |= points
            again = bool(points) or ending.kind == "goes round"
            if self._in_states and "life" in self._stage.scheduler.used and not self._life_matters:
                again = True
            self._in_states = self._in_states or ending.kind == "goes round"
            self._count(ending)
            if again:
                self._remember(ending)
                return False
            more = search.advance(self._stage.scheduler)
            if ending.kind in FOUND:
                self._keep(ending, self._shortest(ending))
                if self._is_enough():
                    return True
            if self._must_stop(ending, search):
                return True
            if not more:
                self._finish(search)
                return True
            ending = None

    def _new_points(self, ending: Ending) -> set[Site]:
        scheduler = self._stage.scheduler
        points = {site for pair in scheduler.races for site in pair}
        if ending.kind in ("step limit", "infinite loop"):
            points |= scheduler.passed
        return points - self._racing

    def _count(self, ending: Ending) -> None:
        if ending.kind == "redundant" and not self._in_states:
            self._seen.blocked += 1
        else:
            self._seen.schedules += 1
            if self._on_end is not None:
                self._on_end(self._searches, ending)

    def _must_stop(self, ending: Ending, search: Search) -> bool:
        if ending.kind in ("step limit", "diverged", "uncontrolled", "not comparable"):
            self._seen.reason = ending.reason
        elif ending.kind == "infinite loop":
            self._seen.reason = "an infinite loop hides what comes after it"
        elif self._played >= self._max_schedules:
            self._seen.reason = f"{self._max_schedules:,} schedules were not enough (max_schedules)"
        elif time.monotonic() > self._deadline:
            self._seen.reason = f"not done within the backstop of {self._backstop_s:g} s"
        if ending.kind == "step limit" and isinstance(search, SourceDpor) and search.not_comparable:
            self._seen.reason += f", and its states cannot be compared: {search.not_comparable}"
        return bool(self._seen.reason)

    def _finish(self, search: Search) -> None:
        """Everything was played: look for loops that go on for ever."""
        self._seen.complete = True
        if isinstance(search, StateGraph):
            self._seen.states = len(search.nodes)
            for loop in loops(search.nodes, self._stage.scheduler.most_tasks):
                self._keep_round(play_round(self._stage, lasso(search, loop), loop))
                if self._is_enough():
                    break

    # ---- what was found

    def _remember(self, ending: Ending) -> None:
        """Remember a bad end of a search that begins again, lest a limit runs out before it is met again."""
        if ending.kind in ("failure", "deadlock") and self._met is None:
            self._met = ending, self._stage.scheduler.schedule

    def _keep(self, ending: Ending, schedule: list[int]) -> None:
        """Keep a bad end, unless one of its kind was found before."""
        with self._stage.scheduler.shown():
            played = play_again(self._stage, schedule)
        if played.ending.kind != ending.kind:
            self._seen.reason = f"its own schedule led to another end ({played.ending.kind}) the next time"
        else:
            self._keep_first(played)

    def _keep_round(self, found: Round) -> None:
        """Keep a loop, unless one of its kind was found before, or it is none when it is played."""
        if found.played is None:
            self._seen.reason = found.reason
        else:
            self._keep_first(found.played)

    def _keep_first(self, played: Played) -> None:
        if played.kind not in [found.kind for found in self._seen.found]:
            self._seen.found.append(played)

    def _shortest(self, ending: Ending) -> list[int]:
        """Return the schedule that was played, as one with few switches; of a failure what it comes from."""
        scheduler = self._stage.scheduler
        if ending.kind == "failure" and scheduler.go_on_after_failure:
            return scheduler.schedule[: scheduler.failed_at]
        following = Following(tuple(scheduler.choices))
        with scheduler.shown():
            again = self._stage.play(following)
            blocks = scheduler.blocks()
        events = following.events.all
        needed = [True] * len(events)
        if again.kind == "failure" and again.task.newest >= 0:
            needed = causal_past(events, again.task.newest)
        return [task for index in shortest(events, needed) for task in blocks[index]]
