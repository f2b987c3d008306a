"""What a session wrote down, told as a Trace."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any

from ..substitution import place, program_frame
from ..trace import Row, ThreadRecord, Trace
from .records import Hold, Request, Site, Told
from .session import RunSession
from .workers import Worker


def tell(session: RunSession, ended: float, finished: bool, stdout: str, result: Any) -> Trace:
    """Return the trace of a session that ended, or was found stuck, at the time `ended` (seconds)."""
    clock = _Clock(session.started)
    # Threads may still be running. What is held both before and after we look at who waits was held then;
    # else a thread could seem to wait for what it has given back in between.
    before = _held(session)
    waiting = list(_waiting_rows(session, clock))
    rows = [*_lock_rows(session, clock, before), *_told_rows(session, clock), *waiting]
    rows.sort(key=lambda row: (row.requested, row.acquired or 0.0))
    return Trace(
        rows=tuple(rows),
        threads=tuple(_record(worker, clock) for worker in session.workers.all),
        duration=clock(ended),
        finished=finished,
        stdout=stdout,
        result=result,
    )


class _Clock:
    """Turns seconds of `time.perf_counter` into milliseconds since the start."""

    def __init__(self, start: float) -> None:
        self._start = start

    def __call__(self, seconds: float) -> float:
        return (seconds - self._start) * 1000


def _where(site: Site) -> str:
    return "" if site.code is None else place(site.code, site.offset)


def _held(session: RunSession) -> set[tuple[str, Hold]]:
    locks = list(session.locks) if session.record else []
    return {(lock.name, hold) for lock in locks for hold in lock.still_held()}


def _lock_rows(session: RunSession, clock: _Clock, before: set[tuple[str, Hold]]) -> Iterator[Row]:
    for lock in list(session.locks) if session.record else ():
        for hold in lock.holds():
            if hold.released is not None or (lock.name, hold) in before:
                yield _hold_row(lock.kind, lock.name, hold, clock)


def _hold_row(kind: str, name: str, hold: Hold, clock: _Clock) -> Row:
    released = None if hold.released is None else clock(hold.released)
    outcome = "held" if released is None else "acquired"
    where = _where(hold.site)
    asked, granted = clock(hold.asked), clock(hold.granted)
    return Row(
        hold.site.thread, kind, name, "exclusive", asked, granted, released, hold.released_by, outcome, where
    )


def _told_rows(session: RunSession, clock: _Clock) -> Iterator[Row]:
    still_held = [held for _, holds in list(session.open_holds.values()) for held in holds]
    for told in [*list(session.told), *still_held]:
        yield _told_row(told, clock)


def _told_row(told: Told, clock: _Clock) -> Row:
    request = told.request
    granted = None if told.granted is None else clock(told.granted)
    ends = told.outcome in ("acquired", "timed out", "refused", "raised")
    return Row(
        request.site.thread,
        request.kind,
        request.name,
        request.mode,
        clock(request.asked),
        granted,
        clock(told.ended) if ends else None,
        told.released_by,
        told.outcome,
        _where(request.site),
    )


def _waiting_rows(session: RunSession, clock: _Clock) -> Iterator[Row]:
    for requests in list(session.waiting.requests.values()):
        for request in requests[-1:]:
            yield _waiting_row(request, clock)


def _waiting_row(request: Request, clock: _Clock) -> Row:
    where, asked = _where(request.site), clock(request.asked)
    return Row(
        request.site.thread,
        request.kind,
        request.name,
        request.mode,
        asked,
        None,
        None,
        None,
        "waiting",
        where,
    )


def _record(worker: Worker, clock: _Clock) -> ThreadRecord:
    if worker.ended is not None:
        return ThreadRecord(worker.name, clock(worker.started), clock(worker.ended), worker.cpu_s)
    return ThreadRecord(worker.name, clock(worker.started), None, _cpu_so_far(worker), _stands_at(worker))


def _cpu_so_far(worker: Worker) -> float:
    """Return the processor time of a thread that still runs; 0.0 where the system does not tell."""
    if not hasattr(time, "pthread_getcpuclockid") or worker.thread.ident is None:
        return 0.0
    try:
        return time.clock_gettime(time.pthread_getcpuclockid(worker.thread.ident))
    except OSError:
        return 0.0


def _stands_at(worker: Worker) -> str:
    frame = program_frame(sys._current_frames().get(worker.thread.ident or 0))
    return "" if frame is None else place(frame.f_code, frame.f_lasti)
