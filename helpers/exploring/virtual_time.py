"""The clocks of `time`, which show a program that is explored its virtual time."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

from ..substitution import reader_writer
from ..substitution.session import current_session
from .clock import NS_PER_S

_SECONDS = (time.time, time.monotonic, time.perf_counter)
_NANOSECONDS = (time.time_ns, time.monotonic_ns, time.perf_counter_ns)


def _virtual(real: Callable[[], Any], per_unit: int) -> Callable[[], Any]:
    def clock() -> Any:
        session: Any = current_session()
        if session is None:
            return real()
        now = session.now_ns()
        return now if per_unit == 1 else now / per_unit

    clock.__name__, clock.__doc__ = real.__name__, real.__doc__
    return clock


# What a name that is bound to one of Python's clocks is replaced by.
CLOCKS: list[tuple[Any, Any]] = [
    *((real, _virtual(real, NS_PER_S)) for real in _SECONDS),
    *((real, _virtual(real, 1)) for real in _NANOSECONDS),
]


@functools.cache
def words() -> list[tuple[Any, str, Any]]:
    """Return (owner, name, replacement) for the clocks, also where readerwriterlock has caught one."""
    clocks = [(time, ours.__name__, ours) for _, ours in CLOCKS]
    makers = reader_writer.captured_lock_makers()
    return clocks + [(maker, "__defaults__", _with_our_clock(maker)) for maker in makers]


def _with_our_clock(maker: Any) -> tuple[Any, ...]:
    ours = dict(CLOCKS)
    return tuple(
        ours.get(default, default) if callable(default) else default
        for default in reader_writer.with_our_lock(maker)
    )
