"""Who waits for whom in a run that goes on, and the cycle that is a deadlock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..running.ending import deadlocked
from ..running.records import Request
from ..running.session import RunSession
from ..trace.wait_for import Wait, first_cycle


class Watch:
    """Looks at a run again and again, for a deadlock: the same threads in the same waits at two looks.

    Unlike `run`, which waits until nobody in the program can move, it finds a cycle while others go on.

    Args:
        session: a run that goes on.
    """

    def __init__(self, session: RunSession) -> None:
        self._session = session
        self._cycle: dict[Wait, Any] = {}
        self._blocked: dict[str, Any] = {}

    def look(self) -> tuple[bool, tuple[Wait, ...]]:
        """Return whether somebody is stuck for ever, and the waits that form a cycle, if there is one."""
        blocked_by = dict(self._edges())
        cycle = {wait: blocked_by[wait] for wait in first_cycle(list(blocked_by))}
        same = cycle.keys() == self._cycle.keys() and all(cycle[each] is self._cycle[each] for each in cycle)
        self._cycle = cycle
        stuck, self._blocked = deadlocked(self._session, self._blocked)
        return stuck or (bool(cycle) and same), tuple(cycle) if same else ()

    def _edges(self) -> Iterator[tuple[Wait, Any]]:
        """Yield each wait without a timeout, and what the thread is blocked by: a new object each time."""
        held = list(self._held())
        for ident, requests in list(self._session.waiting.requests.items()):
            blocked = self._session.waiting.blocked.get(ident)
            if blocked is None or blocked.timed:
                continue
            for request in requests[-1:]:
                yield from ((wait, blocked) for wait in _waits(request, held))

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
