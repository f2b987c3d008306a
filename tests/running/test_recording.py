"""Each operation of a program becomes a row of its trace: who, what, when, how it went, and where."""

import contextlib
import copy
import inspect
import queue
import threading
import weakref
from itertools import pairwise
from time import sleep

import pytest
from readerwriterlock import rwlock

from helpers import run


def told(trace, *kinds):
    """(thread, kind, name, mode, outcome) of the rows of some kinds, in order."""
    return [
        (row.thread, row.kind, row.name, row.mode, row.outcome) for row in trace.rows if row.kind in kinds
    ]


def in_turn(*jobs):
    """Run (name, function) pairs in threads, each after the one before has ended."""
    for name, job in jobs:
        thread = threading.Thread(target=job, name=name)
        thread.start()
        thread.join()


def test_a_hold_is_told_with_its_line():
    def program():
        lock = threading.Lock()
        with lock:
            sleep(0.01)

    (row,) = run(program).select()
    line = inspect.getsourcelines(program)[1] + 2
    assert (row.thread, row.name, row.mode, row.outcome) == ("MainThread", "lock", "exclusive", "acquired")
    assert row.where == f"test_recording.py:{line}"
    assert row.released_by == "MainThread"
    assert row.requested == row.acquired <= row.released - 10


def test_each_line_of_a_frame_is_told_apart():
    def program():
        lock = threading.Lock()
        for _ in range(2):
            lock.acquire()
            lock.release()
            with lock:
                pass

    first = inspect.getsourcelines(program)[1]
    wheres = [row.where for row in run(program).select()]
    assert wheres == [f"test_recording.py:{first + offset}" for offset in (3, 5, 3, 5)]


def test_each_caller_of_a_method_is_its_own_thread():
    def program():
        lock = threading.Lock()

        def use():
            with lock:
                pass

        in_turn(("one", use), ("two", use), ("three", use))
        use()

    assert [row.thread for row in run(program).select()] == ["one", "two", "three", "MainThread"]


def test_a_generator_that_threads_share_is_told_by_who_runs_it():
    def program():
        lock = threading.Lock()

        def turns():
            while True:
                with lock:
                    pass
                yield

        shared = turns()
        in_turn(("one", lambda: next(shared)), ("two", lambda: next(shared)), ("one", lambda: next(shared)))

    assert [row.thread for row in run(program).select()] == ["one", "two", "one#2"]


def test_a_wait_is_told_from_request_to_grant():
    def program():
        lock, asked = threading.Lock(), threading.Event()

        def late():
            asked.set()
            with lock:
                pass

        with lock:
            thread = threading.Thread(target=late, name="late")
            thread.start()
            asked.wait()
            sleep(0.03)
        thread.join()

    trace = run(program)
    (early,), (late,) = trace.select("MainThread"), trace.select("late")
    assert early.acquired <= late.requested
    assert early.released <= late.acquired
    assert trace.waits("late")[0] >= 20


def test_tries_and_timeouts_are_told():
    def program():
        lock = threading.Lock()
        lock.acquire()
        answers = [lock.acquire(blocking=False), lock.acquire(timeout=0), lock.acquire(timeout=0.02)]
        lock.release()
        return [*answers, lock.acquire(blocking=False)]

    trace = run(program)
    assert trace.result == [False, False, False, True]
    assert [row.outcome for row in trace.select()] == ["acquired", "refused", "refused", "timed out", "held"]
    assert trace.waits()[3] >= 20


@pytest.mark.parametrize("arguments", [(False, 1), (True, -5)])
def test_what_python_refuses_is_refused_alike(arguments):
    with pytest.raises(ValueError, match="timeout") as raw:
        threading.Lock().acquire(*arguments)
    for word in (threading.Lock, threading.RLock):
        with pytest.raises(ValueError, match="timeout") as recorded:
            run(lambda word=word: word().acquire(*arguments))
        assert str(recorded.value) == str(raw.value)


def test_releasing_what_is_not_held_is_refused_alike():
    with pytest.raises(RuntimeError, match=r"^release unlocked lock"):
        run(lambda: threading.Lock().release())
    with pytest.raises(RuntimeError, match=r"^cannot release un-acquired lock"):
        run(lambda: threading.RLock().release())


def test_another_thread_may_release_a_lock():
    def program():
        lock = threading.Lock()
        lock.acquire()
        in_turn(("other", lock.release))

    (row,) = run(program).select()
    assert (row.thread, row.released_by) == ("MainThread", "other")


def test_a_thread_that_had_the_lock_before_may_release_it_for_the_next():
    def program():
        lock, waits = threading.Lock(), threading.Event()

        def take():
            waits.set()
            lock.acquire()

        lock.acquire()
        thread = threading.Thread(target=take, name="next")
        thread.start()
        waits.wait()
        sleep(0.05)
        lock.release()
        thread.join()
        lock.release()

    first, second = run(program).select()
    assert (first.thread, first.released_by) == ("MainThread", "MainThread")
    assert (second.thread, second.released_by) == ("next", "MainThread")


def test_another_thread_may_not_release_an_rlock():
    def program():
        lock = threading.RLock()

        def steal():
            with pytest.raises(RuntimeError, match="cannot release un-acquired lock"):
                lock.release()

        with lock:
            in_turn(("thief", steal))

    (row,) = run(program).select()
    assert (row.thread, row.outcome, row.released_by) == ("MainThread", "acquired", "MainThread")


def test_each_level_of_an_rlock_is_a_hold_inside_the_one_before():
    def program():
        lock = threading.RLock()

        def down(level):
            with lock:
                if level:
                    down(level - 1)

        down(3)

    rows = run(program).select()
    assert len(rows) == 4
    for outer, inner in pairwise(rows):
        assert outer.acquired <= inner.acquired
        assert inner.released <= outer.released


def test_a_condition_gives_its_lock_back_while_it_waits():
    def program():
        ready, items = threading.Condition(), []

        def consumer():
            with ready:
                while not items:
                    ready.wait()

        thread = threading.Thread(target=consumer, name="consumer")
        thread.start()
        while True:
            with ready:
                if ready._waiters:
                    items.append(1)
                    ready.notify()
                    break
        thread.join()

    trace = run(program)
    holds = [row for row in trace.select("consumer") if row.kind == "condition"]
    (wait,) = [row for row in trace.rows if row.mode == "wait" and row.kind == "condition"]
    assert len(holds) == 2
    assert {row.name for row in holds} == {"ready"}
    assert holds[0].released <= wait.acquired
    assert ("MainThread", "condition", "ready", "notify", "done") in told(trace, "condition")


def test_a_condition_on_a_lock_of_the_programs_own():
    def program():
        lock = threading.Lock()
        ready = threading.Condition(lock)
        with ready:
            ready.notify_all()

    assert told(run(program), "lock", "condition") == [
        ("MainThread", "lock", "lock", "exclusive", "acquired"),
        ("MainThread", "condition", "ready", "notify", "done"),
    ]


def test_semaphore_holds_are_shared_and_may_be_given_back_by_others():
    def program():
        slots = threading.Semaphore(2)
        with slots:
            slots.acquire()
            slots.acquire(blocking=False)
        in_turn(("other", slots.release))

    trace = run(program)
    assert told(trace, "semaphore") == [
        ("MainThread", "semaphore", "slots", "shared", "acquired"),
        ("MainThread", "semaphore", "slots", "shared", "acquired"),
        ("MainThread", "semaphore", "slots", "shared", "refused"),
    ]
    assert {row.released_by for row in trace.select()} == {"MainThread", "other", None}


def test_events_barriers_and_queues_are_told():
    def program():
        event, barrier, jobs, simple = (
            threading.Event(),
            threading.Barrier(1),
            queue.Queue(),
            queue.SimpleQueue(),
        )
        event.set()
        event.wait()
        barrier.wait()
        jobs.put(1)
        jobs.get()
        simple.put(2)
        simple.get()
        with pytest.raises(queue.Empty):
            jobs.get(timeout=0.01)

    assert [row[1:] for row in told(run(program), "event", "barrier", "queue", "lock", "condition")] == [
        ("event", "event", "set", "done"),
        ("event", "event", "wait", "done"),
        ("barrier", "barrier", "wait", "done"),
        ("queue", "jobs", "put", "done"),
        ("queue", "jobs", "get", "done"),
        ("queue", "simple", "put", "done"),
        ("queue", "simple", "get", "done"),
        ("queue", "jobs", "get", "timed out"),
    ]


def test_a_wait_in_vain_is_told():
    def program():
        bell = threading.Event()
        return bell.wait(0.01)

    assert told(run(program), "event") == [("MainThread", "event", "bell", "wait", "timed out")]


def test_a_join_is_told():
    def program():
        thread = threading.Thread(target=sleep, args=(0.02,), name="slow")
        thread.start()
        thread.join(0.001)
        thread.join()

    assert told(run(program), "join") == [
        ("MainThread", "join", "slow", "wait", "timed out"),
        ("MainThread", "join", "slow", "wait", "done"),
    ]


RW_CLASSES = [
    getattr(rwlock, f"RWLock{policy}{d}") for policy in ("Read", "Write", "Fair") for d in ("", "D")
]


@pytest.mark.parametrize("policy", RW_CLASSES)
def test_a_reader_writer_lock_is_one_lock(policy):
    def program():
        rw = policy()
        with rw.gen_rlock():
            pass
        handle = rw.gen_wlock()
        handle.acquire(blocking=True, timeout=1)
        handle.release()

    assert told(run(program), "rw", "lock", "condition") == [
        ("MainThread", "rw", "rw", "shared", "acquired"),
        ("MainThread", "rw", "rw", "exclusive", "acquired"),
    ]


@pytest.mark.parametrize("policy", RW_CLASSES)
def test_readers_hold_at_the_same_time_and_writers_alone(policy):
    def program():
        rw, both = policy(), threading.Barrier(2)

        def read():
            with rw.gen_rlock():
                both.wait()

        def write():
            with rw.gen_wlock():
                sleep(0.002)

        threads = [threading.Thread(target=job) for job in (read, read, write, write)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    trace = run(program)
    shared = [row for row in trace.select() if row.mode == "shared"]
    exclusive = [row for row in trace.select() if row.mode == "exclusive"]
    assert overlaps(shared) == 1
    assert overlaps(exclusive) == 0
    assert not any(meet(row, other) for row in exclusive for other in shared)


@pytest.mark.parametrize("policy", [rwlock.RWLockWriteD, rwlock.RWLockFairD])
def test_a_downgrade_turns_the_exclusive_hold_into_a_shared_one(policy):
    def program():
        rw = policy()
        handle = rw.gen_wlock()
        handle.acquire()
        shared = handle.downgrade()
        shared.release()

    exclusive, shared = run(program).select()
    assert (exclusive.mode, shared.mode) == ("exclusive", "shared")
    assert exclusive.released <= shared.acquired <= shared.released


def test_a_try_on_a_reader_writer_lock_is_refused():
    def program():
        rw = rwlock.RWLockFair()
        with rw.gen_wlock():
            rw.gen_wlock().acquire(blocking=False)
            rw.gen_wlock().acquire(blocking=True, timeout=0.01)

    assert [row.outcome for row in run(program).select()] == ["acquired", "refused", "timed out"]


def test_two_exclusive_holds_never_overlap_in_a_million_operations():
    count = 350_000

    def program():
        lock = threading.Lock()

        def work():
            for _ in range(count):
                with lock:
                    pass

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    rows = run(program, timeout_s=60).rows
    holds = sorted((row.acquired, row.released) for row in rows if row.kind == "lock")
    assert len(holds) == 3 * count
    assert all(before[1] <= after[0] for before, after in pairwise(holds))
    assert all(granted <= released for granted, released in holds)


def meet(one, other):
    return one.acquired < other.released and other.acquired < one.released


def overlaps(rows):
    return sum(meet(one, other) for place, one in enumerate(rows) for other in rows[place + 1 :])


def test_a_recorded_lock_passes_for_pythons_own():
    kinds = [(word, type(word())) for word in (threading.Lock, threading.RLock)]

    def program():
        for word, real in kinds:
            lock, another = word(), word()
            assert isinstance(lock, real)
            assert isinstance(lock, type(another))
            assert weakref.ref(lock)() is lock
            with pytest.raises(TypeError, match="cannot pickle"):
                copy.deepcopy(lock)
            with contextlib.ExitStack() as stack:
                stack.enter_context(lock)

    assert run(program).acquisitions() == 2
