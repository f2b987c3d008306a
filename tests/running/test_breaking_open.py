"""A lock that was broken open stays so: the one who does it comes back until all threads have ended."""

import threading

import pytest

from helpers.running.callers import Callers
from helpers.running.locks import recorded_lock, recorded_rlock
from helpers.running.plumbing import PlumbingLock, PlumbingRLock
from helpers.running.waiting import Waiting


def all_kinds():
    callers = Callers()
    waiting = Waiting(callers)
    return [
        recorded_lock(callers, waiting, [], "lock"),
        recorded_rlock(callers, waiting, [], "rlock"),
        PlumbingLock(waiting),
        PlumbingRLock(waiting),
    ]


@pytest.mark.parametrize("lock", all_kinds(), ids=["Lock", "RLock", "inner Lock", "inner RLock"])
def test_twice_is_as_good_as_once(lock):
    held, done = threading.Event(), threading.Event()

    def hold():
        lock.acquire()
        held.set()
        done.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(10)
    for _ in range(2):
        lock.break_open()
    assert lock.acquire(blocking=False)
    done.set()
    holder.join()
    lock.break_open()


@pytest.mark.parametrize("lock", all_kinds(), ids=["Lock", "RLock", "inner Lock", "inner RLock"])
def test_a_free_lock_stays_free(lock):
    lock.break_open()
    assert lock.acquire(blocking=False)
    lock.break_open()
