"""What `run` promises: the program is unchanged, the caller gets a trace or the program's own exception."""

import math
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers import mark, run


def test_gives_what_the_program_returned_and_printed(capsys):
    def program():
        threading.Thread(target=print, args=("from a worker",)).start()
        print("from the program")
        return 42

    trace = run(program)
    assert trace.result == 42
    assert sorted(trace.stdout.splitlines()) == ["from a worker", "from the program"]
    assert capsys.readouterr().out == ""


def test_times_are_milliseconds_since_the_start():
    def program():
        time.sleep(0.02)

    trace = run(program)
    (sleep,) = trace.rows
    assert trace.unit == "ms"
    assert sleep.kind == "sleep"
    assert 20 <= sleep.acquired - sleep.requested <= trace.duration
    assert sleep.requested >= 0


def test_threads_are_told_in_order_with_their_own_names():
    def program():
        for name in ("ann", None, "ann"):
            thread = threading.Thread(target=time.sleep, args=(0,), name=name)
            thread.start()
            thread.join()

    names = [record.name for record in run(program).threads]
    assert names == ["MainThread", "ann", "Thread-1 (sleep)", "ann#2"]
    assert names == [record.name for record in run(program).threads]


def test_processor_time_tells_work_from_waiting():
    def work():
        end = time.thread_time() + 0.05
        while time.thread_time() < end:
            pass

    def program():
        threads = [
            threading.Thread(target=work, name="works"),
            threading.Thread(target=time.sleep, args=(0.05,), name="sleeps"),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    cpu_s = {record.name: record.cpu_s for record in run(program).threads}
    assert cpu_s["works"] >= 0.05
    assert cpu_s["sleeps"] < 0.02


def test_processor_time_of_a_thread_that_never_ends_is_told_too():
    def program():
        while True:
            pass

    trace = run(program, timeout_s=0.2)
    assert trace.threads[0].cpu_s > 0.01


def test_ends_when_the_threads_do_even_if_the_function_returns_first():
    def late():
        time.sleep(0.02)
        mark("late")

    def program():
        threading.Thread(target=late).start()

    trace = run(program)
    assert trace.finished
    assert [row.name for row in trace.marks()] == ["late"]


def test_does_not_wait_for_daemons():
    def program():
        threading.Thread(target=time.sleep, args=(60,), daemon=True, name="daemon").start()

    trace = run(program)
    assert trace.finished
    assert [record.name for record in trace.threads if record.ended is None] == ["daemon"]


def test_daemon_flags_are_the_programs_own():
    seen = {}

    def look():
        seen["child"] = threading.current_thread().daemon
        grandchild = threading.Thread(target=lambda: None)
        seen["grandchild"] = grandchild.daemon

    def program():
        seen["main"] = threading.current_thread().daemon
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        seen["after"] = thread.daemon

    run(program)
    assert seen == {"main": False, "child": False, "grandchild": False, "after": False}


def test_raises_what_a_thread_raised_with_its_name_and_the_trace():
    def fail():
        raise LookupError("no such account")

    def program():
        thread = threading.Thread(target=fail, name="teller")
        thread.start()
        thread.join()

    with pytest.raises(LookupError, match="no such account") as caught:
        run(program)
    assert caught.value.__notes__ == ["raised in thread teller of the program"]
    assert [record.name for record in caught.value.trace.threads] == ["MainThread", "teller"]


def test_several_exceptions_are_all_named():
    def fail(word):
        raise ValueError(word)

    def program():
        for word in ("one", "two"):
            thread = threading.Thread(target=fail, args=(word,), name=word)
            thread.start()
            thread.join()

    with pytest.raises(ValueError, match="one") as caught:
        run(program)
    assert "thread two raised too: ValueError('two')" in caught.value.__notes__


def test_a_thread_that_exits_is_no_failure():
    def program():
        raise SystemExit

    assert run(program).finished


@pytest.mark.parametrize("timeout_s", [0, -1, -0.5, math.nan, math.inf])
def test_refuses_a_deadline_that_is_none(timeout_s):
    with pytest.raises(ValueError, match=f"above 0, not {timeout_s}"):
        run(lambda: None, timeout_s=timeout_s)


@pytest.mark.parametrize("timeout_s", ["1", None, True, 1j])
def test_refuses_a_deadline_that_is_no_number(timeout_s):
    with pytest.raises(TypeError, match="number of seconds"):
        run(lambda: None, timeout_s=timeout_s)


@pytest.mark.parametrize("program", [None, 3, "program"])
def test_refuses_what_cannot_be_called(program):
    with pytest.raises(TypeError, match=f"not {program!r}: pass it without calling it"):
        run(program)


def test_refuses_a_function_that_wants_arguments():
    with pytest.raises(TypeError, match=r"without arguments, not needs_one\(account\)"):
        run(needs_one)


def needs_one(account):
    return account


def test_refuses_a_run_inside_a_run():
    with pytest.raises(RuntimeError, match="cannot run\\(\\) another one inside itself"):
        run(lambda: run(lambda: None))


def test_refuses_a_run_while_another_thread_runs_one():
    started, over = threading.Event(), threading.Event()

    def outside():
        run(lambda: (started.set(), over.wait()))

    other = threading.Thread(target=outside)
    other.start()
    started.wait()
    try:
        with pytest.raises(RuntimeError, match="another thread is running a program"):
            run(lambda: None)
    finally:
        over.set()
        other.join()


def test_a_program_may_use_a_pool():
    def program():
        lock = threading.Lock()

        def square(number):
            with lock:
                return number * number

        with ThreadPoolExecutor(2) as pool:
            return sum(pool.map(square, range(10)))

    trace = run(program)
    assert trace.result == 285
    assert trace.acquisitions(name="lock") == 10


def test_a_pool_that_nobody_shuts_down_is_no_deadlock():
    def program():
        pool = ThreadPoolExecutor(1)
        return pool.submit(lambda: 7).result()

    assert run(program).result == 7


def test_python_gets_its_own_locks_where_nothing_is_to_be_recorded():
    def program():
        lock = threading.Lock()
        with lock:
            return type(lock)

    trace = run(program, trace=False)
    assert trace.result is type(threading.Lock())
    assert trace.rows == ()
    assert trace.threads[0].cpu_s > 0


def test_a_mark_outside_a_run_does_nothing():
    assert mark("nobody hears this") is None
