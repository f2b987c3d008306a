"""The challenges of a lesson: programs to be stepped to a goal, by whoever decides the schedule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from .goals import Goal

if TYPE_CHECKING:
    from .stepper import Stepper


@dataclass(frozen=True)
class Challenge:
    """One program and what is to be reached in it.

    Args:
        text: the task.
        program: a callable without arguments.
        reached: the goal; its own text is not shown.
        solution: one way, as the names of the threads whose turns it takes.
        stars: how hard it is, 1 to 3.
    """

    text: str
    program: Callable[[], Any]
    reached: Goal
    solution: str
    stars: int = 1

    @property
    def goal(self) -> Goal:
        """The goal, with the task as its text, and the solution."""
        return replace(self.reached, text=self.text, solution=self.solution)


class Challenges(tuple[Challenge, ...]):
    """The challenges of one lesson, counted from 1; shows itself as a table.

    >>> from helpers.live.stepping.goals import ends_in
    >>> Challenges([Challenge("Make it fail.", print, ends_in("failure"), "", stars=2)])
    1  ★★   Make it fail.
    """

    def step(self, number: int) -> Stepper:
        """Return the stepper of a challenge.

        Args:
            number: which one, from 1.

        Raises:
            ValueError: there is none of that number.
        """
        if number not in range(1, len(self) + 1):
            raise ValueError(f"the challenges have the numbers 1 to {len(self)}, so {number!r} is none")
        from . import step

        return step(self[number - 1].program, self[number - 1].goal)

    def __repr__(self) -> str:
        return "\n".join(
            f"{number}  {'★' * each.stars:3}  {each.text}" for number, each in enumerate(self, start=1)
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{number}</td><td>{'★' * each.stars}</td>"
            f"<td style='text-align:left'>{escape(each.text)}</td></tr>"
            for number, each in enumerate(self, start=1)
        )
        return f"<table><tr><th>Challenge</th><th>Stars</th><th>Task</th></tr>{rows}</table>"
