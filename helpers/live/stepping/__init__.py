"""Stepping through a program: whoever looks at it decides the schedule.

`model` is the schedule that is built turn by turn, over `helpers.exploring.looking`; `goals` says what is to
be reached, `banner` how it ends. `view` makes plain values of all of it, which `stepper` (a widget, drawn by
the modules beside it) and `still` (a picture without a kernel) show.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .goals import Goal
from .model import Model
from .still import Still, still_of
from .view import view_of

if TYPE_CHECKING:
    from .stepper import Stepper

__all__ = ["Goal", "Model", "Still", "step", "still"]


def step(
    program: Callable[[], Any],
    goal: Goal | str | None = None,
    *,
    early_timers: bool = False,
    spurious_wakeups: bool = False,
    random_choices: bool = False,
) -> Stepper:
    """Let the reader decide the schedule of a program, one turn at a time.

    The program is an ordinary function without arguments that makes locks and threads with `threading`, as
    `run` and `explore` take it; nothing of it is changed. It is played from its beginning at each turn, so no
    thread of it lives between two clicks.

    Args:
        program: a callable without arguments.
        goal: what is to be reached: a `Goal`, or one of "deadlock", "lost update", "failure",
            "lost wake-up", "livelock", "starvation" and "finish".
        early_timers: as for `explore`.
        spurious_wakeups: as for `explore`.
        random_choices: as for `explore`: the reader decides about chance, too.

    Raises:
        TypeError: `program` cannot be called without arguments, or `goal` is no goal.
        ValueError: there is no goal of that name, or the program reaches a lock that cannot be replaced.
        RuntimeError: called by a program that is being run or explored, or while another one is.
    """
    from .stepper import Stepper

    options = {
        "early_timers": early_timers,
        "spurious_wakeups": spurious_wakeups,
        "random_choices": random_choices,
    }
    return Stepper(Model(program, goal, **options))


def still(
    program: Callable[[], Any], turns: str = "", goal: Goal | str | None = None, **options: bool
) -> Still:
    """Return what `step` shows after some turns, as a picture that needs no kernel.

    Args:
        program: a callable without arguments.
        turns: the names of the threads whose turns they were, such as "T1 T2 T1".
        goal: as for `step`.
        options: as for `step`.

    Raises:
        ValueError: a thread cannot take its turn; the message says who can.
    """
    model = Model(program, goal, **options)
    for name in turns.split():
        model.move(name)
    return still_of(view_of(model))
