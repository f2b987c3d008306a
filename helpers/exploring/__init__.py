"""Every interleaving: `explore` plays an ordinary `threading` function under a scheduler of ours.

`stage` puts a program on stage: `primitives` and `points` make each of its operations a step that is
announced before it is carried out. `scheduler` plays one schedule after another on the threads of `pool`, by
the virtual time of `clock`, and `search` decides which. Where schedules have no end, `states` says when the
program is back in a state, and `liveness` which loops can go on for ever. `exploration` says what was found,
`shortest` and `telling` make it short and readable, and `verdict` is what the caller gets. docs/exploring.md
tells what a verdict means.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from ..substitution import check_program
from ..trace import Trace
from .choices import Choice, Choices, choices
from .exploration import Exploration
from .replaying import play_again
from .stage import staged
from .verdict import Verdict, verdict_of

__all__ = ["Choice", "Choices", "Verdict", "enabled", "explore", "replay"]

REPLAY_BACKSTOP_S = 60.0


def explore(
    program: Callable[[], Any],
    *,
    max_schedules: int = 20_000,
    max_steps: int = 2_000,
    early_timers: bool = False,
    spurious_wakeups: bool = False,
    random_choices: bool = False,
    find: str = "first",
    backstop_s: float = 60.0,
) -> Verdict:
    """Play every interleaving of a program that can matter and say what can happen; the same each time.

    The program is an ordinary function without arguments that makes locks and threads with `threading`, as
    `run` takes it; nothing of it is changed. It is played again and again, from the same state, by real
    threads of which one runs at a time. A program *ends* when the function has returned and every thread
    that is no daemon has ended. The kinds of verdicts are those of `Verdict`; where several can happen, the
    first that the search meets is told, and the search always goes the same way.

    Args:
        program: a callable without arguments.
        max_schedules: how many schedules are played at most.
        max_steps: how many steps one schedule may have: operations, and reads and writes of variables.
        early_timers: True where a sleep or a timeout may be over before steps that are slower than it, so at
            any moment. Otherwise steps take no time: time passes when nobody can take one, to the next moment
            at which somebody's wait runs out.
        spurious_wakeups: True where a `Condition.wait` may return without a notify.
        random_choices: True where every outcome of `random.choice`, `randint` and `randrange` is played, and
            has a probability above 0. Otherwise a program that uses chance is "unknown".
        find: "first" ends at the first bad end; "all" goes on, and gives one schedule of each kind.
        backstop_s: seconds after which it ends in any case. Running out of it gives "unknown", so a verdict
            does not depend on how fast the machine is.

    Raises:
        TypeError: `program` cannot be called without arguments, or a limit is no number.
        ValueError: a limit is not above 0, `find` is neither word, or the program reaches a lock that cannot
            be replaced.
        RuntimeError: called by a program that is being run or explored, or while another one is.

    >>> import threading
    >>> def program():
    ...     lock = threading.Lock()
    ...     with lock:
    ...         with lock:
    ...             pass
    >>> explore(program).kind
    'deadlock'
    """
    check_program("explore", program)
    _check_count("max_schedules", max_schedules)
    _check_count("max_steps", max_steps)
    _check_seconds(backstop_s)
    if find not in ("first", "all"):
        raise ValueError(f"find must be 'first' or 'all', not {find!r}")
    with staged(program, max_steps=max_steps, backstop_s=backstop_s) as stage:
        stage.scheduler.early_timers = early_timers
        stage.scheduler.spurious_wakeups = spurious_wakeups
        stage.scheduler.random_choices = random_choices
        return verdict_of(Exploration(stage, max_schedules, find, backstop_s).explore())


def replay(
    program: Callable[[], Any],
    schedule: Sequence[int],
    *,
    early_timers: bool = False,
    spurious_wakeups: bool = False,
    random_choices: bool = False,
) -> Trace:
    """Play one schedule of a program again and return its trace.

    Args:
        program: a callable without arguments.
        schedule: a thread's number for each step, such as a verdict's `schedule`: 0 is the program's own
            function, then come the threads in the order of their start; -1 lets time pass though somebody
            could take a step, and -2 - n is the outcome number n of a random choice.
        early_timers: as for `explore`.
        spurious_wakeups: as for `explore`.
        random_choices: as for `explore`.

    Raises:
        TypeError: `program` cannot be called without arguments, or `schedule` does not consist of numbers.
        ValueError: it is no schedule of this program; the message says which step cannot be taken.
    """
    check_program("replay", program)
    steps = _numbers(schedule)
    with staged(program, max_steps=len(steps) + 1, backstop_s=REPLAY_BACKSTOP_S) as stage:
        stage.scheduler.early_timers = early_timers
        stage.scheduler.spurious_wakeups = spurious_wakeups
        stage.scheduler.random_choices = random_choices
        played = play_again(stage, steps)
    if played.ending.kind == "diverged":
        raise ValueError(f"this is no schedule of the program: {played.ending.reason}")
    return played.trace


def enabled(
    program: Callable[[], Any],
    prefix: Sequence[int] = (),
    *,
    early_timers: bool = False,
    spurious_wakeups: bool = False,
    random_choices: bool = False,
) -> Choices:
    """Play the first steps of a program and say who can move next, with what, and who is blocked by whom.

    No thread of the program is kept: the next call plays it from the beginning.

    Args:
        program: a callable without arguments.
        prefix: a thread's number for each step so far, as in a schedule; empty for the beginning.
        early_timers: as for `explore`.
        spurious_wakeups: as for `explore`.
        random_choices: as for `explore`.

    Raises:
        TypeError: `program` cannot be called without arguments, or `prefix` does not consist of numbers.
        ValueError: the program cannot begin like that; the message says which step cannot be taken.
    """
    check_program("enabled", program)
    steps = _numbers(prefix)
    with staged(program, max_steps=len(steps) + 1, backstop_s=REPLAY_BACKSTOP_S) as stage:
        stage.scheduler.early_timers = early_timers
        stage.scheduler.spurious_wakeups = spurious_wakeups
        stage.scheduler.random_choices = random_choices
        found = choices(stage, steps)
    if found.kind == "diverged":
        raise ValueError(f"the program cannot begin like that: {found.reason}")
    return found


def _check_count(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be a whole number above 0, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be a whole number above 0, not {value!r}")


def _check_seconds(value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"backstop_s must be a number of seconds above 0, not {value!r}")
    if not value > 0 or math.isinf(value):
        raise ValueError(f"backstop_s must be a number of seconds above 0, not {value!r}")


def _numbers(schedule: Any) -> tuple[int, ...]:
    steps = tuple(schedule) if isinstance(schedule, Sequence) and not isinstance(schedule, str) else None
    if steps is None or not all(type(number) is int for number in steps):
        raise TypeError(f"a schedule is a list of thread numbers such as [0, 0, 1], not {schedule!r}")
    return steps
