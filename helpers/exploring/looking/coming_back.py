"""Whether a schedule has come back to a state that it was in, and what is wrong with going round like that.

The rules are those of `liveness.loops`, for the one round that was played: it counts only where everybody
who was ready in it moved, and time passed where somebody waited for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..liveness.loops import GOT_IN
from ..recorder import Recorder
from ..scheduler import Scheduler
from ..states import NotComparable
from ..steps import TIME
from .settling import Settling

MOST_STATES = 80  # the newest that are compared


@dataclass(frozen=True)
class Round:
    """A round that leads back to a state in which the program was before.

    Args:
        kind: "livelock", "starvation", or "" where nothing is wrong with going round like that.
        since: how many turns had been taken when the program was in this state before.
        victim: the number of the thread that starves, if any: it never gets in, or moves and never makes a
            progress mark while others do.
    """

    kind: str
    since: int
    victim: int | None = None


@dataclass(frozen=True)
class _Moment:
    state: Any
    turns: int
    ready: frozenset[int]
    waits: dict[int, str]
    taken: int
    choices: int


class Moments:
    """Remembers the states that a schedule comes through, one for each turn."""

    def __init__(self, scheduler: Scheduler, recorder: Recorder, state_of: Callable[[], Any]) -> None:
        self._scheduler, self._recorder, self._state_of = scheduler, recorder, state_of
        self._moments: list[_Moment] = []
        self._comparable = True

    def remember(self, search: Settling) -> bool:
        """Remember the present state, where it can be compared; return True where something goes round."""
        if not self._comparable:
            return False
        try:
            state = self._state_of()
        except NotComparable:
            self._comparable = False
            self._moments.clear()
            return False
        tasks = [task for task in self._scheduler.tasks if not task.done]
        ready = {task.id for task in tasks if task.step.ready()}
        if self._scheduler.can_time_pass():
            ready.add(TIME)
        waits = {task.id: task.waits_for() for task in tasks if not task.step.ready()}
        moment = _Moment(
            state,
            len(search.turns),
            frozenset(ready),
            waits,
            len(self._recorder.taken),
            len(self._scheduler.choices),
        )
        self._moments = [*self._moments[-MOST_STATES:], moment]
        found = self.round()
        return found is not None and bool(found.kind)

    def round(self) -> Round | None:
        """Return the shortest round to the present state with which something is wrong, else the shortest.

        None where the state is a new one.
        """
        if not self._moments:
            return None
        *earlier, now = self._moments
        same = [index for index, moment in enumerate(earlier) if moment.state == now.state]
        rounds = [self._judged(self._moments[index:]) for index in reversed(same)]
        return next((each for each in rounds if each.kind), rounds[0] if rounds else None)

    def _judged(self, moments: list[_Moment]) -> Round:
        first, last = moments[0], moments[-1]
        since = first.turns
        movers = {*self._scheduler.choices[first.choices : last.choices]}
        ready = frozenset().union(*(moment.ready for moment in moments))
        if not ready <= movers:
            return Round("", since)
        kept_out = [
            task for task in first.waits if all(moment.waits.get(task) in GOT_IN for moment in moments)
        ]
        if kept_out:
            return Round("starvation", since, kept_out[0])
        marking = {each.task.id for each in self._recorder.taken[first.taken : last.taken] if each.note}
        if not marking:
            return Round("livelock", since)
        left_behind = movers - marking - {TIME}
        return Round("starvation", since, min(left_behind)) if left_behind else Round("", since)
