"""What a verdict tells, and that replay and enabled agree with it."""

import itertools
import json
import pickle
import threading

import pytest
from readerwriterlock.rwlock import RWLockFair

from helpers import enabled, explore, replay, timeline, wait_for
from tests.exploring.suite import (
    crosswise_behind_a_barrier,
    lost_update_of_a_closure_variable,
    notify_before_wait,
    philosophers,
    start_and_join,
    two_locks_in_two_orders,
)

NAIVE = philosophers(3, ordered=False)


def test_a_lost_update_in_words():
    verdict = explore(lost_update_of_a_closure_variable)
    lines = verdict.explain().splitlines()
    assert lines[0].startswith("failure: AssertionError in MainThread (suite.py:")
    told = [" ".join(line.split()[1:-1]) for line in lines[2:8]]
    assert told == [
        "T1 reads count = 0",
        "T2 reads count = 0",
        "T2 writes count = 1",
        "T1 writes count = 1",
        "MainThread reads count = 1",
        "MainThread raises AssertionError",
    ]
    assert verdict.explain().endswith("Explored 2 schedules.")


def test_a_deadlock_in_words():
    verdict = explore(two_locks_in_two_orders)
    assert verdict.headline == "T1 waits for second, held by T2; T2 waits for first, held by T1"
    assert {wait.thread for wait in verdict.trace.cycle()} == {"T1", "T2"}


def test_who_passes_a_barrier_in_words():
    verdict = explore(crosswise_behind_a_barrier)
    told = [line.split()[2] for line in verdict.explain().splitlines() if "both_hold" in line]
    assert told == ["arrives", "passes", "passes"]
    assert len(verdict.trace.cycle()) == 2


def test_a_lost_wake_up_in_words():
    assert "T1 waits on condition, and nobody is left to wake it" in explore(notify_before_wait).headline


def test_the_shown_schedule_has_few_context_switches():
    schedule = explore(NAIVE).schedule
    switches = sum(one != other for one, other in itertools.pairwise(schedule))
    assert switches == 3  # from the main thread to each philosopher


def test_of_a_failure_only_what_led_to_it_is_shown():
    def fail():
        raise ValueError

    def busy():
        lock = threading.Lock()
        for _ in range(5):
            with lock:
                pass

    verdict = explore(lambda: start_and_join(busy, fail))
    assert [row.name for row in verdict.trace.rows if row.thread == "T2"] == ["ValueError"]
    assert "T1" not in {row.thread for row in verdict.trace.rows}


def test_a_proof_in_words():
    verdict = explore(philosophers(5, ordered=True))
    assert verdict.kind == "proved"
    assert "Explored 30 schedules, which stand for all." in verdict.explain()
    assert "Assuming that each read and write of a variable is one indivisible step." in verdict.explain()
    assert (verdict.blocked, verdict.complete, verdict.trace) == (0, True, None)


def test_html_is_escaped_and_says_the_kind():
    def program():
        start_and_join(lambda: {}["<b>"])

    shown = explore(program)._repr_html_()
    assert "✗ failure" in shown
    assert "<b>" not in shown
    assert "✓ proved" in explore(start_and_join)._repr_html_()


def test_a_verdict_can_be_kept():
    verdict = explore(NAIVE)
    assert pickle.loads(pickle.dumps(verdict)) == verdict
    again = replay(NAIVE, json.loads(json.dumps(verdict.schedule)))
    assert again == verdict.trace


def test_a_trace_is_drawn_by_every_chart():
    trace = explore(NAIVE).trace
    assert trace.unit == "step"
    assert timeline(trace).get_xlabel() == "step"
    assert wait_for(trace) is not None


def test_find_all_gives_one_of_each_kind():
    def program():
        first, second, count = threading.Lock(), threading.Lock(), [0]

        def one_way():
            with first, second:
                count[0] += 1

        def other_way():
            with second, first:
                assert count[0] == 0

        start_and_join(one_way, other_way)

    verdict = explore(program, find="all")
    assert {found.kind for found in verdict.found} == {"deadlock", "failure"}
    assert verdict.complete
    for found in verdict.found:
        assert replay(program, found.schedule) == found.trace


def test_spurious_wakeups():
    condition = threading.Condition()

    def program():
        ready = []

        def wait():
            with condition:
                condition.wait()
                assert ready

        def notify():
            with condition:
                ready.append(1)
                condition.notify()

        start_and_join(wait, notify)

    assert explore(program).kind == "lost wake-up"
    assert {found.kind for found in explore(program, find="all").found} == {"lost wake-up"}
    kinds = {found.kind for found in explore(program, find="all", spurious_wakeups=True).found}
    assert "failure" in kinds


# ---- enabled


def test_enabled_at_the_beginning_and_in_a_deadlock():
    first = enabled(NAIVE)
    assert first.ready == (0,)
    assert [each.name for each in first.threads] == ["MainThread"]
    verdict = explore(NAIVE)
    last = enabled(NAIVE, verdict.schedule)
    assert (last.kind, last.ready) == ("deadlock", ())
    blocked = {each.name: each.blocked_by for each in last.threads}
    assert blocked["P0"] == ("P1",)
    assert blocked["MainThread"] == ("P0",)


def test_every_prefix_of_a_schedule_is_enabled():
    verdict = explore(lost_update_of_a_closure_variable)
    for length in range(len(verdict.schedule)):
        choices = enabled(lost_update_of_a_closure_variable, verdict.schedule[:length])
        assert verdict.schedule[length] in choices.ready
        assert choices.kind == "paused"
    assert enabled(lost_update_of_a_closure_variable, verdict.schedule).kind == "failure"


def test_what_a_thread_is_about_to_do():
    verdict = explore(NAIVE)
    at_first_fork = verdict.schedule.index(1) + 4
    choices = enabled(NAIVE, verdict.schedule[:at_first_fork])
    assert any(each.what.startswith(("acquire forks[", "read forks[")) for each in choices.threads)


# ---- bad input


@pytest.mark.parametrize("word", [explore, lambda program: replay(program, []), enabled])
def test_no_program(word):
    with pytest.raises(TypeError, match="takes a function without arguments, not 3"):
        word(3)
    with pytest.raises(TypeError, match="wrap it, as in"):
        word(lambda needed: None)


@pytest.mark.parametrize(
    ("limits", "error", "message"),
    [
        ({"max_schedules": 0}, ValueError, "max_schedules must be a whole number above 0, not 0"),
        ({"max_steps": 2.5}, TypeError, "max_steps must be a whole number above 0, not 2.5"),
        ({"max_steps": True}, TypeError, "not True"),
        ({"backstop_s": float("nan")}, ValueError, "backstop_s must be a number of seconds above 0, not nan"),
        ({"backstop_s": "1"}, TypeError, "not '1'"),
        ({"find": "some"}, ValueError, "find must be 'first' or 'all', not 'some'"),
    ],
)
def test_bad_limits(limits, error, message):
    with pytest.raises(error, match=message):
        explore(NAIVE, **limits)


@pytest.mark.parametrize("schedule", [3, "00", [0, 1.0], [0, "1"], [True]])
def test_no_schedule(schedule):
    with pytest.raises(TypeError, match="a schedule is a list of thread numbers"):
        replay(NAIVE, schedule)


def test_a_schedule_of_another_program():
    with pytest.raises(ValueError, match="step 0 of the schedule cannot be taken by thread 5"):
        replay(NAIVE, [5])
    with pytest.raises(ValueError, match="cannot begin like that"):
        enabled(NAIVE, [0, 7])


def test_who_waits_for_a_reader_writer_lock_is_told():
    def upgrade():
        rw = RWLockFair()
        with rw.gen_rlock(), rw.gen_wlock():
            pass

    def nested_read():
        rw = RWLockFair()

        def read():
            with rw.gen_rlock(), rw.gen_rlock():
                pass

        def write():
            with rw.gen_wlock():
                pass

        start_and_join(read, write)

    assert explore(upgrade).headline == "MainThread waits for rw, held by MainThread"
    waits = [row for row in explore(nested_read).trace.select() if row.outcome == "waiting"]
    assert [(row.thread, row.mode) for row in waits] == [("T2", "exclusive"), ("T1", "shared")]
