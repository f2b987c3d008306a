"""What a Dask worker does of a class: its sandboxes are kept, and ended with the class or without it."""

import json
import threading

import pytest

from helpers.grading.classes import worker
from helpers.grading.classes.versions import course_version
from helpers.grading.sandbox import Job


class Box:
    """A sandbox that answers when it is told to, or is aborted."""

    made: list

    def __init__(self, *, isolated):
        self.isolated, self.aborted = isolated, threading.Event()
        self.asked, self.closed = threading.Event(), threading.Event()
        self.made.append(self)

    def ask(self, job):
        self.asked.set()
        if job.source == "blocks":
            assert self.aborted.wait(20)
        return {"nonce": job.nonce}

    def abort(self):
        self.aborted.set()

    def close(self):
        self.closed.set()


@pytest.fixture
def boxes(monkeypatch):
    monkeypatch.setattr(worker, "Sandbox", Box)
    monkeypatch.setattr(worker, "_address", lambda: "tcp://a:1")
    monkeypatch.setattr(worker, "_of_gradings", {})
    Box.made = []
    yield Box.made
    for grading in [*worker._of_gradings]:
        worker.end(grading)


def batch(*sources, grading="one", course=None):
    jobs = tuple(Job("01.1", each) for each in sources)
    return worker.Batch(grading, course or course_version(), True, jobs)


def test_a_worker_keeps_its_sandbox_until_the_class_is_ended(boxes):
    for _ in range(2):
        wanted = batch("a", "b")
        replies = json.loads(worker.grade(wanted.to_text()))
        assert [each["nonce"] for each in replies] == [job.nonce for job in wanted.jobs]
    worker.grade(batch("c", grading="another").to_text())
    worker.end("one")
    worker.end("never heard of")
    assert [each.closed.is_set() for each in boxes] == [True, False]
    with pytest.raises(RuntimeError, match="The worker tcp://a:1 cannot grade: its class was ended"):
        worker.grade(batch("d").to_text())
    assert len(boxes) == 2


def test_a_worker_with_another_version_refuses(boxes):
    with pytest.raises(RuntimeError, match="tcp://a:1 cannot grade: it has another version of the course"):
        worker.grade(batch("a", course="older").to_text())
    assert boxes == []


def test_the_end_of_a_class_ends_what_is_under_way(boxes):
    sandboxes, raised = worker.Sandboxes(isolated=True), []
    sandboxes.ask(batch("makes one").jobs)
    boxes[0].asked.clear()

    def ask():
        try:
            sandboxes.ask(batch("blocks", "never asked").jobs)
        except RuntimeError as error:
            raised.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    assert boxes[0].asked.wait(20)
    sandboxes.close()
    thread.join(20)
    assert raised == ["its sandboxes were closed"]
    assert [each.closed.is_set() for each in boxes] == [True]


def test_sandboxes_that_nobody_asks_any_more_are_ended(boxes):
    sandboxes = worker.Sandboxes(isolated=True, idle_s=0.05)
    sandboxes.ask(batch("a").jobs)
    assert sandboxes._closed.wait(20)
    with pytest.raises(RuntimeError, match="were closed"):
        sandboxes.ask(batch("b").jobs)
    assert len(boxes) == 1
    assert boxes[0].closed.wait(20)
    worker._of_gradings["one"] = sandboxes
    assert not worker._sandboxes("one", True).is_closed
