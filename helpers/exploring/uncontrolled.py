"""What a program does that no schedule controls: chance, clocks, other kinds of concurrency."""

from __future__ import annotations

import _thread
import asyncio
import concurrent.futures
import datetime
import functools
import multiprocessing.process
import os
import random
import subprocess
import threading
import time
import types
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ..substitution.installing import in_place

RANDOM = "random"
CLOCK = "the clock"


_CLOCKS = (time.time, time.monotonic, time.perf_counter)
_CLOCKS_NS = (time.time_ns, time.monotonic_ns, time.perf_counter_ns)
_DATES = (datetime.datetime.now, datetime.datetime.utcnow, datetime.datetime.today, datetime.date.today)
_CHANCES = (os.urandom, uuid.uuid1, uuid.uuid4)
_ELSEWHERE = (input, os.system, _thread.start_new_thread, threading.enumerate, threading.active_count)

_UNCONTROLLED: dict[Any, str] = {
    **dict.fromkeys((*_CLOCKS, *_CLOCKS_NS, *_DATES), CLOCK),
    **dict.fromkeys(_CHANCES, RANDOM),
    **{function: function.__name__ for function in _ELSEWHERE},
    vars: "__dict__",
}


def is_uncontrolled(function: Any) -> str:
    """Return what a function brings in that no schedule controls; "" if nothing.

    >>> is_uncontrolled(time.monotonic), is_uncontrolled(len)
    ('the clock', '')
    """
    if type(function) in (types.BuiltinFunctionType, types.FunctionType):
        return _UNCONTROLLED.get(function, "")
    return ""


_SEEDED = random.Random(1).getstate()


class Watch:
    """Notes what a program uses that a schedule does not control.

    Attributes:
        noticed: what was used, in the order of first use; empty as long as every value is reproducible.
    """

    def __init__(self, is_ours: Callable[[], bool]) -> None:
        self.is_ours = is_ours
        self.noticed: list[str] = []
        self._found: Any = None

    def notice(self, what: str) -> None:
        """Take note of something that is not controlled."""
        if what not in self.noticed:
            self.noticed.append(what)

    def begin(self) -> None:
        """Begin a schedule: give `random` the same state in each, and in every process."""
        if self._found is None:
            self._found = random.getstate()
        random.setstate(_SEEDED)

    def restore(self) -> None:
        """Leave `random` as it was found."""
        if self._found is not None:
            random.setstate(self._found)

    def end(self) -> None:
        """End a schedule: see whether `random` was used."""
        if random.getstate() != _SEEDED:
            self.notice(RANDOM)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Take note of what the watch's threads use; everybody else is served as ever."""
    words = [
        (owner, name, _noticing(watch, getattr(owner, name), what))
        for what, places in _SOURCES.items()
        for owner, name in places
    ]
    words.append((random.Random, "seed", _noticing_unseeded(watch, random.Random.seed)))
    try:
        with in_place(words):
            yield
    finally:
        watch.restore()


_SOURCES: dict[str, list[tuple[Any, str]]] = {
    RANDOM: [(os, "urandom"), (random, "_urandom"), (uuid, "uuid1"), (uuid, "uuid4")],
    "asyncio": [(asyncio.BaseEventLoop, "run_forever")],
    "multiprocessing": [(multiprocessing.process.BaseProcess, "start")],
    "a subprocess": [(subprocess.Popen, "__init__")],
    "os.fork": [(os, "fork")] if hasattr(os, "fork") else [],
    "an executor": [
        (concurrent.futures.ThreadPoolExecutor, "submit"),
        (concurrent.futures.ProcessPoolExecutor, "submit"),
    ],
}


def _noticing(watch: Watch, real: Callable[..., Any], what: str) -> Callable[..., Any]:
    @functools.wraps(real)
    def word(*args: Any, **kwargs: Any) -> Any:
        if watch.is_ours():
            watch.notice(what)
            if what not in (RANDOM, CLOCK):
                raise RuntimeError(
                    f"{what} cannot be explored: nobody controls in which order it does things"
                )
        return real(*args, **kwargs)

    return word


def _noticing_unseeded(watch: Watch, real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def seed(self: Any, a: Any = None, version: int = 2) -> None:
        if a is None and watch.is_ours():
            watch.notice(RANDOM)
        real(self, a, version)

    return seed
