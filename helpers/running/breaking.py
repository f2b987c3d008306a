"""Giving back a real RLock that another thread holds, so that whoever waits for it can be ended.

A thread blocked in `RLock.acquire()` wakes up for nothing but a release, and from Python 3.14 on only the
owner can release. So we make ourselves the owner, where the lock keeps the owner's identifier, and release as
anybody does: the next waiter is woken, or handed the lock, as always.
"""

from __future__ import annotations

import ctypes
import functools
import sys
import threading
from contextlib import suppress
from operator import call, not_
from typing import Any

from ..substitution.real import RealRLock


def give_back(rlock: Any) -> None:
    """Release all levels of one of Python's own RLocks, whoever holds it; do nothing where nobody does."""
    with suppress(RuntimeError):  # later than Python 3.13: we are not its owner; else: nobody is
        rlock._release_save()
        return
    offset = _offset_of_the_owner()
    if offset is not None:
        owner = ctypes.c_ulonglong.from_address(id(rlock) + offset)
        take_over = functools.partial(setattr, owner, "value", threading.get_ident())
        # To release a lock that nobody owns would end the interpreter. No other thread gets the GIL between
        # the three: `any` and `map` call them from C. The first that gives something true is the last.
        any(map(call, (functools.partial(not_, owner), take_over, rlock._release_save)))


@functools.cache
def _offset_of_the_owner() -> int | None:
    """Return where in an RLock its owner's identifier stands, in bytes; None where it must not be changed.

    That is up to Python 3.13, where it need not be; without the GIL, where the lock could be released
    meanwhile; and where looking into a lock of our own does not tell.
    """
    if sys.version_info < (3, 14) or not sys._is_gil_enabled():
        return None
    rlock = RealRLock()
    with rlock:
        held = ctypes.string_at(id(rlock), type(rlock).__basicsize__)
        me = threading.get_ident().to_bytes(ctypes.sizeof(ctypes.c_ulonglong), sys.byteorder)
        return held.index(me) if held.count(me) == 1 else None
