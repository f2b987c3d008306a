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
        blocked = self._session.waiting.blocked
        before, self._blocked = self._blocked, dict(blocked)
        same = {ident: it for ident, it in self._blocked.items() if before.get(ident) is it and not it.timed}
        edges, all_are_held = list(self._edges(same)), self._all_are_held(same)
        # Who was let in while we looked may be among the holders by now: it seems to wait for itself.
        still = {ident for ident, it in same.items() if blocked.get(ident) is it}
        cycle = first_cycle([wait for ident, wait in edges if ident in still])
        return bool(cycle) or (all_are_held and len(still) == len(same)), cycle

    def _all_are_held(self, same: dict[int, Any]) -> bool:
        """Return whether every thread is blocked, and by something that is held.

        What was given back, but whose next owner has not woken up yet, has no owner.
        """
        alive = [worker for worker in list(self._session.workers.all) if worker.ended is None]
        waits = [same.get(worker.thread.ident or 0) for worker in alive]
        return bool(alive) and all(wait is not None and wait.lock.owner() is not None for wait in waits)

    def _edges(self, same: dict[int, Any]) -> Iterator[tuple[int, Wait]]:
        """Yield each wait, with the identifier of the thread that waits."""
        requests = {ident: self._session.waiting.requests.get(ident, [])[-1:] for ident in same}
        newest = [(ident, request) for ident, mine in requests.items() for request in mine]
        held = [] if all(request.kind == "join" for _, request in newest) else list(self._held())
        for ident, request in newest:
            yield from ((ident, wait) for wait in _waits(request, held))

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
