"""A class graded by Dask's workers: nothing is lost, or counted twice, or waited for without end."""

import json
import socket
import sys
from types import SimpleNamespace

import pytest
from distributed import CancelledError, KilledWorker

from helpers.grading.__main__ import main
from helpers.grading.classes import cluster, connecting, worker
from helpers.grading.classes.cluster import Cluster
from helpers.grading.classes.grading import Rules
from helpers.grading.classes.submissions import find_submissions
from helpers.grading.classes.versions import course_version
from helpers.grading.sandbox import Job
from tests.hostile.classes import SELL, hand_in, notebook

STUDENTS = ("ada", "bo", "cy", "dora", "eve")
ADDRESS = "tcp://127.0.0.1:8786"


def replies_to(batch):
    """What comes of answers that are never looked at: all of them were not done in time."""
    return [{**worker_reply(job), "why": "timeout"} for job in batch.jobs]


def worker_reply(job):
    return {
        "nonce": job.nonce,
        "result": None,
        "picture": "",
        "why": "",
        "filtered": False,
        "ended": "",
    }


class Client:
    """Dask's client of a cluster whose workers do at once what they are told to do here."""

    def __init__(self, does=replies_to, threads=1):
        self.does, self.threads, self.sent, self.cancelled, self.ended = does, threads, [], [], []

    def submit(self, _, text, *, key, **options):
        batch = worker.Batch.from_text(text)
        self.sent.append([job.learner for job in batch.jobs])
        return SimpleNamespace(key=key, result=lambda timeout: self._result(batch))

    def _result(self, batch):
        found = self.does(batch)
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, str) else json.dumps(found)

    def cancel(self, futures):
        self.cancelled += futures

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


@pytest.fixture
def graded(tmp_path, monkeypatch):
    """Grades a class by a client that is none; returns whom, with what came of 01.1."""
    for student in STUDENTS:
        hand_in(tmp_path / "in", student, notebook(SELL, name=student))

    def told_by_each(client, function, *args, limit_s=0):
        if function is worker.end:
            client.ended += args
        return {"tcp://a:1": json.dumps({"course": course_version(), "no_sandbox": ""})}

    def grade(client, wait=lambda futures, *_: SimpleNamespace(done=futures[:1])):
        monkeypatch.setattr(cluster, "connected", lambda _: client)
        monkeypatch.setattr(cluster, "threads_of", lambda client: client.threads)
        monkeypatch.setattr(cluster, "told_by_each", told_by_each)
        monkeypatch.setattr("distributed.wait", wait)
        done = Cluster(Rules(), ADDRESS).grade(find_submissions(tmp_path / "in"))
        return [(each.record.student, each.record.questions[0]) for each in done]

    return grade


def test_each_submission_comes_back_once(graded):
    client = Client()
    came = graded(client)
    assert sorted(student for student, _ in came) == [*STUDENTS]
    assert {each.status for _, each in came} == {"timeout"}
    assert sorted(name for each in client.sent for name in each) == [*STUDENTS]
    assert len(client.ended) == 1


def test_many_go_in_batches_and_no_more_than_there_is_room_for(graded, monkeypatch):
    client, most = Client(threads=2), []

    def wait(futures, *_):
        most.append(len(futures))
        return SimpleNamespace(done=futures[:1])

    monkeypatch.setattr(cluster, "batch_size", lambda *_: 1)
    monkeypatch.setattr(cluster, "AHEAD", 1)
    graded(client, wait)
    assert max(most) == 2
    assert [len(each) for each in client.sent] == [1, 1, 1, 1, 1]
    monkeypatch.setattr(cluster, "batch_size", lambda *_: 2)
    client = Client()
    graded(client)
    assert [len(each) for each in client.sent] == [2, 2, 1]


def test_long_answers_go_in_small_batches(graded, monkeypatch):
    monkeypatch.setattr(cluster, "batch_size", lambda *_: 9)
    monkeypatch.setattr(cluster, "BATCH_LENGTH", len(SELL) + 1)
    client = Client()
    graded(client)
    assert [len(each) for each in client.sent] == [2, 2, 1]


def test_a_reply_counts_once_and_only_for_its_own_answer(graded):
    stranger = Job("01.1", SELL)

    def does(batch):
        return [worker_reply(stranger), 7, *reversed(replies_to(batch)), *replies_to(batch), {"nonce": []}]

    came = graded(Client(does))
    assert sorted(student for student, _ in came) == [*STUDENTS]
    assert {each.status for _, each in came} == {"timeout"}


def test_a_reply_that_did_not_come_is_no_grade(graded):
    came = graded(Client(lambda batch: []))
    assert [each.status for _, each in came] == ["crashed"] * 5
    assert {each.points for _, each in came} == {None}


def test_only_what_ends_workers_is_not_graded(graded, monkeypatch):
    monkeypatch.setattr(cluster, "batch_size", lambda *_: 2)

    def does(batch):
        is_poisoned = any(job.learner == "cy" for job in batch.jobs)
        return KilledWorker("key", None, 3) if is_poisoned else replies_to(batch)

    client = Client(does)
    came = dict(graded(client))
    assert [len(each) for each in client.sent] == [2, 2, 1, 1, 1]
    assert {student: each.status for student, each in came.items()} == {
        student: "crashed" if student == "cy" else "timeout" for student in STUDENTS
    }
    assert came["cy"].reason == "4 workers ended while grading it"


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (RuntimeError("The worker a cannot grade: it has no sandbox"), "a cannot grade"),
        (ModuleNotFoundError("helpers"), "A worker cannot grade: ModuleNotFoundError"),
        ("no JSON", "A worker cannot grade: JSONDecodeError"),
        ({}, "no list of replies"),
        (CancelledError(), f"The scheduler at {ADDRESS} was lost"),
    ],
)
def test_a_worker_that_cannot_grade_is_told_and_all_is_ended(graded, found, says):
    client = Client(lambda batch: found)
    with pytest.raises(RuntimeError, match=says):
        graded(client)
    assert len(client.ended) == len(client.cancelled) == 1


def late(*_):
    raise TimeoutError


def lost(*_):
    raise CancelledError


@pytest.mark.parametrize(
    ("limits", "wait", "threads", "says"),
    [
        ({"NO_WORKER_S": -1}, late, 0, "There is no worker any more"),
        ({"SILENT_WORKER_S": -1e9}, late, 1, "Nothing came from the workers"),
        ({}, lost, 1, "was lost. What is done is kept"),
    ],
)
def test_nothing_is_waited_for_without_end(graded, monkeypatch, limits, wait, threads, says):
    for name, value in limits.items():
        monkeypatch.setattr(cluster, name, value)
    client = Client(threads=threads)
    with pytest.raises(RuntimeError, match=says):
        graded(client, wait)
    assert len(client.ended) == 1


def about(**changes):
    return json.dumps({"course": course_version(), "no_sandbox": "", **changes})


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({}, "has no workers; start one on each machine"),
        ({"tcp://b:1": about(course="older")}, "tcp://b:1 has another version"),
        ({"tcp://b:1": ModuleNotFoundError("helpers")}, "tcp://b:1 cannot load the course"),
        (
            {"tcp://b:1": about(no_sandbox="no bwrap")},
            "tcp://b:1 has no sandbox: no bwrap. With --no-sandbox",
        ),
    ],
)
def test_a_cluster_that_cannot_grade_is_told_at_the_door(monkeypatch, said, says):
    monkeypatch.setattr(cluster, "connected", lambda _: Client())
    monkeypatch.setattr(cluster, "told_by_each", lambda *_: {**said, "tcp://a:1": about()} if said else {})
    with pytest.raises(RuntimeError, match=says) as raised:
        Cluster(Rules(), ADDRESS)
    assert "tcp://a:1 " not in str(raised.value)


def test_without_a_sandbox_where_one_is_told_so(monkeypatch):
    monkeypatch.setattr(cluster, "connected", lambda _: Client())
    monkeypatch.setattr(cluster, "told_by_each", lambda *_: {"tcp://a:1": about(no_sandbox="no bwrap")})
    assert Cluster(Rules(), ADDRESS, isolated=False)


@pytest.mark.parametrize(
    "address", ["8786", "here", "http://a:8786", "tcp://a", "tcp://a:8786/x", "a b:1", ""]
)
def test_what_is_no_address(address):
    with pytest.raises(ValueError, match="one looks like tcp://10"), connecting.connected(address):
        pass


def test_without_dask_it_says_how_to_get_it(tmp_path, monkeypatch, capsys):
    hand_in(tmp_path / "in", "ada", notebook(SELL))
    monkeypatch.setitem(sys.modules, "distributed", None)
    typed = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--scheduler", ADDRESS]
    assert main(typed) == 2
    assert "-e '.[cluster]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("is_there", [True, False])
def test_a_scheduler_that_does_not_answer(monkeypatch, is_there):
    """A port where somebody listens and says nothing, and one where nobody does."""
    monkeypatch.setattr(connecting, "CONNECT_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
        if not is_there:
            server.close()
        with (
            pytest.raises(RuntimeError, match=f"reached at {address}: no answer within"),
            connecting.connected(address),
        ):
            pass


def test_a_scheduler_that_is_reached_with_certificates_only():
    address = "tls://127.0.0.1:8786"
    with pytest.raises(RuntimeError, match="check your TLS configuration"), connecting.connected(address):
        pass
