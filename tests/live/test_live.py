"""`Live` without a browser: what Run, Stop and the knobs do, and that no thread is left."""

import subprocess
import sys
import threading
import time

import pytest

from helpers import Live, explore, mark, run
from helpers.lessons.mutual_exclusion.live import COUNTER
from helpers.live import Choice, Experiment, Scene, Slider
from tests.live.frames import start_and_join

PATIENCE_S = 10.0


def turns(*, threads, rounds, ends):
    """Threads that take turns at a lock: so many rounds, or for ever; or that end in a way of their own."""
    done = []

    def program():
        lock, other = threading.Lock(), threading.Lock()
        each_has_one = threading.Barrier(2)

        def work():
            for _ in range(round(rounds)) if ends == "by itself" else iter(int, 1):
                with lock:
                    time.sleep(0.002)
                    done.append(1)
                    mark("turn")
                time.sleep(0.001)

        def crosswise(first, second):
            with first:
                each_has_one.wait()
                with second:
                    pass

        def fail():
            raise ValueError("no such account")

        if ends == "in a deadlock":
            start_and_join(lambda: crosswise(lock, other), lambda: crosswise(other, lock), work)
        else:
            start_and_join(*[fail if ends == "in an error" else work] * threads)
        return len(done)

    return Scene(program, lambda: f"{len(done)} turns")


TURNS = Experiment(
    "Turns",
    turns,
    (
        Choice("ends", "ends", ("never", "by itself", "in a deadlock", "in an error")),
        Slider("threads", "threads", 3, 1, 5),
        Slider("rounds", "rounds", 5, 1, 100),
    ),
    counts=("turn", "turns"),
    limit_s=20.0,
)


@pytest.fixture
def live():
    made = Live(TURNS)
    made.sent = []
    made.send = lambda content, *_: made.sent.append(content)
    yield made
    made.stop()


def frames(live):
    return [content for content in live.sent if content["kind"] == "frame"]


def wait_until(condition, what):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"{what} has not happened"
        time.sleep(0.01)


# ---- the plain call


def test_run_gives_the_trace_of_a_program_that_ends(live):
    trace = live.run(ends="by itself")
    assert trace.finished
    assert trace.result == 15
    assert live.frozen["ending"] == "finished"
    assert live.frozen["tells"] == "15 turns"
    assert live.trace is trace


def test_what_is_shown_is_what_the_trace_says(live):
    trace = live.run(ends="by itself", rounds=30)
    frozen = live.frozen
    assert frozen["lanes"] == ["T1", "T2", "T3"]
    for name, (waited, turns, in_vain) in zip(frozen["lanes"], frozen["sums"], strict=True):
        assert waited == pytest.approx(trace.wait_share(name), abs=0.01)
        assert (turns, in_vain) == (30, 0)


def test_each_hold_is_sent_once(live):
    trace = live.run(ends="by itself", rounds=60)
    sent = [row for frame in frames(live) for row in frame["rows"] if row[1] == "exclusive"]
    rows = [row for row in trace.select() if row.thread != "MainThread"]
    assert len(frames(live)) > 1
    assert len(sent) == len(rows) == 180
    starts = sorted(granted / 1e6 for *_, granted, _, _ in sent)
    assert starts == pytest.approx(sorted(row.acquired for row in rows), abs=0.001)


def test_a_program_without_an_end_is_ended_when_the_time_is_up(live):
    trace = live.run(seconds=0.3)
    assert not trace.finished
    assert live.frozen["ending"] == "time is up"
    assert trace.duration >= 300


def test_a_deadlock_is_told_while_others_go_on(live):
    live.run(seconds=PATIENCE_S, ends="in a deadlock")
    assert live.frozen["ending"] == "deadlock"
    assert sorted(live.frozen["cycle"]) == [["T1", "other", "T2"], ["T2", "lock", "T1"]]
    assert all(where.startswith("test_live.py:") for where in live.frozen["where"].values())
    assert "T1 waits for other held by T2" in live.still()


def test_an_error_of_a_thread_is_told_and_raised(live):
    with pytest.raises(ValueError, match="no such account"):
        live.run(ends="in an error")
    assert live.frozen["ending"] == "failed"
    assert live.frozen["error"] == "ValueError: no such account"


@pytest.mark.parametrize(
    ("turned", "problem"),
    [
        ({"threads": 9}, "threads must be a number from 1 to 5, not 9"),
        ({"threads": "many"}, "not 'many'"),
        ({"ends": "well"}, "ends must be one of 'never', .*, not 'well'"),
        ({"thread": 2}, "has no knob 'thread'; it has ends, threads, rounds"),
        ({"seconds": 0}, "seconds must be above 0, not 0"),
    ],
)
def test_a_knob_that_cannot_be_turned_so_is_refused(live, turned, problem):
    with pytest.raises(ValueError, match=problem):
        live.run(**turned)
    assert live.trace is None


def test_only_an_experiment_is_shown():
    with pytest.raises(TypeError, match="Live shows an Experiment, not 3"):
        Live(3)


def test_the_figure_shows_the_last_run(live):
    with pytest.raises(RuntimeError, match="nothing has run yet"):
        live.figure()
    live.run(seconds=0.2)
    titles = [ax.get_title(loc="left") for ax in live.figure().axes]
    assert len(titles) == 2
    assert any("waiting" in title for title in titles)


def test_the_still_picture_shows_the_last_run(live):
    assert repr(live) == f"Live: {live.title}"  # what an export shows above the picture
    assert "press Run" in live.still()
    live.run(seconds=0.2)
    assert "time is up after 0." in live.still()
    assert live.still().count("<rect") > 10
    assert "Triangle" not in live.still()


def test_the_still_picture_says_what_a_triangle_is():
    live = Live(COUNTER)
    live.run(seconds=0.5, lock="none", hold_ms=20, think_ms=10)
    assert "Triangle: lost update." in live.still()


# ---- buttons


def press(live, what, **more):
    live._handle_custom_msg({"do": what, **more}, [])


def test_run_and_stop(live):
    press(live, "run")
    wait_until(lambda: frames(live), "a first frame")
    assert live.running
    press(live, "stop")
    wait_until(lambda: not live.running, "the end of the run")
    assert live.frozen["ending"] == "stopped"
    assert live.trace is not None


def test_run_takes_the_knobs_as_they_were_seen_when_it_was_pressed(live):
    press(live, "run", values={**live.values, "threads": 5})  # the change itself may come later
    wait_until(lambda: frames(live), "a first frame")
    press(live, "stop")
    wait_until(lambda: not live.running, "the end of the run")
    assert live.frozen["values"]["threads"] == len(live.frozen["lanes"]) == 5
    assert [content["kind"] for content in live.sent].count("begin") == 1


def test_who_clicks_everything_twice_in_the_wrong_order(live):
    for what in ("stop", "run", "run", "stop", "stop", "run", "stop", "run"):
        press(live, what)
    wait_until(lambda: frames(live), "a first frame")
    assert [thread.name for thread in threading.enumerate()].count("Live") == 1
    live.stop()
    live.stop()
    assert not live.running


def test_a_knob_turned_during_a_run_starts_it_anew(live):
    press(live, "run")
    wait_until(lambda: frames(live), "a first frame")
    live.values = {**live.values, "threads": 5}
    wait_until(lambda: len(frames(live)[-1]["lanes"]) == 5, "a run with five threads")
    assert live.running
    live.stop()
    assert live.frozen["values"]["threads"] == 5
    assert [content["kind"] for content in live.sent].count("begin") == 2


def test_a_knob_turned_at_rest_starts_nothing(live):
    live.values = {**live.values, "threads": 5}
    assert live._thread is None
    assert not live.sent


def test_it_gives_way_to_a_run_and_to_another_live(live):
    press(live, "run")
    wait_until(lambda: frames(live), "a first frame")
    assert run(lambda: 42).result == 42
    wait_until(lambda: not live.running, "the end of the run")
    press(live, "run")
    wait_until(lambda: live.running, "another run")
    other = Live(TURNS)
    assert other.run(ends="by itself").finished
    wait_until(lambda: not live.running, "the end of the run")
    assert live.frozen["ending"] == "stopped"


def nothing_to_explore():
    thread = threading.Thread(target=time.sleep, args=(0,))
    thread.start()
    thread.join()


def test_it_gives_way_to_explore(live):
    press(live, "run")
    wait_until(lambda: frames(live), "a first frame")
    assert explore(nothing_to_explore).complete
    wait_until(lambda: not live.running, "the end of the run")


EXIT_WHILE_IT_RUNS = """
import time
from helpers import Live
from helpers.lessons.deadlock.live import PHILOSOPHERS
live = Live(PHILOSOPHERS)
live.values = {**live.values, "fix": "in order"}
live.start()
time.sleep(0.3)
print(live.running)
"""


def test_the_interpreter_ends_while_threads_run():
    ended = subprocess.run(
        [sys.executable, "-c", EXIT_WHILE_IT_RUNS], capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "True\n", "")
