"""Locks made before a program starts are replaced for the run, found by name, and put back."""

import collections
import functools
import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock, RLock

import pytest
from readerwriterlock import rwlock

from helpers import run

module_lock = Lock()
module_rlock = RLock()
ready = threading.Condition()
bell = threading.Event()
jobs = queue.Queue()
rw = rwlock.RWLockFair()
forks = [Lock(), Lock()]
pair = (Lock(), Lock())
by_name = {"ann": Lock()}
ring = collections.deque([Lock()])
acquire_it = module_lock.acquire
partly = functools.partial(module_lock.acquire, timeout=1)
Point = collections.namedtuple("Point", "lock other")
point = Point(Lock(), 1)
unhashable_key = {Lock(): 1}
lock_set = {Lock()}
simple = queue.SimpleQueue()
locks_for = collections.defaultdict(Lock)


class Account:
    shared = Lock()

    def __init__(self):
        self.lock = Lock()


@dataclass(frozen=True, slots=True)
class Frozen:
    lock: object


account = Account()
frozen = Frozen(Lock())


def names(trace):
    return [row.name for row in trace.select()]


def use(*locks):
    for lock in locks:
        with lock:
            pass


def test_module_level():
    before = module_lock
    assert names(run(lambda: use(module_lock, module_rlock))) == ["module_lock", "module_rlock"]
    assert module_lock is before
    assert not module_lock.locked()


@pytest.mark.parametrize(
    ("program", "name"),
    [
        (lambda: use(forks[1]), "forks[1]"),
        (lambda: use(pair[0]), "pair[0]"),
        (lambda: use(by_name["ann"]), "by_name['ann']"),
        (lambda: use(ring[0]), "ring[0]"),
        (lambda: use(account.lock), "account.lock"),
        (lambda: use(account.shared), "Account.shared"),
        (lambda: use(point.lock), "point[0]"),
        (lambda: use(frozen.lock), "frozen.lock"),
        (lambda: use(ready), "ready"),
        (lambda: use(rw.gen_wlock()), "rw"),
        (lambda: use(locks_for["x"]), None),
    ],
)
def test_wherever_it_is_kept(program, name):
    (row,) = run(program).select()
    assert name is None or row.name == name
    locks_for.clear()


def test_containers_are_as_before():
    before = [*forks, *pair, *by_name.values(), *ring, account.lock, Account.shared, frozen.lock, point.lock]

    def program():
        use(*forks, *pair, *by_name.values(), *ring, account.lock, Account.shared, frozen.lock, point.lock)
        forks.reverse()

    run(program)
    forks.reverse()
    after = [*forks, *pair, *by_name.values(), *ring, account.lock, Account.shared, frozen.lock, point.lock]
    assert [id(lock) for lock in after] == [id(lock) for lock in before]
    assert all(type(lock) is type(before[0]) for lock in after)


def test_a_bound_method():
    def program():
        acquire_it()
        module_lock.release()

    assert names(run(program)) == ["module_lock"]


def test_a_partial():
    def program():
        partly()
        module_lock.release()

    assert names(run(program)) == ["module_lock"]


def test_a_default_argument():
    def program(lock=Lock(), *, other=RLock()):  # noqa: B008
        use(lock, other)

    kept = program.__defaults__
    assert len(names(run(program))) == 2
    assert program.__defaults__ is kept


def test_a_closure():
    lock = Lock()

    def program():
        use(lock)

    assert names(run(program)) == ["lock"]
    assert type(lock) is type(Lock())


def test_a_closure_of_a_closure():
    inner = Lock()

    def helper():
        use(inner)

    def program():
        helper()

    assert names(run(program)) == ["inner"]


def test_a_bound_method_of_an_object_with_a_lock():
    class Bank:
        def __init__(self):
            self.lock = Lock()

        def work(self):
            use(self.lock)

    assert len(names(run(Bank().work))) == 1


def test_a_decorated_function():
    lock = Lock()

    def locked(function):
        @functools.wraps(function)
        def wrapper():
            with lock:
                return function()

        return wrapper

    @locked
    def program():
        return 1

    assert names(run(program)) == ["lock"]


def test_what_was_imported_by_name():
    assert names(run(lambda: use(Lock(), RLock()))) == ["Lock", "RLock"]


def test_inner_locks_of_events_and_queues_are_not_told():
    def program():
        bell.set()
        jobs.put(1)
        jobs.get()

    trace = run(program)
    assert names(trace) == []
    assert [row.name for row in trace.rows] == ["bell", "jobs", "jobs"]


def test_an_existing_event_can_be_given_up():
    silent = threading.Event()
    trace = run(lambda: silent.wait())
    assert trace.stuck_lines()[0].startswith("MainThread waits for event silent")


def test_a_lock_left_held_by_a_cell_starts_held():
    lock = Lock()
    lock.acquire()

    def program():
        return lock.acquire(blocking=False)

    assert run(program).result is False
    lock.release()


def test_a_lock_that_a_run_left_behind_works_and_is_replaced_again():
    kept = []

    def make():
        lock = Lock()
        kept.append(lock)
        use(lock)

    run(make)
    with kept[0]:
        assert kept[0].locked()
    assert names(run(lambda: use(kept[0]))) == ["kept[0]"]


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (lambda: use(*unhashable_key), "a key of unhashable_key"),
        (lambda: use(*lock_set), "the set lock_set"),
        (lambda: simple.get(), "simple .a SimpleQueue. made before it starts"),
    ],
)
def test_refuses_what_cannot_be_replaced(program, words):
    before = module_lock, threading.Lock
    with pytest.raises(ValueError, match=words):
        run(program)
    assert before == (module_lock, threading.Lock)


def test_refuses_a_lock_in_an_iterator():
    turns = iter((Lock(), Lock()))

    with pytest.raises(ValueError, match=r"turns \(a tuple_iterator\)"):
        run(lambda: use(next(turns)))


def test_refuses_a_pool_made_before():
    with ThreadPoolExecutor(1) as pool, pytest.raises(ValueError, match=r"pool \(a ThreadPoolExecutor\)"):
        run(lambda: pool.submit(print))


def test_other_threads_of_the_process_are_untouched():
    go, made = threading.Event(), []
    outside = Lock()

    def other():
        go.wait()
        made.extend([threading.Lock(), threading.RLock(), queue.SimpleQueue(), threading.Condition(outside)])
        threading.Thread(target=made.append, args=("ran",)).start()

    thread = threading.Thread(target=other)
    thread.start()

    def program():
        go.set()
        thread.join()
        return len(made)

    trace = run(program)
    assert trace.result >= 4
    types = [type(thing) for thing in made[:3]]
    assert types == [type(Lock()), type(RLock()), queue.SimpleQueue]
    assert {row.kind for row in trace.rows} <= {"event", "join"}
