"""Who waits for whom in a run that goes on, and the cycle that is a deadlock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..running.records import Request
from ..running.session import RunSession
from ..substitution.real import real_sleep
from ..trace.wait_for import Wait, first_cycle

CONFIRM_S = 0.05

Stuck = tuple[bool, tuple[Wait, ...]]


def look(session: RunSession, confirm_s: float = CONFIRM_S) -> Stuck:
    """Return whether somebody is stuck for ever, and the waits that form a cycle, if there is one.

    Unlike `run`, which waits until nobody in the program can move, it finds a cycle while others go on.
    What looks like a deadlock is looked at again a moment later: only those count that have been in one and
    the same wait since. They did not run in between, so they have released nothing. A thread that waits with
    a timeout is not stuck.

    Args:
        session: a run that goes on.
        confirm_s: how long after the first look the second comes, in seconds.
    """
    blocked = {ident: it for ident, it in list(session.waiting.blocked.items()) if not it.timed}
    if not _may_be_stuck(session, blocked) or not _stuck(session, blocked)[0]:
        return False, ()
    real_sleep(confirm_s)
    return _stuck(session, blocked)


def _may_be_stuck(session: RunSession, blocked: dict[int, Any]) -> bool:
    """Return False where it is plain that nobody is stuck, as at most looks; a fifth of the work of `_stuck`.

    Somebody in a cycle waits and holds something too, or all in it join one another. Without a cycle, nobody
    is stuck but where all are blocked.
    """
    alive = [worker for worker in list(session.workers.all) if worker.ended is None]
    if len(blocked) >= len(alive):
        return True
    waiting, joining, joined = set(), set(), set()
    for ident in blocked:
        for request in session.waiting.requests.get(ident, ())[-1:]:
            waiting.add(request.site.thread)
            if request.kind == "join":
                joining.add(request.site.thread)
                joined.add(request.name)
    for lock in list(session.locks):
        if lock.owner() in waiting:
            return True
    for _, holds in list(session.open_holds.values()):
        for held in list(holds):
            if held.request.site.thread in waiting:
                return True
    return not joining.isdisjoint(joined)


def _stuck(session: RunSession, blocked: dict[int, Any]) -> Stuck:
    """Tell what `look` tells, of those threads only that are still in the wait that they are given with."""
    edges, all_are_held = list(_edges(session, blocked)), _all_are_held(session, blocked)
    # Who was let in while we looked may be among the holders by now: it seems to wait for itself.
    still = _still(session, blocked)
    cycle = first_cycle([wait for ident, wait in edges if ident in still])
    return bool(cycle) or (all_are_held and len(still) == len(blocked)), cycle


def _still(session: RunSession, blocked: dict[int, Any]) -> dict[int, Any]:
    return {ident: it for ident, it in blocked.items() if session.waiting.blocked.get(ident) is it}


def _all_are_held(session: RunSession, blocked: dict[int, Any]) -> bool:
    """Return whether every thread is blocked, and by something that is held.

    What was given back, but whose next owner has not woken up yet, has no owner.
    """
    alive = [worker.thread.ident or 0 for worker in list(session.workers.all) if worker.ended is None]
    return bool(alive) and all(
        ident in blocked and blocked[ident].lock.owner() is not None for ident in alive
    )


def _edges(session: RunSession, blocked: dict[int, Any]) -> Iterator[tuple[int, Wait]]:
    """Yield each wait, with the identifier of the thread that waits."""
    requests = {ident: session.waiting.requests.get(ident, [])[-1:] for ident in blocked}
    newest = [(ident, request) for ident, mine in requests.items() for request in mine]
    held = [] if all(request.kind == "join" for _, request in newest) else list(_held(session))
    for ident, request in newest:
        yield from ((ident, wait) for wait in _waits(request, held))


def _held(session: RunSession) -> Iterator[tuple[str, str, str, str]]:
    """Yield kind, name, mode and holder of everything that is held."""
    for lock in list(session.locks):
        yield from ((lock.kind, lock.name, "exclusive", hold.site.thread) for hold in lock.still_held())
    for _, holds in list(session.open_holds.values()):
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
