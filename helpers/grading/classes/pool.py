"""A pool of sandboxes on this machine: one a CPU, each with a thread that hands it submissions."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Sequence

from ..sandbox import Sandbox
from .grading import Graded, Rules, graded
from .submissions import Submission


def cpus() -> list[int]:
    """Return the numbers of the CPUs that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


class Pool:
    """Grades submissions, several at a time. Its sandboxes start at once, and end with the `with` block.

    Args:
        rules: how they are graded.
        workers: how many at a time.
        isolated: False to do without bubblewrap.
    """

    def __init__(self, rules: Rules, *, workers: int, isolated: bool = True) -> None:
        self._rules, self._stop = rules, threading.Event()
        here = cpus()
        self._sandboxes = [
            Sandbox(isolated=isolated, cpu=here[each % len(here)]) for each in range(max(1, workers))
        ]
        self._wanted: queue.SimpleQueue[Submission] = queue.SimpleQueue()
        # Bounded, so that a slow disk holds up the graders and not the memory.
        self._done: queue.Queue[Graded | BaseException | None] = queue.Queue(4 * len(self._sandboxes))
        try:
            for sandbox in self._sandboxes:
                sandbox.begin()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the sandboxes, where `grade` has not ended them."""
        for sandbox in self._sandboxes:
            sandbox.close()

    def grade(self, submissions: Sequence[Submission]) -> Iterator[Graded]:
        """Yield what comes of each submission, in the order in which they are done.

        Where this is left early, all that was under way is ended.

        Raises:
            RuntimeError: where a sandbox does not start.
        """
        for submission in submissions:
            self._wanted.put(submission)
        threads = [
            threading.Thread(target=self._work, args=(each,), name=f"grader {number}", daemon=True)
            for number, each in enumerate(self._sandboxes, 1)
        ]
        for thread in threads:
            thread.start()
        try:
            working = len(threads)
            while working:
                done = self._done.get()
                if isinstance(done, BaseException):
                    raise done
                if done is None:
                    working -= 1
                else:
                    yield done
        finally:
            self._end(threads)

    def _work(self, sandbox: Sandbox) -> None:
        try:
            while not self._stop.is_set():
                done = graded(self._wanted.get_nowait(), self._rules, sandbox.grade)
                self._hand_over(done)
        except queue.Empty:
            self._hand_over(None)
        except BaseException as error:
            self._hand_over(error)
        finally:
            sandbox.close()

    def _hand_over(self, done: Graded | BaseException | None) -> None:
        while not self._stop.is_set():
            try:
                return self._done.put(done, timeout=0.2)
            except queue.Full:
                continue

    def _end(self, threads: list[threading.Thread]) -> None:
        self._stop.set()
        while any(thread.is_alive() for thread in threads):
            for sandbox in self._sandboxes:
                sandbox.abort()
            for thread in threads:
                thread.join(0.2)
