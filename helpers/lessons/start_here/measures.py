"""Lesson 00: what reads the results of its programs."""

import inspect
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import dedent

from helpers.running import run
from helpers.trace import Trace


@dataclass(frozen=True)
class Script:
    """What a script of its own did: what it printed, and the exit code with which it ended (0 is success)."""

    stdout: str
    stderr: str
    exit_code: int


def as_script(program: Callable[[], object], *, timeout_s: float = 30.0) -> Script:
    """Run a function's text as a script, in a fresh Python that knows nothing of this course.

    Args:
        program: a function without arguments that needs nothing but `threading` and `time`.
        timeout_s: seconds after which the script is ended.
    """
    source = f"import threading, time\n{dedent(inspect.getsource(program))}\n{program.__name__}()\n"
    command = [sys.executable, "-I", "-c", source]
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s)
    return Script(done.stdout, done.stderr, done.returncode)


def spoke_first(trace: Trace) -> str:
    """Return whose name, Ann's or Ben's, the program printed first."""
    return min(("Ann", "Ben"), key=trace.stdout.index)


def cores_used(trace: Trace) -> float:
    """Return the processor time of all threads over the time by the clock: 1.0 is one core, fully used."""
    return 1000 * sum(record.cpu_s for record in trace.threads) / trace.duration


def most_asleep_at_once(trace: Trace) -> int:
    """Return how many threads slept at the same moment, at most.

    >>> from helpers.trace import Row
    >>> def nap(thread, start, end):
    ...     return Row(thread, "sleep", "", "sleep", start, end, None, None, "done")
    >>> most_asleep_at_once(Trace((nap("T1", 0.0, 2.0), nap("T2", 1.0, 3.0), nap("T3", 2.0, 3.0)), (), 3.0))
    2
    """
    sleeps = [row for row in trace.rows if row.kind == "sleep" and row.acquired is not None]
    return _most_at_once([(row.requested, row.acquired) for row in sleeps])


def most_holding_at_once(trace: Trace) -> int:
    """Return how many threads held a lock at the same moment, at most.

    >>> from helpers.trace import Row
    >>> def hold(thread, start, end):
    ...     return Row(thread, "lock", "lock", "exclusive", start, start, end, thread, "acquired")
    >>> most_holding_at_once(Trace((hold("T1", 0.0, 2.0), hold("T2", 2.0, 3.0)), (), 3.0))
    1
    >>> most_holding_at_once(Trace((hold("T1", 0.0, 2.0), hold("T2", 1.0, 3.0)), (), 3.0))
    2
    """
    granted = [row for row in trace.select() if row.acquired is not None]
    return _most_at_once([(row.acquired, row.acquired + trace.hold_of(row)) for row in granted])


def _most_at_once(spans: Sequence[tuple[float, float]]) -> int:
    return max((sum(start <= at < end for start, end in spans) for at, _ in spans), default=0)


def times_failed(program: Callable[[], object], runs: int = 200) -> int:
    """Run a program so often, and return in how many runs an assertion of it failed.

    Args:
        program: a function without arguments.
        runs: how often it is run.
    """
    return sum(_fails(program) for _ in range(runs))


def _fails(program: Callable[[], object]) -> bool:
    try:
        run(program, trace=False)
    except AssertionError:
        return True
    return False
