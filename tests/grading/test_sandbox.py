"""The sandbox by itself: what comes back is checked, and nothing is left for the next answer."""

import base64
import json
import os
import platform
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from helpers.grading.classes.grading import Rules
from helpers.grading.classes.pool import Pool
from helpers.grading.sandbox import Job, Limits, Sandbox, bubblewrap, kernel_filter, outside
from helpers.grading.sandbox.frames import receive, send
from helpers.grading.sandbox.jobs import outcome_of
from helpers.grading.sandbox.sweeping import Scratch, end_all
from tests.grading.needing import SKIPPED, WHY, needs_bubblewrap

pytestmark = pytest.mark.xdist_group("sandbox")

SELL = """
def sell(shop):
    with shop.lock:
        if shop.left == 0:
            return False
        shop.left -= 1
        return True
"""
UNLOCKED = SELL.replace("with shop.lock:", "if True:")
FOUND = [{"name": "works", "points": 4, "max_points": 4, "reason": ""}]
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


@pytest.fixture(scope="module", params=[True, False], ids=["isolated", "plain"])
def sandbox(request):
    if request.param and SKIPPED:
        pytest.skip(WHY)
    with Sandbox(isolated=request.param) as one:
        yield one


def asked(sandbox, source, **options):
    limits = Limits(seconds=options.pop("seconds", 20.0))
    return sandbox.grade(Job("01.1", source, limits=limits, allow_list=False, **options))


def test_a_right_answer(sandbox):
    outcome = asked(sandbox, SELL)
    assert (outcome.status, outcome.points, outcome.reason, outcome.png) == ("graded", 4, "", b"")


def test_a_wrong_answer_comes_with_its_schedule_and_timeline(sandbox):
    outcome = asked(sandbox, UNLOCKED)
    assert (outcome.status, outcome.points) == ("graded", 1)
    assert "race condition" in outcome.reason
    shown = next(each for each in outcome.findings if "explanation" in each)
    assert shown["schedule"]
    assert "T1" in shown["explanation"]
    assert outcome.png.startswith(b"\x89PNG")
    assert outcome.alt


def test_an_answer_that_ends_its_process_costs_only_itself(sandbox):
    assert asked(sandbox, "import os\nos._exit(3)").reason.endswith("exit code 3")
    assert asked(sandbox, SELL).points == 4


def test_a_blocked_answer_is_ended(sandbox):
    began = time.monotonic()
    outcome = asked(sandbox, "import threading\nthreading.Event().wait()", seconds=0.5)
    assert (outcome.status, outcome.reason) == ("timeout", "not done after 0.5 s")
    assert time.monotonic() - began < 10


def test_who_closes_the_channel_and_goes_on_is_ended(sandbox):
    outcome = asked(sandbox, "import os\nos.closerange(0, 64)\nwhile True: pass", seconds=1.0)
    assert outcome.status == "crashed"


def test_a_learner_has_numbers_of_their_own(sandbox):
    source = "raise ValueError(my_rounds())"
    said = {
        sandbox.grade(Job("01.3", source, name, allow_list=False)).reason
        for name in ("Ada", "Bo", "Cy", "Di", "Eve", "Flo")
    }
    assert len(said) > 1


@needs_bubblewrap
def test_nothing_is_left_for_the_next_answer():
    leave = "import os\nopen('/tmp/left', 'w')\nos.makedirs('/tmp/a/b')\nos.chmod('/tmp/a', 0)\nos._exit(0)"
    look = "import os\nraise ValueError(os.path.exists('/tmp/left'), os.path.exists('/tmp/a'))"
    with Sandbox() as sandbox:
        assert asked(sandbox, leave).status == "crashed"
        assert "(False, False)" in asked(sandbox, look).reason


@needs_bubblewrap
def test_what_an_answer_sees_of_the_system():
    look = "import os\nraise ValueError(sorted(os.listdir(@)))"
    with Sandbox() as sandbox:
        root = repr(str(bubblewrap.ROOT))
        # .venv holds the Python that runs this, where the course was installed by make.
        seen = asked(sandbox, look.replace("@", root)).reason.replace("'.venv', ", "")
        assert "['exercises', 'helpers']" in seen
        assert "['null', 'urandom', 'zero']" in asked(sandbox, look.replace("@", "'/dev'")).reason
        assert "FileNotFoundError" in asked(sandbox, look.replace("@", "'/proc/1'")).reason
        assert "FileNotFoundError" in asked(sandbox, look.replace("@", "'/home'")).reason
        assert (
            "(65534, 0)"
            in asked(sandbox, "import os\nraise ValueError((os.getuid(), os.getppid() - 1))").reason
        )


@needs_bubblewrap
def test_a_lost_server_is_replaced():
    with Sandbox() as sandbox:
        assert asked(sandbox, SELL).points == 4
        sandbox.abort()
        assert asked(sandbox, SELL).status == "crashed"
        assert asked(sandbox, SELL).points == 4


@pytest.mark.parametrize("isolated", [pytest.param(True, marks=needs_bubblewrap), False])
def test_who_began_and_was_never_asked_leaves_no_server(isolated):
    with Sandbox(isolated=isolated) as sandbox:
        sandbox.begin()
        server = sandbox._process
        assert server.poll() is None
    assert server.returncode is not None


@needs_bubblewrap
def test_a_pool_that_grades_nothing_leaves_no_server():
    with Pool(Rules(), workers=2) as pool:
        servers = [each._process for each in pool._sandboxes]
        assert [each.poll() for each in servers] == [None, None]
    assert None not in [each.returncode for each in servers]


def test_a_server_that_cannot_start_says_why(monkeypatch):
    monkeypatch.setattr(outside, "_SERVE", "raise SystemExit('no room')  # {root} {to}")
    with Sandbox(isolated=False) as sandbox, pytest.raises(RuntimeError, match=r"does not start .*: no room"):
        asked(sandbox, SELL)


@needs_bubblewrap
def test_another_thread_can_end_what_is_under_way():
    with Sandbox() as sandbox:
        assert asked(sandbox, SELL).points == 4
        timer = threading.Timer(0.3, sandbox.abort)
        timer.start()
        outcome = asked(sandbox, "import threading\nthreading.Event().wait()", seconds=60.0)
        timer.join()
    assert outcome.status == "crashed"


def test_without_bubblewrap_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    bubblewrap.missing.cache_clear()
    try:
        with pytest.raises(RuntimeError, match=r"not installed; install it .*--no-sandbox"):
            Sandbox()
    finally:
        bubblewrap.missing.cache_clear()


def test_a_bubblewrap_that_does_not_work_is_told(monkeypatch, tmp_path):
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho no namespaces here >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    bubblewrap.missing.cache_clear()
    try:
        with pytest.raises(RuntimeError, match="does not work here: no namespaces here"):
            Sandbox()
    finally:
        bubblewrap.missing.cache_clear()


@pytest.mark.parametrize("limits", [{"seconds": 0}, {"seconds": -1}, {"memory_mib": 10}, {"output_kib": 0}])
def test_limits_that_nothing_could_be_graded_in_are_refused(limits):
    with pytest.raises(ValueError, match=next(iter(limits))):
        Limits(**limits)


def result(job, **changes):
    return json.dumps({"nonce": job.nonce, "status": "graded", "findings": FOUND} | changes)


def test_a_result_that_fits_is_believed():
    job = Job("01.1", "")
    picture = json.dumps({"nonce": job.nonce, "png": PNG, "alt": "a line"})
    outcome = outcome_of(job, result(job), picture)
    assert (outcome.points, outcome.png[1:4], outcome.alt) == (4, b"PNG", "a line")


def test_time_and_chance_may_be_in_a_schedule():
    job = Job("01.1", "")
    shown = FOUND[0] | {"points": 0, "reason": "late", "explanation": "1 T1", "schedule": [0, -1, -5002]}
    assert outcome_of(job, result(job, findings=[shown])).findings[0]["schedule"] == [0, -1, -5002]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"nonce": "0" * 32}, "word"),
        ({"nonce": None}, "word"),
        ({"status": "perfect"}, "status"),
        ({"status": ["graded"]}, "status"),
        ({"findings": {}}, "no list"),
        ({"findings": FOUND * 2}, "not those of the question"),
        ({"findings": []}, "not those of the question"),
        ({"findings": FOUND * 1000}, "no list"),
        ({"findings": [7]}, "no object"),
        ({"findings": [FOUND[0] | {"points": 5}]}, "between 0 and its maximum"),
        ({"findings": [FOUND[0] | {"points": -1}]}, "between 0 and its maximum"),
        ({"findings": [FOUND[0] | {"points": True}]}, "between 0 and its maximum"),
        ({"findings": [FOUND[0] | {"points": 4.0}]}, "between 0 and its maximum"),
        ({"findings": [FOUND[0] | {"reason": 7}]}, "reason is no text"),
        ({"findings": [FOUND[0] | {"reason": "x" * 5000}]}, "too long"),
        ({"findings": [FOUND[0] | {"explanation": "", "schedule": "01"}]}, "schedule is no list"),
        ({"findings": [FOUND[0] | {"explanation": "", "schedule": ["<"]}]}, "numbers of threads"),
        ({"findings": [FOUND[0] | {"explanation": "", "schedule": [-(10**9)]}]}, "numbers of threads"),
        ({"status": "refused", "why": None}, "why is no text"),
        ({"more": "x" * (300 << 10)}, "longer than 256 KiB"),
    ],
)
def test_a_result_that_does_not_fit_is_not(changes, why):
    job = Job("01.1", "")
    with pytest.raises(ValueError, match=why):
        outcome_of(job, result(job, **changes))


@pytest.mark.parametrize("text", ["", "x", "[" * 200_000, "7", "[]", '"a"', '{"nonce": 1e999}'])
def test_what_is_no_result_is_refused(text):
    with pytest.raises(ValueError, match=r"no JSON|word"):
        outcome_of(Job("01.1", ""), text)


@pytest.mark.parametrize("picture", ["x", "{}", '{"png": 7}', '{"png": "PHN2Zz4="}'])
def test_a_picture_that_is_none_is_left_out(picture):
    job = Job("01.1", "")
    if picture.startswith("{"):
        picture = json.dumps({"nonce": job.nonce, "alt": "", **json.loads(picture)})
    assert outcome_of(job, result(job), picture).png == b""


def test_what_would_steer_a_terminal_or_break_a_file_is_taken_out():
    job = Job("01.1", "")
    outcome = outcome_of(job, result(job, status="refused", why="a\x1b[31m\udc80\0b"))
    assert outcome.reason == "a\ufffd[31m?\ufffdb"


def test_a_message_has_a_deadline_and_an_end():
    reader, writer = os.pipe()
    try:
        with pytest.raises(TimeoutError):
            receive(reader, 0.05)
        send(writer, {"a": 1})
        assert receive(reader, 5.0) == {"a": 1}
        os.write(writer, b"\xff" * 4)
        with pytest.raises(ValueError, match="longer"):
            receive(reader, 5.0)
        os.close(writer)
        writer = -1
        with pytest.raises(EOFError):
            receive(reader, 5.0)
    finally:
        os.close(reader)
        if writer >= 0:
            os.close(writer)


def test_nobody_is_ended_outside_of_a_namespace():
    with pytest.raises(RuntimeError, match="first process"):
        end_all(os.getpid(), everybody=True)


def test_a_scratch_folder_keeps_what_it_held(tmp_path):
    (tmp_path / "kept").mkdir()
    scratch = Scratch(tmp_path)
    (tmp_path / "kept/new").write_text("new")
    (tmp_path / "link").symlink_to(Path(__file__).parent)
    scratch.empty()
    assert [path.name for path in tmp_path.rglob("*")] == ["kept"]
    assert Path(__file__).exists()


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_jump_of_the_filter_stays_inside(machine):
    lines = kernel_filter.program(machine, 7)
    count = len(lines) // 8
    assert count < 4096
    for at in range(count):
        code, jump_true, jump_false = lines[8 * at], lines[8 * at + 2], lines[8 * at + 3]
        if code & 7 == 5:
            assert at + 1 + max(jump_true, jump_false) < count
    assert lines[-8] == 6  # ends in a return


CALL = """
import ctypes, sys
from helpers.grading.sandbox import kernel_filter
kernel_filter.impose_filter()
number, *arguments = map(int, sys.argv[1:])
found = ctypes.CDLL(None, use_errno=True).syscall(number, *map(ctypes.c_long, arguments))
print(found, ctypes.get_errno())
"""
ENOSYS, SIGSYS = 38, 31


@pytest.mark.skipif(platform.machine() != "x86_64" or sys.platform != "linux", reason="numbers of x86_64")
@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ((39,), 0),  # getpid
        ((57,), -SIGSYS),  # fork
        ((56, 17), -SIGSYS),  # clone without CLONE_THREAD
        ((435, 0, 0), f"-1 {ENOSYS}"),  # clone3
        ((41, 2, 1, 0), -SIGSYS),  # socket
        ((101, 0), -SIGSYS),  # ptrace
        ((62, 1, 0), -SIGSYS),  # kill of another
        ((0x40000000 + 39,), -SIGSYS),  # getpid under its x32 number
    ],
    ids=lambda value: str(value),
)
def test_the_kernel_ends_whoever_makes_a_call_that_is_refused(call, wanted):
    command = [sys.executable, "-c", CALL, *map(str, call)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=bubblewrap.ROOT)
    if isinstance(wanted, str):
        assert run.stdout.strip() == wanted
    else:
        assert run.returncode == wanted, run.stderr
