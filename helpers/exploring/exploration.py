"""One exploration: plays schedules until every class was seen, something was found, or a limit ran out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .assumptions import assumptions
from .points.sites import Site
from .points.swapping import unfound_code
from .replaying import Played, play_again
from .scheduler import Ending
from .search.source_dpor import SourceDpor
from .shortest import causal_past, shortest
from .stage import Stage

FOUND = ("failure", "deadlock", "infinite loop")


@dataclass
class Explored:
    """What an exploration saw.

    Args:
        schedules: how many schedules of the last search were played to their end.
        blocked: how many were cut because they could only repeat others.
        complete: True where every class of schedules was played to its end.
        reason: why not, where it was not.
        found: for each kind of bad end that was found, the schedule that is shown.
        assumes: under which assumptions what was seen stands for all.
        unreliable: True where the program varies by itself, so that a schedule need not repeat.
    """

    schedules: int = 0
    blocked: int = 0
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
        self._met: tuple[Ending, list[int]] | None = None
        self._played = 0
        self._seen = Explored()

    def explore(self) -> Explored:
        """Explore, and return what was seen."""
        self._stage.scheduler.go_on_after_failure = self._find == "all"
        search = self._begin_search()
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

    def _check_reproducible(self, search: SourceDpor) -> Ending:
        """Play the default schedule twice: whatever the program does must be the same both times."""
        self._stage.scheduler.on_call = unfound_code(self._stage.watch.notice)
        first = self._play_default(search)
        self._stage.scheduler.on_call = None
        second = self._play_default(search)
        self._seen.unreliable = True
        if second[0].kind == "diverged":
            self._seen.reason = f"varies from one run to the next: {second[0].reason}"
        elif first[1:] != second[1:]:
            self._seen.reason = "varies from one run to the next: what it returns or prints"
        else:
            self._seen.unreliable = False
        return second[0]

    def _play_default(self, search: SourceDpor) -> tuple[Ending, str, str]:
        search.begin()
        ending = self._stage.play(search.choose)
        result = self._stage.scheduler.result
        plain = isinstance(result, int | float | str | bool | tuple | list | dict | set | None)
        return ending, repr(result) if plain and "0x" not in repr(result) else "", self._stage.stdout

    # ---- searching

    def _begin_search(self) -> SourceDpor:
        search = SourceDpor()
        scheduler = self._stage.scheduler
        scheduler.racing_sites, scheduler.past = self._racing, search.events.past
        self._seen.schedules = self._seen.blocked = 0
        self._searches += 1
        return search

    def _search(self, search: SourceDpor, ending: Ending | None) -> bool:
        """Play schedules until none is left; return False where new points make it begin again.

        Args:
            search: decides which schedule comes next.
            ending: how its first schedule ended, where that was played already.
        """
        while True:
            if ending is None:
                search.begin()
                ending = self._stage.play(search.choose)
            self._played += 1
            points = self._new_points(ending)
            if points:
                self._racing |= points
            self._count(ending)
            if points:
                self._remember(ending)
                return False
            if ending.kind in FOUND:
                self._keep(ending, self._shortest(ending, search))
                if self._is_enough():
                    return True
            if self._must_stop(ending):
                return True
            if not search.advance():
                self._seen.complete = True
                return True
            ending = None

    def _new_points(self, ending: Ending) -> set[Site]:
        scheduler = self._stage.scheduler
        points = {site for pair in scheduler.races for site in pair}
        if ending.kind in ("step limit", "infinite loop"):
            points |= scheduler.passed
        return points - self._racing

    def _count(self, ending: Ending) -> None:
        if ending.kind == "redundant":
            self._seen.blocked += 1
        else:
            self._seen.schedules += 1
            if self._on_end is not None:
                self._on_end(self._searches, ending)

    def _must_stop(self, ending: Ending) -> bool:
        if ending.kind in ("step limit", "diverged", "uncontrolled"):
            self._seen.reason = ending.reason
        elif ending.kind == "infinite loop":
            self._seen.reason = "an infinite loop hides what comes after it"
        elif self._played >= self._max_schedules:
            self._seen.reason = f"{self._max_schedules:,} schedules were not enough (max_schedules)"
        elif time.monotonic() > self._deadline:
            self._seen.reason = f"not done within the backstop of {self._backstop_s:g} s"
        return bool(self._seen.reason)

    # ---- what was found

    def _remember(self, ending: Ending) -> None:
        """Remember a bad end of a search that begins again, lest a limit runs out before it is met again."""
        if ending.kind in ("failure", "deadlock") and self._met is None:
            self._met = ending, self._stage.scheduler.schedule

    def _keep(self, ending: Ending, schedule: list[int]) -> None:
        """Keep a bad end, unless one of its kind was found before."""
        scheduler = self._stage.scheduler
        kept = scheduler.racing_sites, scheduler.past, scheduler.go_on_after_failure
        scheduler.go_on_after_failure = False
        played = play_again(self._stage, schedule)
        scheduler.racing_sites, scheduler.past, scheduler.go_on_after_failure = kept
        if played.ending.kind != ending.kind:
            self._seen.reason = f"its own schedule led to another end ({played.ending.kind}) the next time"
        elif played.kind not in [found.kind for found in self._seen.found]:
            self._seen.found.append(played)

    def _shortest(self, ending: Ending, search: SourceDpor) -> list[int]:
        if ending.kind == "failure" and self._find == "all":
            return self._stage.scheduler.schedule[: self._stage.scheduler.failed_at]
        events = search.events.all
        blocks = self._stage.scheduler.blocks()
        needed = [True] * len(events)
        if ending.kind == "failure" and ending.task.newest >= 0:
            needed = causal_past(events, ending.task.newest)
        order = shortest(events, needed)
        return [task for index in order for task in blocks[index]]
