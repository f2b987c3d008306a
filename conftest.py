"""For all tests and doctests: no test leaves a thread behind, and a run says how long each part took."""

import os
import sys
import threading
import time
import traceback
from collections import Counter

import pytest

PATIENCE_S = 2.0
MOST_PROCESSES = 8  # each imports the course anew, so that more bring little
# A file of settings, which nbgrader executes with a name of its own in it.
collect_ignore = ["helpers/grading/assignments/settings/nbgrader_config.py"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """One process more than there are CPUs: a third of the time, tests wait for kernels and sleepers."""
    return min(os.cpu_count() or 1, MOST_PROCESSES) + 1


@pytest.fixture(autouse=True)
def no_thread_left():
    """Fails a test that ends before its threads do, and says where they stand."""
    before = set(threading.enumerate())
    yield
    left = threads_left(before, PATIENCE_S)
    if left:
        pytest.fail("threads left behind:\n" + "\n".join(map(whereabouts, left)))


def threads_left(before: set[threading.Thread], patience_s: float) -> list[threading.Thread]:
    """The threads that are not of `before` and do not end within `patience_s` seconds."""
    deadline = time.monotonic() + patience_s
    new = [thread for thread in threading.enumerate() if thread not in before]
    for thread in new:
        if thread is not threading.current_thread():
            thread.join(max(0.0, deadline - time.monotonic()))
    return [thread for thread in new if thread.is_alive()]


def whereabouts(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident)
    stack = "".join(traceback.format_stack(frame)[-3:]) if frame else ""
    return f"{thread.name}\n{stack}"


def part_of(nodeid: str) -> str:
    """The part of the test suite that a test belongs to.

    >>> part_of("tests/notebooks/test_run.py::test_lesson[00_start_here]")
    'tests/notebooks'
    >>> part_of("tests/test_trace.py::test_json"), part_of("helpers/trace.py::helpers.trace.Trace")
    ('tests/test_trace.py', 'helpers (doctests)')
    """
    folders = nodeid.partition("::")[0].split("/")
    return "helpers (doctests)" if folders[0] == "helpers" else "/".join(folders[:2])


def pytest_terminal_summary(terminalreporter):
    reports = [report for each in terminalreporter.stats.values() for report in each]
    timed = [report for report in reports if isinstance(report, pytest.TestReport)]
    parts = Counter()
    for report in timed:
        parts[part_of(report.nodeid)] += report.duration
    terminalreporter.section("how long each part took")
    for part, spent_s in parts.most_common():
        terminalreporter.write_line(f"{spent_s:7.1f} s  {part}")
    for report in timed:
        for name, seconds in report.user_properties:
            if report.when == "call" and name.startswith("lesson "):
                terminalreporter.write_line(f"{seconds:7.1f} s  {name}")
