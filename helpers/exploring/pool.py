"""The operating-system threads that schedules are played on: one baton, and whoever has it runs.

A thread is made once and used again by the next schedule. The baton is handed over through one gate a thread,
which is shut except at the moment of handing over. All of them are pinned to one CPU where
the system allows: only one runs at a time, and on one CPU a hand-over costs least. It is the CPU on which the
caller runs: so explorations at the same time, of a whole class on one machine, do not meet on the same one.
"""

from __future__ import annotations

import _thread
import ctypes
import os
from collections.abc import Callable
from functools import partial
from queue import Empty
from typing import Any

from ..substitution.real import RealSimpleQueue


class Gate:
    """Shut until it is opened; then it lets one thread through, and is shut again.

    It is made of a queue, not of a lock: without the GIL, a thread that has to wait for a lock first lets the
    system run others, 40 times. On one busy CPU that took 2.6 ms a hand-over, and so 7 µs.
    """

    __slots__ = ("open", "pass_through")
    open: Callable[[], None]
    pass_through: Callable[..., Any]

    def __init__(self) -> None:
        openings = RealSimpleQueue()
        self.open, self.pass_through = partial(openings.put, None), openings.get

    def pass_within(self, seconds: float) -> bool:
        """Wait for at most some seconds, and return whether the gate was opened."""
        try:
            self.pass_through(timeout=seconds)
        except Empty:
            return False
        return True


class Worker:
    """One operating-system thread; it waits at its gate until it is given a body to carry out.

    It carries out the tasks of one number, in one schedule after another.

    It is a bare thread: a `threading.Thread` made while a program is played would be one of the program's.
    """

    def __init__(self, pool: Pool, number: int) -> None:
        self._number = number
        self.gate, self.ended = Gate(), Gate()
        self.body: Callable[[], Worker | None] | None = None
        self.ident = 0
        _thread.start_new_thread(self._loop, (pool,))

    def _loop(self, pool: Pool) -> None:
        self.ident = _thread.get_ident()
        pool.idents.add(self.ident)
        pool.pin()
        while True:
            self.gate.pass_through()
            if self.body is None:
                break
            following = self.body()
            if pool.reuses:
                pool.free[self._number] = self
            (pool.home if following is None else following.gate).open()
            if not pool.reuses:
                break
        pool.idents.discard(self.ident)
        self.ended.open()


class Pool:
    """The workers of one exploration.

    `home` is the gate at which the caller waits until a schedule has ended, `idents` the identifiers of all
    workers, `free` those that have nothing to do, by the number of their tasks. Where `reuses` is False, each
    worker carries out one body only, so that no `threading.local` is seen again.
    """

    def __init__(self) -> None:
        self.home = Gate()
        self.idents: set[int] = set()
        self.free: dict[int, Worker] = {}
        self.reuses = True
        self._cpu = cpu_here() if hasattr(os, "sched_setaffinity") else None

    def take(self, number: int) -> Worker:
        """Return a worker for the task of a number: the same in each schedule, and so is its identifier."""
        return self.free.pop(number, None) or Worker(self, number)

    def pin(self) -> None:
        """Pin the calling thread to the pool's CPU."""
        if self._cpu is None:
            return
        try:
            os.sched_setaffinity(0, {self._cpu})
        except OSError:  # the CPU was taken from us: a hand-over costs more, nothing else
            self._cpu = None

    def close(self) -> None:
        """End the idle workers and wait until they have ended."""
        for worker in self.free.values():
            worker.body = None
            worker.gate.open()
            worker.ended.pass_within(5.0)
        self.free.clear()


def cpu_here() -> int | None:
    """Return the number of the CPU that the calling thread runs on; None where the C library does not say."""
    try:
        cpu = ctypes.CDLL(None).sched_getcpu()
    except (OSError, AttributeError):
        return None
    return cpu if cpu >= 0 else None
