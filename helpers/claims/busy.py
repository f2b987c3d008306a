"""Processes that keep the machine's cores busy, so that claims are also tried on a loaded machine."""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier

START_LIMIT_S = 60.0
END_LIMIT_S = 5.0
LOOK_EVERY_S = 0.1


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def busy_processes(count: int) -> Iterator[list[BaseProcess]]:
    """Keep `count` processes computing for as long as the block lasts; none is left after it.

    Raises:
        threading.BrokenBarrierError: where they have not all begun within a minute.
    """
    context = multiprocessing.get_context("spawn")
    all_begun = context.Barrier(count + 1)
    processes = [context.Process(target=_compute, args=(all_begun,), daemon=True) for _ in range(count)]
    try:
        for process in processes:
            process.start()
        all_begun.wait(START_LIMIT_S)
        yield processes
    finally:
        for process in processes:
            end(process)


def end(process: BaseProcess) -> None:
    """End a process that was started, politely and then for certain, and wait until it is gone."""
    if process.pid is None:
        return
    process.terminate()
    process.join(END_LIMIT_S)
    if process.is_alive():
        process.kill()
        process.join(END_LIMIT_S)
    process.close()


def _compute(all_begun: Barrier) -> None:
    # Ctrl-C reaches every process of a terminal; the runner answers it for all.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    all_begun.wait(START_LIMIT_S)
    runner = multiprocessing.parent_process()
    # A runner that is killed cannot end its processes, so they look after it themselves.
    while runner.is_alive():
        until = time.monotonic() + LOOK_EVERY_S
        while time.monotonic() < until:
            sum(range(1000))
