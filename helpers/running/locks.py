"""The locks that a running program gets: they block as Python's own do, and write down who held them when.

A lock is a class of its own whose methods are closures over the lock's state. That is the fastest design in
pure Python. Two clock readings for each hold go to a list of marks, before the release, so that no two
exclusive holds of a lock overlap in a trace; who acquired it where is written down only where that changes.
The two kinds of lock repeat each other on purpose: what they shared would be called at each operation.

What is odd in here was measured, on 3.11 to 3.15: `acquire(*(False,))` makes no tuple of its arguments,
`list.append` is quicker than a bound `append`, a parameter that has a default makes a call slower, as does
each variable that a closure takes from outside.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from sys import _getframe as getframe
from threading import get_ident
from time import perf_counter as now
from time import perf_counter_ns as now_ns
from types import CodeType, FrameType
from typing import Any

from ..substitution.real import RealLock, RealRLock
from ..substitution.standing_in import LockType, StandIn, check_timeout
from .breaking import give_back
from .callers import BEFORE, Callers
from .marks import Marks
from .records import Hold, Request, Site, Told
from .waiting import Waiting


class RecordedType(LockType):
    """The type of a recorded lock's class: what its own methods take from a lock, the class's take as well.

    `with lock:` calls the methods that are closures; `type(lock).__enter__(lock)` is what an ExitStack calls.
    """

    @property
    def __enter__(cls) -> Callable[[Any], bool]:
        return lambda lock: lock.__enter__()

    @property
    def __exit__(cls) -> Callable[..., None]:
        return lambda lock, *error: lock.__exit__(*error)


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


def _make(
    name: str,
    kind: str,
    stands_for: str,
    methods: list[Callable[..., Any]],
    static: list[Callable[..., Any]],
    book: Marks,
) -> RecordedLock:
    namespace: dict[str, Any] = {method.__name__: method for method in methods}
    namespace |= {method.__name__: staticmethod(method) for method in static}
    namespace |= {
        "__slots__": (),
        "name": name,
        "kind": kind,
        "stands_for": stands_for,
        "still_held": staticmethod(book.still_held),
        "ended_holds": staticmethod(book.ended),
        "holds": staticmethod(book.holds),
    }
    return RecordedType(stands_for, (RecordedLock,), namespace)()


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
    book = Marks(nests=False)
    marks = book.marks
    try_inner, release_inner = inner.acquire, inner.release
    # Only who holds the lock changes these. `site` tells who acquired it where; it is worked out again only
    # for another frame or instruction; or, as a frame lives for one call only, for another code, instruction
    # or thread. `frame` is None where it may run in another thread by the time it comes back.
    site = Site("", None, 0)
    offset = thread = -1
    frame: FrameType | None = None
    code: CodeType | None = None

    def __enter__() -> bool:
        caller = getframe(1)
        if not try_inner(*(False,)):
            return wait(caller, -1)
        if caller is not frame or caller.f_lasti != offset:
            look_at(caller)
        marks.append(now())
        return True

    def acquire(_self: object, /, blocking: bool = True, timeout: float = -1) -> bool:
        caller = getframe(1)
        if timeout != -1:
            check_timeout(blocking, timeout)
        if not try_inner(*(False,)):
            return wait(caller, timeout) if blocking and timeout else refuse(caller)
        if caller is not frame or caller.f_lasti != offset:
            look_at(caller)
        marks.append(now())
        return True

    def look_at(caller: FrameType) -> None:
        nonlocal site, frame, offset, code, thread
        if caller.f_code is code and caller.f_lasti == offset and get_ident() == thread:
            return
        site, offset, code, thread = callers.reusable_site(caller)
        frame = None if offset == -1 else caller
        marks.append(site)

    def wait(caller: FrameType, timeout: float) -> bool:
        request = Request(kind, name, "exclusive", now(), callers.site(caller))
        if not waiting.wait_for(lock, request, try_inner, timeout):
            told.append(Told(request, None, now(), "timed out"))
            return False
        look_at(caller)
        marks.append((request.asked, now()))
        return True

    def refuse(caller: FrameType) -> bool:
        request = Request(kind, name, "exclusive", now(), callers.site(caller))
        told.append(Told(request, None, now(), "refused"))
        return False

    def __exit__(_1: object, _2: object, _3: object) -> None:
        marks.append(now_ns())
        release_inner()

    def release(_self: object, /) -> None:
        # the frame that acquired it runs in the thread that acquired it: no need to ask who is calling
        if getframe(1) is not frame:
            marks.append(callers.name())
        marks.append(now_ns())
        release_inner()

    def locked() -> bool:
        return inner.locked()

    def _is_owned() -> bool:  # what Condition(lock) asks before a notify
        return inner.locked()

    def owner() -> str | None:
        newest, who = marks[-1:], site
        if newest and type(newest[0]) in (float, tuple) and newest == marks[-1:]:
            return who.thread  # there may be a long list to read, and nothing happened meanwhile
        return _owner(book)

    def start_held() -> None:  # as an earlier cell left the lock that this one stands in for
        nonlocal site
        inner.acquire()
        site = Site(BEFORE, None, 0)
        marks.extend((site, now()))

    def break_open() -> None:
        with suppress(RuntimeError):  # it was given back, or broken open, a moment ago
            release_inner()

    def forget_caller() -> None:
        nonlocal frame, code
        frame = code = None

    def _at_fork_reinit() -> None:
        inner._at_fork_reinit()

    static = [__enter__, __exit__, locked, owner, break_open, forget_caller]
    static += [start_held, _is_owned, _at_fork_reinit]
    lock = _make(name, kind, "Lock", [acquire, release], static, book)
    return lock


def recorded_rlock(
    callers: Callers, waiting: Waiting, told: list[Told], name: str, kind: str = "lock"
) -> RecordedLock:
    """Return a `threading.RLock` that records each level of its depth as a hold of its own.

    Its arguments are those of `recorded_lock`.
    """
    inner = RealRLock()
    book = Marks(nests=True)
    marks = book.marks
    try_inner, release_inner, is_mine = inner.acquire, inner.release, inner._is_owned
    site = Site("", None, 0)  # these as in recorded_lock
    offset = thread = -1
    frame: FrameType | None = None
    code: CodeType | None = None

    def __enter__() -> bool:
        caller = getframe(1)
        if not try_inner(*(False,)):
            return wait(caller, -1)
        if caller is not frame or caller.f_lasti != offset:
            look_at(caller)
        marks.append(now())
        return True

    def acquire(_self: object, /, blocking: bool = True, timeout: float = -1) -> bool:
        caller = getframe(1)
        if timeout != -1:
            check_timeout(blocking, timeout)
        if not try_inner(*(False,)):
            return wait(caller, timeout) if blocking and timeout else refuse(caller)
        if caller is not frame or caller.f_lasti != offset:
            look_at(caller)
        marks.append(now())
        return True

    def look_at(caller: FrameType) -> None:
        nonlocal site, frame, offset, code, thread
        if caller.f_code is code and caller.f_lasti == offset and get_ident() == thread:
            return
        site, offset, code, thread = callers.reusable_site(caller)
        frame = None if offset == -1 else caller
        marks.append(site)

    def wait(caller: FrameType, timeout: float) -> bool:
        request = Request(kind, name, "exclusive", now(), callers.site(caller))
        if not waiting.wait_for(lock, request, try_inner, timeout):
            told.append(Told(request, None, now(), "timed out"))
            return False
        look_at(caller)
        marks.append((request.asked, now()))
        return True

    def refuse(caller: FrameType) -> bool:
        request = Request(kind, name, "exclusive", now(), callers.site(caller))
        told.append(Told(request, None, now(), "refused"))
        return False

    def __exit__(_1: object, _2: object, _3: object) -> None:
        if is_mine():
            marks.append(now_ns())
        release_inner()

    def release(_self: object, /) -> None:
        if is_mine():
            marks.append(now_ns())
        release_inner()

    def locked() -> bool:
        return owner() is not None

    def _is_owned() -> bool:
        return is_mine()

    def _release_save() -> int:  # Condition.wait lets go of every level at once
        depth = max(1, len(book.still_held()))  # one that is not held is refused by its release
        for _ in range(depth):
            lock.release()
        return depth

    def _acquire_restore(depth: int) -> None:
        for _ in range(depth):
            lock.acquire()

    def owner() -> str | None:
        newest, who = marks[-1:], site
        if newest and type(newest[0]) in (float, tuple) and newest == marks[-1:]:
            return who.thread  # there may be a long list to read, and nothing happened meanwhile
        return _owner(book)

    def break_open() -> None:
        give_back(inner)

    def forget_caller() -> None:
        nonlocal frame, code
        frame = code = None

    def _at_fork_reinit() -> None:
        inner._at_fork_reinit()

    static = [__enter__, __exit__, locked, owner, break_open, forget_caller]
    static += [_is_owned, _release_save, _acquire_restore, _at_fork_reinit]
    lock = _make(name, kind, "RLock", [acquire, release], static, book)
    return lock


def _owner(book: Marks) -> str | None:
    held = book.still_held()
    return held[0].site.thread if held else None
