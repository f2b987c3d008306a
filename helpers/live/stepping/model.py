"""The model of the stepper: a schedule that somebody builds turn by turn; no threads, no drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ...exploring import explore
from ...exploring.looking import Look, Place, look, survey
from ...exploring.steps import as_choice
from ...substitution import check_program
from .goals import Goal, goal_of

SHOWN_SCHEDULES = 5_000
SHOWN_S = 20.0

Schedule = tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """A schedule that is shown turn by turn.

    Args:
        why: where it comes from, in words.
        turns: the numbers of the threads whose turns it has.
        prefixes: the steps up to each turn's end.
    """

    why: str
    turns: tuple[int, ...]
    prefixes: tuple[Schedule, ...]


class Model:
    """A program that stands still, and what can be done next.

    Nothing of the program is kept between two calls: each plays it from its beginning.

    Args:
        program: a callable without arguments, as `run` and `explore` take it.
        goal: what is to be reached: a `Goal`, or one of the names in `GOALS`.
        options: `early_timers`, `spurious_wakeups` and `random_choices`, as for `explore`.

    Attributes:
        look: how everything stands.
        plan: the schedule that is being shown, if any.
        message: what the last call has to say.
        last_seen: the function in which each thread was seen last, by its number.

    Raises:
        TypeError: `program` cannot be called without arguments, or the goal or an option is none.
        ValueError: there is no goal of that name.

    >>> from helpers.lessons.mutual_exclusion.explored import two_deposits
    >>> model = Model(two_deposits, goal="lost update")
    >>> for name in ("T1", "T2", "T1", "T2"):
    ...     model.move(name)
    >>> model.look.kind, model.is_reached
    ('failure', True)
    """

    def __init__(self, program: Callable[[], Any], goal: Goal | str | None = None, **options: bool) -> None:
        check_program("step", program)
        self.program, self.goal, self.options = program, goal_of(goal), options
        self._known = survey(program, **options)
        self.plan: Plan | None = None
        self.message = ""
        self.last_seen: dict[int, Place] = {}
        self.look = self._look(())

    # ---- what can be done

    def move(self, thread: str | int) -> None:
        """Let a thread take its turn: the step that it stands before, and all up to the next that matters.

        Raises:
            ValueError: there is no such thread, or it cannot take a step now; the message says who can.
        """
        number = self._number_of(thread)
        self._begin()
        planned = self._planned()
        if planned is not None and planned[0] == number:
            self.look = self._look(planned[1])
        else:
            self.plan = None
            self.look = self._look((*self.look.schedule, number))

    def draw(self, outcome: int) -> None:
        """Let a random choice that is due have this outcome, counted from 0.

        Raises:
            ValueError: no random choice is due, or it has no such outcome.
        """
        count = self.look.chance[1] if self.look.chance else 0
        if not 0 <= outcome < count:
            raise ValueError(f"chance has {count} outcomes here, numbered from 0, so {outcome!r} is none")
        self._begin()
        self.plan = None
        self.look = self._look((*self.look.schedule, as_choice(outcome)))

    def undo(self) -> None:
        """Take the last turn back; at the beginning, do nothing."""
        self._begin()
        if self.look.turns:
            self.look = self._look(self.look.schedule[: self.look.turns[-1].at])

    def reset(self) -> None:
        """Go back to the beginning."""
        self._begin()
        self.plan = None
        self.look = self._look(())

    def finish(self) -> None:
        """Go on to the end by the default schedule: the running thread goes on for as long as it can."""
        self._begin()
        self.plan = None
        self.look = self._look(self.look.schedule, goes_on=True)
        if self.look.kind == "paused" and not (self.look.round and self.look.round.kind):
            self.message = "It went on for many turns without coming to an end."

    def show(self) -> None:
        """Go back to the beginning with a plan: the goal's solution, else what `explore` finds."""
        self._begin()
        if self.goal is not None and self.goal.solution:
            self.plan = self._plan_of_solution(self.goal)
        else:
            self.plan = self._plan_of_explore()
        if self.plan is not None and not self._leads_to_goal(self.plan):
            self.plan, self.message = None, "No way to this goal is known to me."
        if self.plan is not None:
            self.look = self._look(())
            self.message = f"{self.plan.why} It takes {len(self.plan.turns)} turns: press Next."

    def next(self) -> None:
        """Take the next turn of the plan; without one, do nothing."""
        planned = self._planned()
        if planned is not None:
            self._begin()
            self.look = self._look(planned[1])

    # ---- how it stands

    @property
    def ready(self) -> tuple[str, ...]:
        """The names of the threads that can take a turn now."""
        return tuple(each.name for each in self.look.threads if each.ready)

    @property
    def turns(self) -> tuple[str, ...]:
        """The names of the threads that took the turns so far."""
        return tuple(self.look.name_of(turn.thread) for turn in self.look.turns)

    @property
    def schedule(self) -> Schedule:
        """The steps so far, which `replay` takes."""
        return self.look.schedule

    @property
    def is_over(self) -> bool:
        """True where the program has ended, or nobody can move."""
        return self.look.kind != "paused"

    @property
    def is_reached(self) -> bool:
        """True where the goal is reached; False where there is none."""
        return self.goal is not None and self.goal.is_reached(self.look)

    @property
    def next_planned(self) -> int | None:
        """The number of the thread whose turn is next in the plan, if any."""
        planned = self._planned()
        return None if planned is None else planned[0]

    # ---- inside

    def _begin(self) -> None:
        self.message = ""

    def _look(self, prefix: Sequence[int], goes_on: bool = False) -> Look:
        seen = look(self.program, prefix, self._known, goes_on=goes_on, **self.options)
        self._known = seen.known
        self.last_seen |= {each.thread: each.places[0] for each in seen.threads if each.places}
        return seen

    def _number_of(self, thread: str | int) -> int:
        found = [each for each in self.look.threads if thread in (each.name, each.thread)]
        if not found or not found[0].ready:
            name = found[0].name if found else repr(thread)
            raise ValueError(f"{name} cannot take a turn now; {' and '.join(self.ready) or 'nobody'} can")
        return found[0].thread

    def _planned(self) -> tuple[int, Schedule] | None:
        """Return the next turn of the plan, as long as the turns so far are those of the plan."""
        done = tuple(turn.thread for turn in self.look.turns)
        plan = self.plan
        if plan is None or len(done) >= len(plan.turns) or done != plan.turns[: len(done)]:
            return None
        return plan.turns[len(done)], plan.prefixes[len(done)]

    def _leads_to_goal(self, plan: Plan) -> bool:
        return self.goal is None or self.goal.is_reached(self._look(plan.prefixes[-1]))

    def _plan_of_solution(self, goal: Goal) -> Plan:
        prefixes, turns, at = [], [], self._look(())
        for name in goal.solution.split():
            number = next(each.thread for each in at.threads if each.name == name)
            at = self._look((*at.schedule, number))
            prefixes.append(at.schedule)
            turns.append(number)
        return Plan("This is one way.", tuple(turns), tuple(prefixes))

    def _plan_of_explore(self) -> Plan | None:
        verdict = explore(self.program, max_schedules=SHOWN_SCHEDULES, backstop_s=SHOWN_S, **self.options)
        if not verdict.is_bad:
            proved = "explore proved that no schedule breaks it." if verdict.kind == "proved" else ""
            self.message = proved or f"explore found none: {verdict.reason}."
            return None
        self._known |= self._look(verdict.schedule).known
        shown = self._look(verdict.schedule)
        ends = [*(turn.at for turn in shown.turns[1:]), len(verdict.schedule)]
        prefixes = tuple(verdict.schedule[:end] for end in ends)
        return Plan(
            f"explore found this: {verdict.kind}.", tuple(turn.thread for turn in shown.turns), prefixes
        )
