"""What a program does that no schedule controls: chance, clocks, other kinds of concurrency."""

from __future__ import annotations

import asyncio
import concurrent.futures
import functools
import multiprocessing.process
import os
import random
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

RANDOM = "random"
CLOCK = "the clock"


class Watch:
    """Notes what a program uses that a schedule does not control.

    Attributes:
        noticed: what was used, in the order of first use; empty as long as every value is reproducible.
    """

    def __init__(self, is_ours: Callable[[], bool]) -> None:
        self.is_ours = is_ours
        self.noticed: list[str] = []
        self._position: Any = None
        self._state: Any = None

    def notice(self, what: str) -> None:
        """Take note of something that is not controlled."""
        if what not in self.noticed:
            self.noticed.append(what)

    def begin(self) -> None:
        """Begin a schedule: give `random` the state that it had at first."""
        if self._state is None:
            self._state = random.getstate()
        else:
            random.setstate(self._state)
        self._position = _position()

    def end(self) -> None:
        """End a schedule: see whether `random` was used."""
        if _position() != self._position:
            self.notice(RANDOM)


def _position() -> Any:
    """Return what changes with every number that `random` gives."""
    return random.getstate()[1][-1]


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Take note of what the watch's threads use; everybody else is served as ever."""
    words = [
        (owner, name, _noticing(watch, getattr(owner, name), what))
        for what, places in _SOURCES.items()
        for owner, name in places
    ]
    words.append((random.Random, "seed", _noticing_unseeded(watch, random.Random.seed)))
    undo = [(owner, name, getattr(owner, name)) for owner, name, _ in words]
    try:
        for owner, name, word in words:
            setattr(owner, name, word)
        yield
    finally:
        for owner, name, word in undo:
            setattr(owner, name, word)


_SOURCES: dict[str, list[tuple[Any, str]]] = {
    RANDOM: [(os, "urandom"), (random, "_urandom"), (uuid, "uuid1"), (uuid, "uuid4")],
    CLOCK: [
        (time, name)
        for name in ("time", "monotonic", "perf_counter", "time_ns", "monotonic_ns", "perf_counter_ns")
    ],
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
