"""What is told of a run that goes on: each request once, and the sums so far."""

import threading
import time

import pytest

from helpers.live.feed import Feed
from helpers.running import execute
from helpers.running.session import RunSession
from tests.live.frames import LIMIT_S, busy, frames_of, start_and_join


def test_each_request_is_told_once():
    frames, trace = frames_of(busy)
    told = [[frame["lanes"][lane][0], *row] for frame in frames for lane, *row in frame["rows"]]
    told = sorted((row for row in told if row[1] != "elsewhere"), key=lambda row: (row[0], row[2], row[3]))
    rows = sorted(trace.select(), key=lambda row: (row.thread, row.name, row.requested))
    assert len(frames) > 5
    assert len(told) == len(rows) > 120
    for (thread, mode, name, *times, outcome), row in zip(told, rows, strict=True):
        assert (thread, mode, name, outcome) == (row.thread, row.mode, row.name, row.outcome)
        for nano, milli in zip(times, (row.requested, row.acquired, row.released), strict=True):
            assert nano == (None if milli is None else pytest.approx(1e6 * milli, abs=2))


def test_the_last_sums_are_those_of_the_trace():
    frames, trace = frames_of(busy)
    lanes = frames[-1]["lanes"]
    assert [name for name, *_ in lanes] == ["T1", "T2", "T3"]
    for name, life, waited, count in lanes:
        assert waited / life == pytest.approx(trace.wait_share(name), abs=1e-4)
        assert count == trace.acquisitions(name)


def test_marks_that_are_counted_are_not_told():
    frames, trace = frames_of(busy, counts="met")
    assert [lane[3] for lane in frames[-1]["lanes"]] == [20, 20, 20]
    labels = [label for frame in frames for _, label, _ in frame["marks"]]
    assert labels == ["got in"] * len([row for row in trace.marks() if row.name == "got in"])


def test_what_goes_on_is_told_at_each_look_and_in_the_sums():
    seen = {}

    def program():
        lock, gate = threading.Lock(), threading.Event()

        def holds():
            with lock:
                gate.wait()

        def wants():
            with lock:
                pass

        def watches():
            while (
                len(session.waiting.blocked) < 3
            ):  # the first joins, one waits for the gate, one for the lock
                time.sleep(0.001)
            for _ in range(2):
                time.sleep(0.01)
                frame = feed.read()
                seen.setdefault("open", []).append(sorted(row[:3] + row[5:] for row in frame["open"]))
                seen.setdefault("lanes", []).append({lane[0]: lane[1:] for lane in frame["lanes"]})
            gate.set()

        start_and_join(holds, wants, watches)

    session = RunSession()
    feed = Feed(session)
    trace = execute(program, session, lambda session: session.workers.all_done.wait(LIMIT_S))
    assert trace.finished
    first, second = seen["open"]
    assert (
        first
        == second
        == [
            [0, "elsewhere", "gate", None, "waiting"],
            [0, "exclusive", "lock", None, "held"],
            [1, "exclusive", "lock", None, "waiting"],
        ]
    )
    before, after = seen["lanes"]
    assert after["T2"][1] - before["T2"][1] >= 10_000_000  # it waited on
    assert [before[name][2] for name in ("T1", "T2", "T3")] == [1, 0, 0]


def test_a_thread_that_has_ended_grows_no_older():
    def program():
        start_and_join(lambda: None, lambda: time.sleep(0.05))

    frames, trace = frames_of(program)
    lives = [lane[1] for frame in frames for lane in frame["lanes"] if lane[0] == "T1"]
    assert lives[-1] == pytest.approx(1e6 * trace.lifetime("T1"), abs=2)


def test_what_is_not_shown_is_not_told():
    frames, _ = frames_of(lambda: start_and_join(lambda: time.sleep(0.15)))
    assert all(not frame["rows"] and not frame["open"] for frame in frames)
