"""Everything is as before afterwards, and other threads of the process never notice."""

import _thread
import contextlib
import gc
import io
import queue
import random
import signal
import sys
import threading
import time

import pytest
from readerwriterlock import rwlock

from helpers import enabled, explore, replay, run
from tests.exploring.suite import philosophers, start_and_join

OWNERS = (threading, threading.Thread, threading.Event, threading.Condition, threading.Semaphore)
OWNERS += (threading.Barrier, queue, queue.Queue, time, random, rwlock.RWLockFair._aReader)
RAW = _thread._count


def everything():
    return [(owner, name, value) for owner in OWNERS for name, value in vars(owner).items()]


@pytest.fixture(autouse=True)
def nothing_has_changed():
    before, threads = everything(), RAW()
    collects, profile = gc.isenabled(), sys.getprofile()
    yield
    changed = [f"{owner}.{name}" for owner, name, value in before if vars(owner).get(name) is not value]
    changed = [name for name in changed if not name.endswith(("._counter", "._active", "._dangling"))]
    assert not changed
    assert (gc.isenabled(), sys.getprofile()) == (collects, profile)
    deadline = time.monotonic() + 2
    while RAW() > threads and time.monotonic() < deadline:
        time.sleep(0.01)
    assert RAW() <= threads


def failing():
    start_and_join(lambda: 1 // 0)


def swallowing():
    def spin():
        while True:
            try:
                time.sleep(0)
            except BaseException:
                continue

    start_and_join(spin)


@pytest.mark.parametrize("program", [failing, swallowing, philosophers(3, ordered=False)])
def test_after_any_end(program):
    explore(program, max_steps=100)


def test_after_a_schedule_that_is_cut_off_in_a_redirection():
    """A cut leaves the redirection in place: neither the next schedule nor the caller may find it there."""
    box, before = [0], sys.stdout  # pytest puts its own back before any fixture could look

    def redirect():
        with contextlib.redirect_stdout(io.StringIO()):
            box[0] = 1
            box[0] = 2

    def look():
        assert box[0] != 1

    def program():
        print("begins")
        start_and_join(redirect, look)

    verdict = explore(program)
    assert verdict.kind == "failure"
    assert verdict.trace.stdout == "begins\n"
    assert sys.stdout is before


def explore_for_ever(program):
    while True:
        explore(program, max_steps=10**9)


def test_after_an_interrupt():
    """Ctrl-C in the caller ends the exploration and its threads, and is raised."""

    def long():
        def spin():
            for _ in range(10**9):
                pass

        start_and_join(spin)

    timer = threading.Timer(0.3, _thread.interrupt_main, [signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        explore_for_ever(long)
    timer.join()


def test_other_threads_get_pythons_own_locks_meanwhile():
    kinds, stop = set(), threading.Event()

    def outsider():
        while not stop.is_set():
            lock = threading.Lock()
            with lock:
                kinds.add(type(lock).__module__)
            queue.Queue().put(1)

    thread = threading.Thread(target=outsider)
    thread.start()
    try:
        assert explore(philosophers(6, ordered=True)).kind == "proved"
    finally:
        stop.set()
        thread.join()
    assert kinds == {"_thread"}


def test_no_handler_of_the_program_runs_when_a_schedule_is_cut():
    box = [0]

    def write():
        try:
            box[0] = 1
            box[0] = 2
        except BaseException:
            print("caught")
            raise

    def look():
        assert box[0] != 1

    verdict = explore(lambda: start_and_join(write, look))
    assert verdict.kind == "failure"
    assert verdict.trace.stdout == ""


def test_a_module_that_is_imported_late_keeps_its_own_lock():
    sys.modules.pop("tests.exploring.late", None)

    def program():
        import tests.exploring.late as late

        with late.LOCK:
            start_and_join(late.add)

    assert explore(program).kind == "proved"
    late = sys.modules["tests.exploring.late"]
    assert isinstance(late.LOCK, type(_thread.allocate_lock()))
    assert type(late.LOCK).__module__ == "_thread"
    with late.LOCK:
        assert late.COUNT == 0


STATE = {"n": 0, "seen": []}
NUMBER = 0


class Thing:
    count = 0

    def __init__(self):
        self.own = []


THING = Thing()


def test_state_is_as_it_was_before_each_schedule_and_afterwards():
    inner = [1]

    def change():
        global NUMBER
        assert (STATE["n"], STATE["seen"], NUMBER, Thing.count, THING.own, inner) == (0, [], 0, 0, [], [1])
        STATE["n"] += 1
        STATE["seen"].append(1)
        STATE["new"] = 1
        NUMBER += 1
        Thing.count += 1
        THING.own.append(1)
        THING.new = 1
        inner.append(2)
        change.called = True

    def program():
        assert not hasattr(change, "called")
        start_and_join(change)
        assert (STATE["n"], NUMBER, Thing.count, THING.new, len(inner)) == (1, 1, 1, 1, 2)

    assert explore(program).kind == "proved"
    assert STATE == {"n": 0, "seen": []}
    assert (NUMBER, Thing.count, THING.own, inner) == (0, 0, [], [1])
    assert not hasattr(THING, "new")
    assert not hasattr(change, "called")


HELD = threading.Lock()


def test_a_lock_that_is_held_beforehand_is_held_in_every_schedule():
    with HELD:
        verdict = explore(lambda: start_and_join(HELD.acquire))
    assert verdict.kind == "deadlock"
    assert not HELD.locked()


def test_prints_are_kept_with_the_schedule_that_is_shown(capsys):
    count = 0

    def add():
        nonlocal count
        print("adds")
        count += 1

    def program():
        start_and_join(add, add)
        print(count)
        assert count == 2

    verdict = explore(program)
    assert verdict.trace.stdout == "adds\nadds\n1\n"
    assert capsys.readouterr().out == ""


def test_a_lock_that_leaks_out_of_an_exploration_says_so():
    lock = replay(lambda: threading.Lock(), [0]).result
    with pytest.raises(RuntimeError, match="only its own threads"):
        lock.acquire()


def test_explore_inside_explore_is_refused():
    verdict = explore(lambda: explore(failing))
    assert verdict.kind == "failure"
    assert "RuntimeError" in verdict.explain()


def test_run_and_explore_take_turns():
    program = philosophers(2, ordered=True)
    assert run(program).finished
    assert explore(program).kind == "proved"
    assert run(program).finished
    assert enabled(program).ready == (0,)
