"""A Dask cluster of sandboxes: the same work as a `pool` does, on as many machines as there are workers.

Submissions are read here only. Workers get answers as text, and give what their sandboxes said as text, which
is checked here as what a sandbox of this machine says is. A batch that was lost with its worker is given to
another one by Dask. Each reply carries the word of its answer, so whatever comes twice counts once.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..sandbox.jobs import Job, without_grade
from ..sandbox.outside import GRACE_S, START_LIMIT_S
from ..sandbox.replies import outcome
from ..sandbox.watching import PICTURE_S
from . import worker
from .connecting import ASK_S, GO_ON, connected, threads_of, told_by_each
from .grading import Asked, Graded, Rules, asked
from .submissions import Submission
from .versions import course_version

if TYPE_CHECKING:
    from distributed import Client, Future

#: The most submissions in a batch, and the most characters of answers, but for its last submission's.
BATCH, BATCH_LENGTH = 10, 1 << 20
#: How many batches a small class is cut into for each that can grade at a time.
BATCHES_EACH = 4
#: How many batches the cluster has for each that it can grade at a time, so that no worker waits for us.
AHEAD = 2
END_S = 10.0
#: How long there may be no worker at all, and how long Dask waits for one that fell silent.
NO_WORKER_S, SILENT_WORKER_S = 60.0, 300.0
#: How often Dask tries again what a worker could not grade; what was lost with its worker does not count.
RETRIES = 3
_LOOK_S = 2.0


@dataclass(frozen=True)
class _Batch:
    """Submissions that are with the cluster, and what will come of them."""

    asked: tuple[Asked, ...]
    future: Future

    @property
    def jobs(self) -> list[Job]:
        return [job for each in self.asked for job in each.jobs]


class Cluster:
    """Grades submissions on a Dask cluster.

    Args:
        rules: how they are graded.
        address: the scheduler's, such as "tcp://10.0.0.1:8786".
        isolated: False to do without bubblewrap.

    Raises:
        RuntimeError: where Dask is not installed, no scheduler is there, or a worker cannot grade.
        ValueError: where it is no address.
    """

    def __init__(self, rules: Rules, address: str, *, isolated: bool = True) -> None:
        self._rules, self._address, self._isolated = rules, address, isolated
        self._grading, self._numbers = secrets.token_hex(8), itertools.count(1)
        self._under_way: dict[str, _Batch] = {}
        with connected(self._address) as client:
            self._check(told_by_each(client, worker.about))

    def grade(self, submissions: Sequence[Submission]) -> Iterator[Graded]:
        """Yield what comes of each submission, in the order in which they are done.

        Where this is left early, all that was under way is ended.

        Raises:
            RuntimeError: where a worker cannot grade, the scheduler is lost, or nothing comes any more.
        """
        with connected(self._address) as client:
            size = batch_size(len(submissions), threads_of(client))
            batches = _batches(submissions, self._rules, size)
            try:
                self._fill(client, batches)
                while self._under_way:
                    for key in self._first_done(client):
                        yield from self._came_of(client, self._under_way.pop(key))
                    self._fill(client, batches)
            finally:
                self._end(client)

    def _check(self, said: dict[str, Any]) -> None:
        """Raise RuntimeError where a worker cannot grade, by what each of them said about itself."""
        if not said:
            raise RuntimeError(
                f"The scheduler at {self._address} has no workers; start one on each machine, in the "
                f"course's folder: .venv/bin/dask worker {self._address}"
            )
        wrong = [f"The worker {each} {why}." for each, about in said.items() if (why := self._wrong(about))]
        if wrong:
            raise RuntimeError("\n".join(wrong))

    def _wrong(self, about: Any) -> str:
        if not isinstance(about, str):
            return (
                f"cannot load the course; start it with the Python that the course is installed in ({about})"
            )
        about = json.loads(about)
        if about["course"] != course_version():
            return "has another version of the course, of Python or of readerwriterlock than this machine"
        if self._isolated and about["no_sandbox"]:
            return (
                f"has no sandbox: {about['no_sandbox']}. "
                "With --no-sandbox answers can do all that the worker can do there"
            )
        return ""

    def _fill(self, client: Client, batches: Iterator[Sequence[Asked]]) -> None:
        """Send what the cluster has room for; workers may come and go meanwhile."""
        room = AHEAD * max(1, threads_of(client)) - len(self._under_way)
        for each in itertools.islice(batches, max(0, room)):
            self._send(client, each)

    def _send(self, client: Client, wanted: Sequence[Asked]) -> None:
        jobs = tuple(job for each in wanted for job in each.jobs)
        batch = worker.Batch(self._grading, course_version(), self._isolated, jobs)
        key = f"grade-{self._grading}-{next(self._numbers)}"
        future = client.submit(worker.grade, batch.to_text(), key=key, pure=False, retries=RETRIES)
        self._under_way[key] = _Batch(tuple(wanted), future)

    def _first_done(self, client: Client) -> list[str]:
        """Wait until batches are done; return their keys."""
        from distributed import CancelledError, wait

        silent = time.monotonic() + self._patience_s()
        lonely = time.monotonic() + NO_WORKER_S
        while True:
            try:
                futures = [each.future for each in self._under_way.values()]
                return [each.key for each in wait(futures, _LOOK_S, "FIRST_COMPLETED").done]
            except TimeoutError:
                now = time.monotonic()
                lonely = now + NO_WORKER_S if threads_of(client) else lonely
                if now > lonely:
                    raise RuntimeError(f"There is no worker any more. {GO_ON}") from None
                if now > silent:
                    raise RuntimeError(f"Nothing came from the workers for too long. {GO_ON}") from None
            except CancelledError as error:
                raise RuntimeError(f"The scheduler at {self._address} was lost. {GO_ON}") from error

    def _patience_s(self) -> float:
        """The longest that a batch may take, after one before it, and with a worker that falls silent."""
        jobs = max(len(each.jobs) for each in self._under_way.values())
        job_s = self._rules.limits.seconds + PICTURE_S + GRACE_S
        return SILENT_WORKER_S + START_LIMIT_S + AHEAD * jobs * job_s

    def _came_of(self, client: Client, batch: _Batch) -> Iterator[Graded]:
        """Yield what came of a batch; what ends workers is tried once more, each submission by itself."""
        from distributed import CancelledError, KilledWorker

        try:
            replies = _replies(batch.future.result(timeout=ASK_S))
        except KilledWorker as error:
            if len(batch.asked) == 1:
                yield _lost(batch.asked[0], f"{error.allowed_failures + 1} workers ended while grading it")
            else:
                for each in batch.asked:
                    self._send(client, [each])
        except RuntimeError:
            raise
        except CancelledError as error:
            raise RuntimeError(f"The scheduler at {self._address} was lost. {GO_ON}") from error
        except Exception as error:
            raise RuntimeError(f"A worker cannot grade: {error!r}. {GO_ON}") from error
        else:
            for each in batch.asked:
                yield each.graded({job.question: outcome(job, replies.get(job.nonce)) for job in each.jobs})

    def _end(self, client: Client) -> None:
        # Whatever has become of the cluster: why this ends is what is to be told, not that it ends badly.
        with contextlib.suppress(Exception):
            client.cancel([each.future for each in self._under_way.values()])
            self._under_way.clear()
            told_by_each(client, worker.end, self._grading, limit_s=END_S)


def batch_size(submissions: int, at_a_time: int) -> int:
    """Return how many submissions go in a batch: the fewer there are, the smaller, so that no worker is idle.

    >>> batch_size(10_000, 2), batch_size(30, 2), batch_size(3, 16), batch_size(30, 0)
    (10, 3, 1, 7)
    """
    return max(1, min(BATCH, submissions // (BATCHES_EACH * max(1, at_a_time))))


def _batches(submissions: Sequence[Submission], rules: Rules, size: int) -> Iterator[list[Asked]]:
    """Read the submissions, each when it is its turn."""
    batch, length = [], 0
    for each in submissions:
        batch.append(asked(each, rules))
        length += sum(len(job.source) for job in batch[-1].jobs)
        if len(batch) >= size or length >= BATCH_LENGTH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _replies(text: Any) -> dict[str, Any]:
    """Return the replies in a worker's text, by the word of their answer; what is no reply is left out."""
    found = json.loads(text) if isinstance(text, str) else None
    if not isinstance(found, list):
        raise RuntimeError("A worker sent what is no list of replies.")
    return {
        each["nonce"]: each for each in found if isinstance(each, dict) and type(each.get("nonce")) is str
    }


def _lost(one: Asked, why: str) -> Graded:
    return one.graded({job.question: without_grade(job.question, "crashed", why) for job in one.jobs})
