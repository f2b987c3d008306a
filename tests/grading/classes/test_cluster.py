"""A real Dask cluster on this machine: one of its two workers is killed in the middle of a batch."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from helpers.grading.classes.cluster import Cluster
from helpers.grading.classes.connecting import connected, threads_of
from helpers.grading.classes.grading import Rules
from helpers.grading.classes.pool import Pool
from helpers.grading.classes.submissions import find_submissions
from helpers.grading.sandbox import Limits, bubblewrap
from tests.grading.needing import needs_bubblewrap
from tests.hostile.classes import NAME, SELL, hand_in, notebook

PATIENCE_S = 60
LIMIT_S = 2.0
BUSY = "while True:\n    pass\n"
WRONG = SELL.replace("with shop.lock:", "if True:")
STUDENTS = [f"student {number:02}" for number in range(30)]
DASK = [sys.executable, "-m", "dask"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(bubblewrap.ROOT), *sys.path[1:]])}

pytestmark = needs_bubblewrap


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler's address and its two workers; all is ended by its own number."""
    folder = tmp_path_factory.mktemp("cluster")
    with contextlib.ExitStack() as stack:
        told = folder / "scheduler.json"
        options = ["--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0"]
        start(stack, folder, "scheduler", *options, "--no-dashboard", "--scheduler-file", str(told))
        workers = [worker(stack, folder, told, number) for number in (1, 2)]
        wait_until(told.is_file)
        address = json.loads(told.read_text())["address"]
        with connected(address) as client:
            wait_until(lambda: threads_of(client) == 2)
        yield address, workers


def worker(stack, folder, told, number):
    options = ["--scheduler-file", str(told), "--nthreads", "1", "--host", "127.0.0.1", "--no-nanny"]
    own = folder / str(number)
    return start(stack, folder, "worker", *options, "--no-dashboard", "--local-directory", str(own))


def start(stack, folder, *words):
    log = stack.enter_context((folder / "log").open("ab"))
    process = subprocess.Popen([*DASK, *words], env=ENVIRONMENT, cwd=folder, stdout=log, stderr=log)
    stack.callback(end, process)
    return process


def end(process):
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def wait_until(is_so):
    deadline = time.monotonic() + PATIENCE_S
    while not (found := is_so()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def below(process: int) -> set[int]:
    """All processes that a process started, and theirs."""
    children = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, set()).add(int(path.parent.name))
    found, left = set(), [process]
    while left:
        new = children.get(left.pop(), set())
        found |= new
        left += new
    return found


def is_there(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def is_grading(worker) -> set[int]:
    """A worker's sandbox, where the same answer is under way in it for a while; else nothing."""
    before = below(worker.pid)
    time.sleep(0.3)
    # Bubblewrap, the server, the answer.
    return before if len(before) == 3 and below(worker.pid) == before else set()


@pytest.fixture
def handed_in(tmp_path):
    """A class in which two answers never end, each in another batch, and two are wrong."""
    for number, student in enumerate(STUDENTS):
        source = BUSY if number % 15 == 1 else WRONG if number % 15 == 7 else SELL
        hand_in(tmp_path / "in", student, notebook(source, name=student))
    return tmp_path / "in"


def test_a_worker_is_killed_in_the_middle_and_nothing_is_lost_or_graded_twice(cluster, handed_in):
    address, workers = cluster
    rules, submissions = Rules(Limits(LIMIT_S)), find_submissions(handed_in)
    killed, sandboxes = [], set()

    def kill():
        deadline = time.monotonic() + PATIENCE_S
        while not killed and time.monotonic() < deadline:
            for each in workers:
                if not killed and (sandbox := is_grading(each)):
                    sandboxes.update(sandbox)
                    os.kill(each.pid, signal.SIGKILL)
                    killed.append(each)

    killer = threading.Thread(target=kill)
    killer.start()
    done = list(Cluster(rules, address).grade(submissions))
    killer.join()

    assert [each.wait(10) for each in killed] == [-signal.SIGKILL]
    assert sorted(each.record.student for each in done) == STUDENTS
    statuses = [each.record.questions[0].status for each in done]
    assert (statuses.count("timeout"), statuses.count("graded")) == (2, 28)
    (alive,) = (each for each in workers if each not in killed)
    wait_until(lambda: not any(map(is_there, sandboxes)) and not below(alive.pid))

    here = Pool(rules, workers=2).grade(submissions)
    assert by_student(done) == by_student(here)


def by_student(done):
    return {each.record.student: each for each in done}


def test_an_interrupted_class_leaves_no_process_and_goes_on(cluster, tmp_path):
    address, workers = cluster
    out = tmp_path / "out"
    for student in ("ada", "bo", "cy"):
        hand_in(tmp_path / "in", student, notebook(SELL, name=student))
    busy = hand_in(tmp_path / "in", "dora", notebook(BUSY))
    typed = [sys.executable, "-m", "helpers.grading", "grade", "in", "--out", "out", "--limit", "100"]
    typed += ["--scheduler", address]
    options = {"env": ENVIRONMENT, "cwd": tmp_path, "text": True}
    process = subprocess.Popen(typed, stderr=subprocess.PIPE, **options)
    try:
        wait_until(lambda: len(list(out.glob("records/*/*.json"))) == 3)
        sandboxes = wait_until(lambda: set().union(*(is_grading(each) for each in workers)))
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "the same command goes on" in errors
    wait_until(lambda: not any(map(is_there, sandboxes)))

    busy.write_text(json.dumps(notebook(SELL)))
    again = subprocess.run(typed, capture_output=True, timeout=PATIENCE_S, **options)
    assert again.returncode == 1, again.stderr
    assert "3 of 4 were graded before" in again.stdout
    assert (out / "grades.csv").read_text().count(",incomplete,4,") == 4
    assert len(list(out.glob(f"records/*/{NAME}.json"))) == 4
