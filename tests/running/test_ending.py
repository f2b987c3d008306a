"""Whatever a program does, `run` comes back, says who was stuck where, and leaves no thread behind.

That no thread is left is checked after every test of this suite (see conftest.py).
"""

import contextlib
import os
import threading
import time
from time import sleep

import pytest
from readerwriterlock import rwlock

from helpers import run
from helpers.substitution.real import real_sleep

ALL_HAVE_BEGUN_S = 1.0  # by then, also on a busy machine


def stuck(trace):
    assert not trace.finished
    return "\n".join(trace.stuck_lines())


def test_two_locks_taken_crosswise():
    def program():
        a, b, gate = threading.Lock(), threading.Lock(), threading.Barrier(2)

        def take(first, second):
            with first:
                gate.wait()
                with second:
                    pass

        threading.Thread(target=take, args=(a, b), name="T1").start()
        threading.Thread(target=take, args=(b, a), name="T2").start()

    trace = run(program, timeout_s=60)
    assert {edge.told() for edge in trace.cycle()} == {
        "T1 waits for b held by T2",
        "T2 waits for a held by T1",
    }
    assert trace.duration < 30_000, "a deadlock is recognised, not sat out"
    assert "T1 waits for lock b (asked at test_ending.py:" in stuck(trace)


def test_a_lock_acquired_twice():
    def program():
        lock = threading.Lock()
        with lock, lock:
            pass

    trace = run(program)
    assert [edge.told() for edge in trace.cycle()] == ["MainThread waits for lock held by MainThread"]


def test_an_rlock_that_another_thread_keeps():
    def program():
        lock = threading.RLock()

        def worker():
            with lock:
                pass

        with lock, lock:
            thread = threading.Thread(target=worker, name="worker")
            thread.start()
            thread.join()

    trace = run(program)
    assert [edge.told() for edge in trace.cycle()] == [
        "worker waits for lock held by MainThread",
        "MainThread waits for the end of worker",
    ]


def test_a_thread_that_ended_with_the_lock():
    def program():
        lock = threading.Lock()
        thread = threading.Thread(target=lock.acquire, name="gone")
        thread.start()
        thread.join()
        with lock:
            pass

    trace = run(program)
    assert trace.status() == "stuck: MainThread waits for lock held by gone"


@pytest.mark.parametrize("policy", [rwlock.RWLockRead, rwlock.RWLockWrite, rwlock.RWLockFair])
def test_a_reader_that_wants_to_write(policy):
    def program():
        rw = policy()
        with rw.gen_rlock(), rw.gen_wlock():
            pass

    trace = run(program)
    assert [edge.told() for edge in trace.cycle()] == ["MainThread waits for rw held by MainThread"]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: threading.Event().wait(), "waits for event Event"),
        (lambda: threading.Barrier(2).wait(), "waits for barrier Barrier"),
        (lambda: threading.Semaphore(0).acquire(), "waits for semaphore Semaphore"),
        (lambda: sleep(60), "waits for sleep"),
    ],
)
def test_waits_for_what_never_comes(make, told):
    assert told in stuck(run(make, timeout_s=0.3))


def test_a_condition_that_nobody_notifies():
    def program():
        ready = threading.Condition()
        with ready:
            ready.wait()

    assert "waits for condition ready" in stuck(run(program))


def test_a_wait_with_a_timeout_is_no_deadlock():
    def program():
        lock = threading.Lock()
        lock.acquire()
        return lock.acquire(timeout=0.3)

    trace = run(program)
    assert trace.finished
    assert trace.result is False


def test_a_sleeper_that_will_release_is_no_deadlock():
    def program():
        lock = threading.Lock()

        def holder():
            with lock:
                sleep(0.3)

        thread = threading.Thread(target=holder)
        thread.start()
        sleep(0.01)
        with lock:
            return "got it"

    assert run(program).result == "got it"


def endless():
    while True:
        pass


def endless_swallowing():
    while True:
        try:
            number = 0
            while True:
                number += 1
        except BaseException:
            pass


def endless_sleeping():
    while True:
        with contextlib.suppress(BaseException):
            sleep(60)


def endless_retrying():
    lock = threading.Lock()
    lock.acquire()
    while not lock.acquire(timeout=0.001):
        pass


@pytest.mark.parametrize("loop", [endless, endless_swallowing, endless_sleeping, endless_retrying])
def test_a_loop_without_end(loop):
    def program():
        thread = threading.Thread(target=loop, name="loops")
        thread.start()
        thread.join()

    trace = run(program, timeout_s=ALL_HAVE_BEGUN_S)
    assert "MainThread waits for join loops" in stuck(trace)
    assert trace.threads[1].where.startswith("test_ending.py:")


def test_everybody_who_sleeps_is_woken():
    def program():
        threads = [threading.Thread(target=sleep, args=(60,)) for _ in range(20)]
        for thread in threads:
            thread.start()
        sleep(float("inf"))

    trace = run(program, timeout_s=ALL_HAVE_BEGUN_S)
    assert len(trace.threads) == 21
    assert all(record.ended is None for record in trace.threads)


@pytest.mark.parametrize("word", [threading.Lock, threading.RLock])
def test_pythons_own_locks_are_given_up_too(word):
    def program():
        lock = word()

        def wants():
            with lock:
                pass

        with lock:
            thread = threading.Thread(target=wants)
            thread.start()
            thread.join()

    assert not run(program, timeout_s=0.2, trace=False).finished


def test_a_thread_of_others_that_waits_for_a_lock_of_the_program_goes_on():
    made, got = [], []

    def program():
        lock = threading.Lock()
        lock.acquire()
        made.append(lock)
        sleep(60)

    def other():
        deadline = time.monotonic() + 10
        while not made and time.monotonic() < deadline:
            sleep(0.01)
        got.append(made[0].acquire())

    thread = threading.Thread(target=other)
    thread.start()
    assert not run(program, timeout_s=0.3).finished
    thread.join(10)
    assert got == [True]


def test_a_thread_that_python_cannot_end_is_named():
    reading, writing = os.pipe()

    def program():
        os.read(reading, 1)

    try:
        with pytest.raises(RuntimeError, match=r"outside Python.*: MainThread at test_ending.py:\d+"):
            run(program, timeout_s=0.2)
    finally:
        os.write(writing, b"x")


def test_everything_is_as_before_after_a_deadlock():
    before = (threading.Lock, threading.RLock, threading.Thread.start, time.sleep, threading.excepthook)

    def program():
        lock = threading.Lock()
        with lock, lock:
            pass

    run(program)
    assert (
        threading.Lock,
        threading.RLock,
        threading.Thread.start,
        time.sleep,
        threading.excepthook,
    ) == before


def test_ctrl_c_ends_the_program(monkeypatch):
    def program():
        threading.Event().wait()

    def interrupt(self, timeout=None):
        raise KeyboardInterrupt

    monkeypatch.setattr("helpers.running._wait", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run(program)


def test_a_thread_that_is_slow_to_begin_is_waited_for_and_does_nothing():
    ran = []

    class Late(threading.Thread):
        def _bootstrap(self):
            real_sleep(0.5)
            super()._bootstrap()

    def program():
        Late(target=ran.append, args=(True,)).start()

    before = threading.enumerate()
    assert not run(program, timeout_s=0.1).finished
    assert [thread for thread in threading.enumerate() if thread not in before] == []
    assert not ran


def test_no_thread_stays_about_to_begin():
    def program():
        while True:
            threading.Thread(target=int).start()

    before = threading.enumerate()
    for _ in range(20):
        run(program, timeout_s=0.02)
        assert [thread for thread in threading.enumerate() if thread not in before] == []
