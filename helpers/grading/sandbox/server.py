"""The server of a sandbox: it has imported the questions once, and forks a process for each answer.

It never executes an answer, and believes nothing of what a child says: it hands on the text. In a sandbox it
is the first process of its namespace, so that the kernel lets nobody inside end it, and gives it every
process whose parent has ended; after each answer it ends all that is left.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from ..tampering import Watch
from . import child, frames, kernel_filter
from .jobs import Job
from .sweeping import Scratch, end_all
from .watching import Child, told


def main(arguments: list[str]) -> NoReturn:
    """Serve jobs that come over standard input, until it ends; the outcomes go to standard output."""
    isolated = arguments[0] == "isolated"
    if isolated and os.getpid() != 1:
        raise RuntimeError("the server of a sandbox must be the first process of its namespace")
    requests, replies = _channels()
    if (cpu := int(arguments[1])) >= 0 and hasattr(os, "sched_setaffinity"):
        with contextlib.suppress(OSError):  # another set of CPUs inside: slower, nothing else
            os.sched_setaffinity(0, {cpu})
    _warm_up()
    kernel_filter.hide_from_others()
    if isolated:
        shutil.rmtree("/tmp/matplotlib", ignore_errors=True)
    scratch, watch = Scratch(Path("/tmp")) if isolated else None, Watch()
    gc.collect()
    gc.freeze()  # a child's collections leave these pages shared
    frames.send(replies, {"ready": True})
    while True:
        try:
            job = Job.from_json(frames.receive(requests))
        except EOFError:
            os._exit(0)  # at once, and with it all that is inside
        frames.send(replies, _reply(job, scratch, watch))


def _channels() -> tuple[int, int]:
    """Move the channels away from where a child, or a stray print, could meet them."""
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return requests, replies


def _warm_up() -> None:
    """Import all that grading and drawing need, so that no child pays for it."""
    # The folder for settings must be one that can be written to, or else the list of fonts is made anew.
    for fonts in Path("/cache").glob("fontlist*.json"):
        Path("/tmp/matplotlib").mkdir(exist_ok=True)
        shutil.copy(fonts, "/tmp/matplotlib")
    from .warming import warm_up

    warm_up()


def _reply(job: Job, scratch: Scratch | None, watch: Watch) -> dict[str, Any]:
    results, child_results = os.pipe()
    output, child_output = os.pipe()
    process = os.fork()
    if process == 0:
        _become_child(job, child_results, child_output, watch)
    os.close(child_results)
    os.close(child_output)
    try:
        seen = Child(process, results, output, job.limits).watch()
    finally:
        end_all(process, everybody=scratch is not None)
        os.close(results)
        os.close(output)
    if scratch is not None:
        scratch.empty()
    signalled = seen.ended is not None and os.WIFSIGNALED(seen.ended) and os.WTERMSIG(seen.ended)
    return {
        "nonce": job.nonce,
        "result": seen.result,
        "picture": seen.picture,
        "why": "timeout" if signalled == getattr(signal, "SIGXCPU", -1) else seen.why,
        "filtered": signalled == getattr(signal, "SIGSYS", -1),
        "ended": "" if seen.ended is None else told(seen.ended),
    }


def _become_child(job: Job, results: int, output: int, watch: Watch) -> NoReturn:
    try:
        child.answer(job, results, output, watch)
    finally:
        os._exit(70)


if __name__ == "__main__":
    main(sys.argv[1:])
