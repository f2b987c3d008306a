"""Who waits for whom in a run that goes on, and the cycle that is a deadlock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..running.records import Request
from ..running.session import RunSession
from ..trace.wait_for import Wait, first_cycle


class Watch:
    """Looks at a run again and again, for threads that have been in one and the same wait at two looks.

    Unlike `run`, which waits until nobody in the program can move, it finds a cycle while others go on.

    Args:
        session: a run that goes on.
    """

    def __init__(self, session: RunSession) -> None:
        self._session = session
        self._blocked: dict[int, Any] = {}

    def look(self) -> tuple[bool, tuple[Wait, ...]]:
        """Return whether somebody is stuck for ever, and the waits that form a cycle, if there is one.

        Whoever waits in a cycle that has lasted for two looks did not run in between, so it has released
        nothing. A thread that waits with a timeout is not stuck.
        """
        before, self._blocked = self._blocked, dict(self._session.waiting.blocked)
        same = {
            ident: blocked
            for ident, blocked in self._blocked.items()
            if before.get(ident) is blocked and not blocked.timed
        }
        cycle = first_cycle(list(self._edges(same)))
        return bool(cycle) or self._all_are_stuck(same), cycle

    def _all_are_stuck(self, same: dict[int, Any]) -> bool:
        alive = [worker for worker in list(self._session.workers.all) if worker.ended is None]
        waits = [same.get(worker.thread.ident or 0) for worker in alive]
        # what was given back, but whose next owner has not woken up yet, has no owner
        return bool(alive) and all(wait is not None and wait.lock.owner() is not None for wait in waits)

    def _edges(self, same: dict[int, Any]) -> Iterator[Wait]:
        asked = [self._session.waiting.requests.get(ident, [])[-1:] for ident in same]
        requests = [request for newest in asked for request in newest]
        held = [] if all(request.kind == "join" for request in requests) else list(self._held())
        for request in requests:
            yield from _waits(request, held)

    def _held(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield kind, name, mode and holder of everything that is held."""
        for lock in list(self._session.locks):
            yield from ((lock.kind, lock.name, "exclusive", hold.site.thread) for hold in lock.still_held())
        for _, holds in list(self._session.open_holds.values()):
            for held in list(holds):
                request = held.request
                yield request.kind, request.name, request.mode, request.site.thread


def _waits(request: Request, held: list[tuple[str, str, str, str]]) -> Iterator[Wait]:
    thread = request.site.thread
    if request.kind == "join":
        yield Wait(thread, f"end of {request.name}", request.name)
    for kind, name, mode, holder in held:
        together = kind == "rw" and mode == request.mode == "shared"
        if (kind, name) == (request.kind, request.name) and request.mode != "wait" and not together:
            yield Wait(thread, name, holder)
