"""One look at a program after the first steps of a schedule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...substitution import check_program
from ...trace import Wait
from ...trace.wait_for import first_cycle
from ..choices import Choice, Choices, choice_of
from ..recorder import Recorder
from ..replaying import kind_of, write_down
from ..stage import Stage, staged
from ..tasks import Task
from .coming_back import Moments, Round
from .settling import Settling, Turn
from .shared import Known, Variable, shared_places, variables_now
from .standing import Place, does_next, places, raised_at, values
from .things import Thing, states_of, things_of
from .turns import LostUpdate, lost_updates, with_results
from .waiting import behind_inside, waits_of

BACKSTOP_S = 20.0
MOST_QUIET = 5_000  # steps


@dataclass(frozen=True)
class Stand(Choice):
    """Where one thread stands, beside what it is about to do.

    Args:
        places: the functions of the program that it is in, the innermost first.
        values: the plain variables of that function which it shares with nobody, and their values.
        waits_for: the kind of what it waits for; "time" where that passes by itself, "" where it is ready.
    """

    places: tuple[Place, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    waits_for: str = ""


@dataclass(frozen=True)
class Look(Choices):
    """A program after the first steps of a schedule, with all that a reader wants to see of it.

    Args:
        turns: the steps so far that are not quiet.
        waits: who waits for whom; inside a reader-writer lock also who stands behind whom.
        things: everything that threads meet at.
        variables: the variables that threads share.
        error: the error that nobody caught, as "RuntimeError: release unlocked lock".
        lost: the updates that were lost so far.
        round: the round that led back to a state in which the program was before, if any.
        chance: where chance comes next: whose choice it is, and between how many outcomes.
        known: what is known of shared variables by now.
        notes: what the program uses that no schedule controls.
    """

    turns: tuple[Turn, ...] = ()
    waits: tuple[Wait, ...] = ()
    things: tuple[Thing, ...] = ()
    variables: tuple[Variable, ...] = ()
    error: str = ""
    lost: tuple[LostUpdate, ...] = ()
    round: Round | None = None
    chance: tuple[int, int] | None = None
    known: Known = field(default_factory=Known)
    notes: tuple[str, ...] = ()

    @property
    def cycle(self) -> tuple[Wait, ...]:
        """The waits that form a cycle, which is a deadlock; empty where there is none."""
        return first_cycle(self.waits)

    def name_of(self, thread: int) -> str:
        """Return the name of a thread, given its number."""
        return self.threads[thread].name


def look(
    program: Callable[[], Any],
    prefix: Sequence[int] = (),
    known: Known | None = None,
    *,
    goes_on: bool = False,
    **options: bool,
) -> Look:
    """Play the first steps of a program, let it settle, and say how everything stands.

    Args:
        program: a callable without arguments.
        prefix: a thread's number for each step so far, as in a schedule.
        known: what `survey` or earlier looks found out.
        goes_on: True to go on to the end, by the default schedule.
        options: `early_timers`, `spurious_wakeups` and `random_choices`, as for `explore`.

    Raises:
        TypeError: `program` cannot be called without arguments.
        ValueError: the program cannot begin like that; the message says which step cannot be taken.
    """
    check_program("look", program)
    known = known or Known()
    with staged(program, max_steps=len(prefix) + MOST_QUIET, backstop_s=BACKSTOP_S) as stage:
        set_options(stage, options)
        found = _Looking(stage, prefix, known, goes_on).look()
    if found.kind == "diverged":
        raise ValueError(f"the program cannot begin like that: {found.reason}")
    return found


def _error_of(task: Task | None) -> str:
    error = None if task is None else task.error
    return "" if error is None else f"{type(error).__name__}: {error}".removesuffix(": ")


def set_options(stage: Stage, options: dict[str, bool]) -> None:
    """Set what a caller may choose of how a program is played.

    Raises:
        TypeError: there is no such option.
    """
    for name, value in options.items():
        if name not in ("early_timers", "spurious_wakeups", "random_choices"):
            raise TypeError(f"there is no option {name!r}")
        setattr(stage.scheduler, name, value)


class _Looking:
    """Takes one look: most of it while the threads still stand where they are."""

    def __init__(self, stage: Stage, prefix: Sequence[int], known: Known, goes_on: bool) -> None:
        self._stage, self._prefix, self._known, self._goes_on = stage, prefix, known, goes_on
        self._seen: list[tuple[Task, dict[str, Any]]] = []

    def look(self) -> Look:
        stage = self._stage
        played = write_down(stage, self._make_search, self._at_end)
        waits = waits_of(played.trace, self._behind)
        names = [record.name for record in played.trace.threads]
        stands = [
            choice_of(Stand, task, name, waits, **found)
            for (task, found), name in zip(self._seen, names, strict=True)
        ]
        known = self._known | Known(shared_places(self._recorder.taken))
        return Look(
            tuple(stands),
            played.trace,
            kind_of(played.ending, played.trace),
            played.schedule,
            played.ending.reason,
            turns=with_results(self._search.turns, self._recorder.taken),
            error=_error_of(played.ending.task),
            lost=lost_updates(self._recorder.taken),
            waits=waits,
            things=tuple(things_of(stage, self._recorder, played.trace, self._states)),
            variables=self._variables,
            round=self._moments.round() if played.ending.kind == "paused" else None,
            chance=self._search.chance,
            known=known,
            notes=tuple(stage.watch.noticed),
        )

    def _make_search(self, recorder: Recorder) -> Settling:
        self._recorder = recorder
        self._moments = Moments(self._stage.scheduler, recorder, self._stage.state_of)
        places = self._known.places
        self._search = Settling(self._prefix, recorder, places, self._moments.remember, self._goes_on)
        return self._search

    def _at_end(self, recorder: Recorder) -> None:
        ending = self._stage.scheduler.ending
        goes_on = self._search.chance is None and ending is not None and ending.kind == "paused"
        for task in self._stage.scheduler.tasks:
            pending = recorder.pending.get(task.id)
            found = {
                "what": "" if task.done else does_next(recorder, task),
                "where": "" if pending is None else pending.where,
                "ready": goes_on and not task.done and task.step.ready(),
                "places": raised_at(task) if task.error is not None else places(task),
                "values": values(task),
                "waits_for": "" if task.done or task.step.ready() else task.waits_for(),
            }
            self._seen.append((task, found))
        self._states = states_of(self._stage, recorder)
        self._behind = behind_inside(self._stage.scheduler, recorder)
        self._variables = variables_now(recorder, self._known)
