"""Runs claims in a process of their own, so that one that never ends costs that process and nothing else."""

import contextlib
import importlib
import io
import multiprocessing
import os
import threading
import time
import traceback
from collections.abc import Iterable
from multiprocessing.connection import Connection, wait

from helpers.claims import Claim, _registry
from helpers.claims.busy import end

START_LIMIT_S = 120.0


class Worker:
    """A process that runs one claim at a time; it is replaced where a claim outlives its deadline.

    Args:
        claims: the claims that it may be asked to run; their modules are imported when it starts.
        deadline_s: how long a run may take, in seconds.
    """

    def __init__(self, claims: Iterable[Claim], deadline_s: float) -> None:
        self._modules = sorted({claim.module for claim in claims})
        self._deadline_s = deadline_s
        self._process = None

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def run(self, claim: Claim) -> tuple[bool, float, str]:
        """Run a claim once and return whether it held, the seconds it took, and what it raised."""
        if self._process is None:
            self._start()
        began = time.perf_counter()
        try:
            self._pipe.send((claim.module, claim.name))
            if self._pipe.poll(self._deadline_s):
                return self._pipe.recv()
            error = f"still running after {self._deadline_s:g} s"
        except (EOFError, OSError):
            error = "the process that ran it died"
        self._stop()
        return False, time.perf_counter() - began, error

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._modules), daemon=True)
        self._process.start()
        theirs.close()
        try:
            ready = self._pipe.poll(START_LIMIT_S) and self._pipe.recv()
        except EOFError:
            ready = False
        if not ready:
            self._stop()
            raise RuntimeError("The process that runs the claims could not import the lessons: see above.")

    def _stop(self) -> None:
        if self._process is not None:
            self._pipe.close()
            end(self._process)
            self._process = None


def _serve(pipe: Connection, modules: list[str]) -> None:
    threading.Thread(target=_end_with_the_runner, name="end with the runner", daemon=True).start()
    for module in modules:
        importlib.import_module(module)
    pipe.send(True)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            pipe.send(_run(_registry[pipe.recv()]))


def _end_with_the_runner() -> None:
    # A claim that never ends would outlive a runner that is killed.
    wait([multiprocessing.parent_process().sentinel])
    os._exit(1)


def _run(claim: Claim) -> tuple[bool, float, str]:
    began = time.perf_counter()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            held, error = claim.function(), ""
    except Exception as raised:
        held, error = False, _told(raised)
    return held, time.perf_counter() - began, error


def _told(raised: Exception) -> str:
    place = traceback.extract_tb(raised.__traceback__)[-1]
    return f"{type(raised).__name__}: {raised} ({place.filename}:{place.lineno})"
