"""Real threads, real clock: `run` executes an ordinary `threading` function and says what its locks did."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from time import perf_counter as now
from typing import Any

from ..substitution import Existing, check_program, current_session, installed, read_source, told_methods
from ..substitution.printing import kept_stdout
from ..substitution.standing_in import StandIn
from ..trace import Trace
from .ending import deadlocked, end_program
from .session import RunSession
from .telling import tell

LOOK_EVERY_S = 0.05

__all__ = ["execute", "mark", "run"]


def run(program: Callable[[], Any], *, timeout_s: float = 5.0, trace: bool = True) -> Trace:
    """Run a program on real threads and return the trace of what its locks did; never hang.

    The program is an ordinary function without arguments that makes locks and threads with `threading`.
    Nothing of it is changed: while it runs, the lock constructors that its threads call give locks that
    record. Locks that it reaches but did not make are replaced for the run, and are as they were afterwards.
    What it prints is kept in the trace. It ends when the function has returned and every non-daemon thread
    has ended. A program that is deadlocked, or past its deadline, is ended: its trace says who holds what,
    who waits for what, and where each thread stood. No thread of it is left, or an error names it.

    Args:
        program: a callable without arguments.
        timeout_s: the deadline, in seconds (> 0).
        trace: False gives the program Python's own locks, to measure what they cost; the trace then has
            threads and their processor time, but no operations on locks.

    Raises:
        TypeError: `program` cannot be called without arguments, or `timeout_s` is no number.
        ValueError: `timeout_s` is not above 0, or the program reaches a lock that cannot be replaced.
        RuntimeError: called by a program that is being run, or while another one is; or a thread could not
            be ended, because it is blocked outside Python or swallows every exception.
        Exception: whatever a thread of the program raised, with the thread's name as a note and the trace
            as its attribute `trace`.

    >>> import threading
    >>> def program():
    ...     lock = threading.Lock()
    ...     with lock:
    ...         return "done"
    >>> trace = run(program)
    >>> trace.result, [(row.thread, row.name, row.outcome) for row in trace.rows]
    ('done', [('MainThread', 'lock', 'acquired')])
    """
    _check_arguments(program, timeout_s)
    return execute(program, RunSession(record=trace), lambda session: _wait(session, timeout_s))


def execute(
    program: Callable[[], Any],
    session: RunSession,
    wait: Callable[[RunSession], bool],
    give_way: Callable[[], None] | None = None,
) -> Trace:
    """Run a program as `run` does, for as long as `wait` waits, and return its trace.

    Args:
        program: a callable without arguments.
        session: a new one.
        wait: returns True when the program has ended, or False when it is to be ended.
        give_way: called from another thread that wants to run a program, and has to make `wait` return
            soon; None refuses that thread its run.

    Raises:
        RuntimeError, Exception: as `run` does.
    """
    existing = Existing(session.stand_in, lambda value: isinstance(value, StandIn))
    with (
        installed(session, told_methods, give_way),
        kept_stdout(session.owns_current_thread) as stdout,
    ):
        existing.replace(program)
        try:
            return _execute(session, existing, program, wait, stdout)
        finally:
            existing.restore()


def mark(label: str) -> None:
    """Make a progress mark ("ate", "served") in the trace of the program that calls it; else do nothing.

    Args:
        label: what was achieved.
    """
    session = current_session()
    if session is not None:
        session.mark(str(label))


def _check_arguments(program: Any, timeout_s: Any) -> None:
    check_program("run", program)
    if isinstance(timeout_s, bool) or not isinstance(timeout_s, int | float):
        raise TypeError(f"timeout_s must be a number of seconds above 0, not {timeout_s!r}")
    if not timeout_s > 0 or math.isinf(timeout_s):
        raise ValueError(f"timeout_s must be a number of seconds above 0, not {timeout_s!r}")


def _execute(
    session: RunSession,
    existing: Existing,
    program: Callable[[], Any],
    wait: Callable[[RunSession], bool],
    stdout: list[str],
) -> Trace:
    for obj, path in existing.named:
        session.names.give(obj, path)
    results: list[Any] = []

    def main() -> None:
        try:
            results.append(program())
        finally:
            session.forget_callers()

    read_source(program)
    session.started = now()
    try:
        session.start(threading.Thread(target=main, name="MainThread", daemon=False))
        finished = wait(session)
        trace = tell(session, now(), finished, "".join(stdout), results[0] if results else None)
        errors = list(session.workers.errors)
    finally:
        left = end_program(session)
    _raise_what_went_wrong(errors, trace, left)
    return trace


def _wait(session: RunSession, timeout_s: float) -> bool:
    """Wait until the program ends (True), is deadlocked or is past its deadline (False)."""
    deadline = now() + timeout_s
    stuck, seen = False, {}
    while not session.workers.all_done.wait(min(LOOK_EVERY_S, max(0.0, deadline - now()))):
        stuck, seen = deadlocked(session, seen)
        if stuck or now() >= deadline:
            return session.workers.all_done.is_set()
    return True


def _raise_what_went_wrong(errors: list[tuple[str, BaseException]], trace: Trace, left: list[Any]) -> None:
    if errors:
        name, error = errors[0]
        error.add_note(f"raised in thread {name} of the program")
        for other, another in errors[1:]:
            error.add_note(f"thread {other} raised too: {another!r}")
        error.trace = trace  # type: ignore[attr-defined]
        raise error
    if left:
        where = {record.name: record.where for record in trace.threads}
        told = "; ".join(f"{worker.name} at {where[worker.name]}" for worker in left)
        raise RuntimeError(
            f"could not be ended, blocked outside Python or swallowing every exception: {told}"
        )
