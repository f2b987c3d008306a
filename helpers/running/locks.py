"""The locks that a running program gets: they block as Python's own do, and write down who held them when.

A lock is a class of its own whose methods are closures over the lock's state. That is the fastest design in
pure Python: with the file and line of every operation it costs less than 3 times a raw `with lock:`. Each
operation appends one tuple, before the release, so that no two exclusive holds of a lock overlap in a trace.
The two kinds of lock repeat each other on purpose: what they shared would be called at each operation.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from threading import get_ident
from time import perf_counter as now
from types import CodeType, FrameType
from typing import Any

from ..substitution.real import RealLock, RealRLock
from ..substitution.standing_in import LockType, StandIn, check_timeout
from .breaking import give_back
from .callers import BEFORE, Callers
from .records import Hold, Request, Site, Told
from .waiting import Waiting


class RecordedLock(StandIn):
    """What both kinds of recorded lock have in common; made by `recorded_lock` and `recorded_rlock`."""

    __slots__ = ()
    name: str
    kind: str
    still_held: Callable[[], list[Hold]]
    ended_holds: Callable[[int], list[Hold]]  # from the start-th on, in the order in which they ended
    holds: Callable[[], list[Hold]]
    owner: Callable[[], str | None]
    break_open: Callable[[], None]
    forget_caller: Callable[[], None]
    locked: Callable[[], bool]

    def __repr__(self) -> str:
        owner = self.owner()
        return f"<{self.stands_for} {self.name}, {'unlocked' if owner is None else f'held by {owner}'}>"


def _make(name: str, kind: str, stands_for: str, methods: list[Callable[..., Any]]) -> RecordedLock:
    namespace: dict[str, Any] = {method.__name__: staticmethod(method) for method in methods}
    namespace |= {"__slots__": (), "name": name, "kind": kind, "stands_for": stands_for}
    return LockType(stands_for, (RecordedLock,), namespace)()


def recorded_lock(
    callers: Callers, waiting: Waiting, told: list[Told], name: str, kind: str = "lock"
) -> RecordedLock:
    """Return a `threading.Lock` that records; it promises no more fairness than Python's own (none).

    Args:
        callers: knows who is calling from where.
        waiting: where a thread that has to wait says so, and can be ended.
        told: requests that got nothing are appended to it; holds are kept by the lock itself.
        name: what the program calls the lock.
        kind: "lock", or "condition" for a Condition's own.
    """
    inner = RealLock()
    rows: list[tuple[Any, ...]] = []
    append, try_inner, release_inner = rows.append, inner.acquire, inner.release
    getframe, ident = sys._getframe, get_ident
    sites, number_of, me = callers.sites, callers.number, callers.name
    # `got` is None while the lock is free, the time of the grant where it was free when asked for, and
    # (asked, granted) where it was waited for. `site` tells who acquired it where; it is worked out again
    # only for another frame, or, as a frame lives for one call only, for other code, instruction or thread.
    got: Any = None
    site = offset = thread = -1
    frame: FrameType | None = None
    code: CodeType | None = None

    def __enter__(_self: object = None) -> bool:
        nonlocal got, site, frame, offset, code, thread
        caller = getframe(1)
        if not try_inner(False):
            return wait(caller, -1)
        at = caller.f_lasti
        if (caller is not frame or at != offset) and (
            caller.f_code is not code or at != offset or ident() != thread
        ):
            frame = caller
            site, offset, code, thread = number_of(caller)
        got = now()
        return True

    def acquire(blocking: bool = True, timeout: float = -1) -> bool:
        nonlocal got, site, frame, offset, code, thread
        caller = getframe(1)
        if timeout != -1:
            check_timeout(blocking, timeout)
        if not try_inner(False):
            return wait(caller, timeout) if blocking and timeout else refuse(caller)
        at = caller.f_lasti
        if (caller is not frame or at != offset) and (
            caller.f_code is not code or at != offset or ident() != thread
        ):
            frame = caller
            site, offset, code, thread = number_of(caller)
        got = now()
        return True

    def wait(caller: FrameType, timeout: float) -> bool:
        nonlocal got, site, frame, offset
        request = Request(kind, name, "exclusive", now(), callers.site(caller))
        if not waiting.wait_for(lock, request, try_inner, timeout):
            told.append(Told(request, None, now(), "timed out"))
            return False
        site, frame, offset = number_of(caller)[0], None, -1
        got = (request.asked, now())
        return True

    def refuse(caller: FrameType) -> bool:
        request = Request(kind, name, "exclusive", now(), callers.site(caller))
        told.append(Told(request, None, now(), "refused"))
        return False

    def __exit__(_1: object, _2: object, _3: object, _4: object = None) -> None:
        nonlocal got
        if got is not None:
            append((site, got, now()))
            got = None
        release_inner()

    def release() -> None:
        nonlocal got
        if got is not None:
            # the frame that acquired it runs in the thread that acquired it: no need to ask who is calling
            append((site, got, now()) if getframe(1) is frame else (site, got, now(), me()))
            got = None
        release_inner()

    def locked() -> bool:
        return inner.locked()

    def _is_owned() -> bool:  # what Condition(lock) asks before a notify
        return inner.locked()

    def owner() -> str | None:
        return None if got is None else sites[site].thread

    def still_held() -> list[Hold]:
        now_got, now_site = got, site
        while got is not now_got:  # without the GIL, the site may be the next hold's
            now_got, now_site = got, site
        return [] if now_got is None else [_hold(sites[now_site], now_got)]

    def ended_holds(start: int) -> list[Hold]:
        return [_hold(sites[key], *rest) for key, *rest in rows[start:]]

    def holds() -> list[Hold]:
        still = still_held()
        return _all_holds(ended_holds(0), still)

    def start_held() -> None:  # as an earlier cell left the lock that this one stands in for
        nonlocal got, site
        inner.acquire()
        got, site = now(), callers.before_the_run()

    def break_open() -> None:
        with suppress(RuntimeError):  # it was given back, or broken open, a moment ago
            release_inner()

    def forget_caller() -> None:
        nonlocal frame, code
        frame = code = None

    def _at_fork_reinit() -> None:
        inner._at_fork_reinit()

    methods = [
        __enter__,
        __exit__,
        acquire,
        release,
        locked,
        owner,
        still_held,
        ended_holds,
        holds,
        break_open,
        forget_caller,
    ]
    lock = _make(name, kind, "Lock", [*methods, start_held, _is_owned, _at_fork_reinit])
    return lock


def recorded_rlock(
    callers: Callers, waiting: Waiting, told: list[Told], name: str, kind: str = "lock"
) -> RecordedLock:
    """Return a `threading.RLock` that records each level of its depth as a hold of its own.

    Its arguments are those of `recorded_lock`.
    """
    inner = RealRLock()
    rows: list[tuple[Any, ...]] = []
    deeper: list[tuple[int, Any]] = []  # (site, granted) of each level but the outermost
    append, try_inner, release_inner, is_mine = rows.append, inner.acquire, inner.release, inner._is_owned
    getframe, ident = sys._getframe, get_ident
    sites, number_of = callers.sites, callers.number
    got: Any = None  # as in recorded_lock, of the outermost level
    outermost = site = offset = thread = -1
    frame: FrameType | None = None
    code: CodeType | None = None

    def __enter__(_self: object = None) -> bool:
        nonlocal got, outermost, site, frame, offset, code, thread
        caller = getframe(1)
        if not try_inner(False):
            return wait(caller, -1)
        at = caller.f_lasti
        if (caller is not frame or at != offset) and (
            caller.f_code is not code or at != offset or ident() != thread
        ):
            frame = caller
            site, offset, code, thread = number_of(caller)
        if got is None:
            outermost, got = site, now()
        else:
            deeper.append((site, now()))
        return True

    def acquire(blocking: bool = True, timeout: float = -1) -> bool:
        nonlocal got, outermost, site, frame, offset, code, thread
        caller = getframe(1)
        if timeout != -1:
            check_timeout(blocking, timeout)
        if not try_inner(False):
            return wait(caller, timeout) if blocking and timeout else refuse(caller)
        at = caller.f_lasti
        if (caller is not frame or at != offset) and (
            caller.f_code is not code or at != offset or ident() != thread
        ):
            frame = caller
            site, offset, code, thread = number_of(caller)
        if got is None:
            outermost, got = site, now()
        else:
            deeper.append((site, now()))
        return True

    def wait(caller: FrameType, timeout: float) -> bool:
        nonlocal got, outermost
        request = Request(kind, name, "exclusive", now(), callers.site(caller))
        if not waiting.wait_for(lock, request, try_inner, timeout):
            told.append(Told(request, None, now(), "timed out"))
            return False
        outermost = number_of(caller)[0]  # who had to wait had no level yet
        got = (request.asked, now())
        return True

    def refuse(caller: FrameType) -> bool:
        request = Request(kind, name, "exclusive", now(), callers.site(caller))
        told.append(Told(request, None, now(), "refused"))
        return False

    def __exit__(_1: object, _2: object, _3: object, _4: object = None) -> None:
        nonlocal got
        if is_mine():
            if deeper:
                append((*deeper.pop(), now()))
            else:
                append((outermost, got, now()))
                got = None
        release_inner()

    def release() -> None:
        nonlocal got
        if is_mine():
            if deeper:
                append((*deeper.pop(), now()))
            else:
                append((outermost, got, now()))
                got = None
        release_inner()

    def locked() -> bool:
        return got is not None

    def _is_owned() -> bool:
        return is_mine()

    def _release_save() -> int:  # Condition.wait lets go of every level at once
        depth = len(deeper) + 1
        for _ in range(depth):
            release()
        return depth

    def _acquire_restore(depth: int) -> None:
        for _ in range(depth):
            acquire()

    def owner() -> str | None:
        return None if got is None else sites[outermost].thread

    def still_held() -> list[Hold]:
        now_got, now_outermost, now_deeper = got, outermost, [*deeper]
        while got is not now_got:  # without the GIL, the rest may be the next hold's
            now_got, now_outermost, now_deeper = got, outermost, [*deeper]
        levels = [] if now_got is None else [(now_outermost, now_got), *now_deeper]
        return [_hold(sites[key], granted) for key, granted in levels]

    def ended_holds(start: int) -> list[Hold]:
        return [_hold(sites[key], *rest) for key, *rest in rows[start:]]

    def holds() -> list[Hold]:
        still = still_held()
        return _all_holds(ended_holds(0), still)

    def break_open() -> None:
        give_back(inner)

    def forget_caller() -> None:
        nonlocal frame, code
        frame = code = None

    def _at_fork_reinit() -> None:
        inner._at_fork_reinit()

    methods = [
        __enter__,
        __exit__,
        acquire,
        release,
        locked,
        owner,
        still_held,
        ended_holds,
        holds,
        break_open,
        forget_caller,
    ]
    lock = _make(name, kind, "RLock", [*methods, _is_owned, _release_save, _acquire_restore, _at_fork_reinit])
    return lock


def _hold(site: Site, got: Any, released: float | None = None, released_by: str | None = None) -> Hold:
    asked, granted = got if isinstance(got, tuple) else (got, got)
    return Hold(
        asked, granted, site, released, site[0] if released is not None and not released_by else released_by
    )


def _all_holds(done: list[Hold], still: list[Hold]) -> list[Hold]:
    """Return the program's holds; one that was given back while we looked is told once, as given back."""
    ended = {hold[:3] for hold in done} if still else ()
    both = done + [hold for hold in still if hold[:3] not in ended]
    return [hold for hold in both if hold.site.thread != BEFORE]
