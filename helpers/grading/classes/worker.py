"""What a Dask worker does of grading a class: it takes texts, has sandboxes, and gives texts.

An answer is never executed in the worker, only in a sandbox that it starts. A class has sandboxes of its own,
one for each answer that the worker grades at a time. They are ended with the class; and where nobody says so,
as the one who grades was killed, once nothing came for a while, or with the worker.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..sandbox import Job, Sandbox, bubblewrap
from .versions import course_version

IDLE_S = 60.0
_LOOK_S = 5.0


@dataclass(frozen=True)
class Batch:
    """Answers that are sent together.

    Args:
        grading: names the class, and this time of grading it.
        course: the version of the course of the one who grades.
        isolated: False to do without bubblewrap.
        jobs: the answers.
    """

    grading: str
    course: str
    isolated: bool
    jobs: tuple[Job, ...]

    def to_text(self) -> str:
        """Return the batch as JSON."""
        return json.dumps(vars(self) | {"jobs": [each.to_json() for each in self.jobs]})

    @classmethod
    def from_text(cls, text: str) -> Batch:
        """Return the batch that `to_text` made a text."""
        data = json.loads(text)
        return cls(**data | {"jobs": tuple(map(Job.from_json, data["jobs"]))})


def about() -> str:
    """Return what this worker has, as JSON: its version of the course, and why there is no sandbox, if so."""
    return json.dumps({"course": course_version(), "no_sandbox": bubblewrap.missing()})


def grade(text: str) -> str:
    """Return the replies to a batch's jobs, as JSON.

    Raises:
        RuntimeError: where this worker cannot grade it; the message says which worker it is.
    """
    batch = Batch.from_text(text)
    try:
        if batch.course != course_version():
            raise RuntimeError("it has another version of the course")
        return json.dumps(_sandboxes(batch.grading, batch.isolated).ask(batch.jobs))
    except RuntimeError as error:
        raise RuntimeError(f"The worker {_address()} cannot grade: {error}") from error


def end(grading: str) -> None:
    """End the sandboxes of a class, with all that is under way in them."""
    with _lock:
        ended, _of_gradings[grading] = _of_gradings.get(grading), None
    if ended is not None:
        ended.close()


class Sandboxes:
    """The sandboxes of a class on this worker; from whichever thread.

    Args:
        isolated: False to do without bubblewrap.
        idle_s: seconds without anything to do after which they are ended.
    """

    def __init__(self, isolated: bool, idle_s: float = IDLE_S) -> None:
        self._isolated, self._idle_s = isolated, idle_s
        self._lock, self._closed = threading.Lock(), threading.Event()
        self._idle: list[Sandbox] = []
        self._busy: set[Sandbox] = set()
        self._used = time.monotonic()
        threading.Thread(target=self._watch, name="sandboxes", daemon=True).start()

    @property
    def is_closed(self) -> bool:
        """True once they were ended."""
        return self._closed.is_set()

    def ask(self, jobs: Sequence[Job]) -> list[Any]:
        """Return what a sandbox says of each job.

        Raises:
            RuntimeError: where there is no sandbox, or they were closed meanwhile.
        """
        replies = []
        with self._one() as sandbox:
            for job in jobs:
                self._check()
                replies.append(sandbox.ask(job))
            # What was given up looks like an answer that ended its sandbox.
            self._check()
        return replies

    def close(self) -> None:
        """End them; what is under way is given up."""
        with self._lock:
            self._closed.set()
            idle, self._idle = self._idle, []
            for sandbox in self._busy:
                sandbox.abort()
        for sandbox in idle:
            sandbox.close()

    def _check(self) -> None:
        if self.is_closed:
            raise RuntimeError("its sandboxes were closed")

    @contextlib.contextmanager
    def _one(self) -> Iterator[Sandbox]:
        with self._lock:
            self._check()
            sandbox = self._idle.pop() if self._idle else Sandbox(isolated=self._isolated)
            self._busy.add(sandbox)
        try:
            yield sandbox
        finally:
            with self._lock:
                self._busy.remove(sandbox)
                self._used = time.monotonic()
                if not self.is_closed:
                    self._idle.append(sandbox)
            if self.is_closed:
                sandbox.close()

    def _watch(self) -> None:
        while not self._closed.wait(min(_LOOK_S, self._idle_s)):
            with self._lock:
                is_idle = not self._busy and time.monotonic() - self._used > self._idle_s
            if is_idle:
                self.close()


#: By class; None where it was ended.
_of_gradings: dict[str, Sandboxes | None] = {}
_lock = threading.Lock()


def _sandboxes(grading: str, isolated: bool) -> Sandboxes:
    with _lock:
        known = _of_gradings.get(grading)
        if known is None and grading in _of_gradings:
            raise RuntimeError("its class was ended")
        if known is None or known.is_closed:
            known = _of_gradings[grading] = Sandboxes(isolated)
        return known


def _address() -> str:
    from distributed import get_worker

    return get_worker().address
