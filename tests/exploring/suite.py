"""Small programs and what explore must say of each: the same on every machine and in every process."""

import collections
import contextvars
import dataclasses
import queue
import threading
import time
from threading import Lock as ImportedLock
from threading import Thread

from readerwriterlock import rwlock

from helpers import mark


def start_and_join(*bodies):
    """Start a thread T1, T2, ... for each function, and wait until all have ended."""
    threads = [threading.Thread(target=body, name=f"T{n}") for n, body in enumerate(bodies, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


EXPECTED = {}


def expect(kind):
    """Return a decorator that enters a program with the kind that explore must find."""

    def enter(program):
        EXPECTED[program] = kind
        return program

    return enter


# ---- shared variables


@expect("failure")
def lost_update_of_a_closure_variable():
    count = 0

    def add():
        nonlocal count
        count += 1

    start_and_join(add, add)
    assert count == 2


@expect("proved")
def locked_update():
    count = 0
    lock = threading.Lock()

    def add():
        nonlocal count
        with lock:
            count += 1

    start_and_join(add, add)
    assert count == 2


@expect("failure")
def a_lock_for_each_thread():
    count = 0

    def add():
        nonlocal count
        with threading.Lock():
            count += 1

    start_and_join(add, add)
    assert count == 2


TOTAL = 0


@expect("failure")
def lost_update_of_a_global_variable():
    def add():
        global TOTAL
        TOTAL = TOTAL + 1

    start_and_join(add, add)
    assert TOTAL == 2


class Account:
    opened = 0

    def __init__(self):
        self.balance = 0
        self.lock = threading.Lock()

    def deposit(self):
        self.balance += 1

    def safe_deposit(self):
        with self.lock:
            self.balance += 1

    @property
    def doubled(self):
        return self.balance * 2


@expect("failure")
def lost_update_of_an_attribute():
    account = Account()
    start_and_join(account.deposit, account.deposit)
    assert account.balance == 2


@expect("proved")
def locked_update_of_an_attribute():
    account = Account()
    start_and_join(account.safe_deposit, account.safe_deposit)
    assert account.doubled == 4


@expect("failure")
def lost_update_of_a_class_attribute():
    Account.opened = 0

    def open_one():
        Account.opened += 1

    start_and_join(open_one, open_one)
    assert Account.opened == 2


@expect("failure")
def lost_update_of_an_item():
    stock = {"apples": 0}

    def add():
        stock["apples"] = stock["apples"] + 1

    start_and_join(add, add)
    assert stock["apples"] == 2


@expect("proved")
def items_by_thread_identifier():
    held = {}
    first, second = threading.Lock(), threading.Lock()

    def use():
        mine = held.setdefault(threading.get_ident(), [])
        for lock in (first, second):
            lock.acquire()
            mine.append(lock)
        for lock in (second, first):
            held[threading.get_ident()].remove(lock)
            lock.release()

    start_and_join(use, use)
    assert list(held.values()) == [[], []]


@expect("proved")
def different_items():
    stock = [0, 0]

    def add(which):
        stock[which] += 1

    start_and_join(lambda: add(0), lambda: add(1))
    assert stock == [1, 1]


@expect("failure")
def check_then_pop():
    items = [1]

    def take():
        if items:
            items.pop()

    start_and_join(take, take)


@expect("failure")
def check_then_delete():
    seats = {"a1": "free"}

    def book():
        if "a1" in seats:
            del seats["a1"]  # noqa: RUF051 - in two steps is the point

    start_and_join(book, book)


@expect("failure")
def sum_while_changed():
    accounts = {"ann": 100, "bob": 0}

    def transfer():
        accounts["ann"] -= 10
        accounts["bob"] += 10

    def audit():
        assert sum(accounts.values()) == 100

    start_and_join(transfer, audit)


@expect("failure")
def iterate_while_changed():
    names = ["ann", "bob"]
    seen = []

    def read():
        seen.extend(name.upper() for name in names)

    start_and_join(read, lambda: names.remove("ann"))
    assert seen in (["ANN", "BOB"], ["BOB"])


@expect("failure")
def double_checked_initialisation():
    made = []
    box = {}

    def get():
        if "it" not in box:
            made.append(1)
            box["it"] = object()

    start_and_join(get, get)
    assert len(made) == 1


@expect("proved")
def initialisation_checked_twice():
    made = []
    box = {}
    lock = threading.Lock()

    def get():
        if "it" not in box:
            with lock:
                if "it" not in box:
                    made.append(1)
                    box["it"] = object()

    start_and_join(get, get)
    assert len(made) == 1


@dataclasses.dataclass
class Counter:
    hits: int = 0
    lock: threading.Lock = dataclasses.field(default_factory=threading.Lock)


@expect("failure")
def dataclass_without_its_lock():
    counter = Counter()

    def hit():
        counter.hits += 1

    start_and_join(hit, hit)
    assert counter.hits == 2


@expect("proved")
def dataclass_with_its_lock():
    counter = Counter()

    def hit():
        with counter.lock:
            counter.hits += 1

    start_and_join(hit, hit)
    assert counter.hits == 2


@expect("failure")
def collections_counter():
    words = collections.Counter()

    def count():
        words["lock"] += 1

    start_and_join(count, count)
    assert words["lock"] == 2


# ---- locks


def philosophers(count, ordered):
    """Return the dining philosophers; where ordered, the last takes the forks the other way round."""

    def program():
        forks = [threading.Lock() for _ in range(count)]

        def eat(seat):
            first, second = forks[seat], forks[(seat + 1) % count]
            if ordered and seat == count - 1:
                first, second = second, first
            with first, second:
                mark("ate")

        threads = [threading.Thread(target=eat, args=(n,), name=f"P{n}") for n in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    program.__name__ = f"{'ordered' if ordered else 'naive'}_philosophers_{count}"
    return program


for _count in (2, 3, 5):
    expect("deadlock")(philosophers(_count, ordered=False))
    expect("proved")(philosophers(_count, ordered=True))


@expect("deadlock")
def two_locks_in_two_orders():
    first, second = threading.Lock(), threading.Lock()

    def one_way():
        with first, second:
            pass

    def other_way():
        with second, first:
            pass

    start_and_join(one_way, other_way)


@expect("deadlock")
def locked_twice():
    lock = threading.Lock()
    with lock, lock:
        pass


@expect("proved")
def reentered():
    lock = threading.RLock()

    def enter():
        with lock, lock:
            pass

    start_and_join(enter, enter)


@expect("deadlock")
def ends_while_holding():
    lock = threading.Lock()
    start_and_join(lock.acquire, lock.acquire)


@expect("failure")
def released_by_a_stranger():
    lock = threading.Lock()
    inside = 0

    def enter():
        nonlocal inside
        with lock:
            inside += 1
            assert inside == 1
            inside -= 1

    def disturb():
        if lock.locked():
            lock.release()

    start_and_join(enter, enter, disturb)


@expect("failure")
def locked_then_acquire():
    lock = threading.Lock()
    results = []

    def careful():
        if not lock.locked():
            results.append(lock.acquire(blocking=False))

    start_and_join(careful, careful)
    assert False not in results


@expect("proved")
def all_or_nothing():
    first, second = threading.Lock(), threading.Lock()

    def attempt(one, other):
        with one:
            if other.acquire(blocking=False):
                other.release()

    start_and_join(lambda: attempt(first, second), lambda: attempt(second, first))


@expect("proved")
def gives_up_waiting():
    first, second = threading.Lock(), threading.Lock()

    def attempt(one, other):
        with one:
            if other.acquire(timeout=0.1):
                other.release()

    start_and_join(lambda: attempt(first, second), lambda: attempt(second, first))


MODULE_LOCK = ImportedLock()
SHARED = {"n": 0}


@expect("proved")
def lock_of_the_module():
    def add():
        with MODULE_LOCK:
            SHARED["n"] += 1

    start_and_join(add, add)
    assert SHARED["n"] == 2


@expect("deadlock")
def lock_of_the_module_taken_twice():
    with MODULE_LOCK, MODULE_LOCK:
        pass


def default_lock(lock=threading.Lock()):  # noqa: B008 - that such a lock is found is the point
    with lock, lock:
        pass


expect("deadlock")(default_lock)


# ---- conditions, events, semaphores, barriers


@expect("lost wake-up")
def notify_before_wait():
    condition = threading.Condition()

    def wait():
        with condition:
            condition.wait()

    def notify():
        with condition:
            condition.notify()

    start_and_join(wait, notify)


@expect("proved")
def wait_for_a_flag():
    condition = threading.Condition()
    ready = False

    def wait():
        with condition:
            condition.wait_for(lambda: ready)

    def notify():
        nonlocal ready
        with condition:
            ready = True
            condition.notify_all()

    start_and_join(wait, notify)


@expect("lost wake-up")
def one_notify_for_two():
    condition = threading.Condition()
    ready = False

    def wait():
        with condition:
            while not ready:
                condition.wait()

    def notify():
        nonlocal ready
        with condition:
            ready = True
            condition.notify()

    start_and_join(wait, wait, notify)


@expect("lost wake-up")
def woken_once_for_each_notify():
    condition = threading.Condition()
    woken = []

    def wait():
        with condition:
            condition.wait_for(lambda: len(woken) > 9)
            woken.append(1)

    def notify():
        with condition:
            condition.notify()
            condition.notify()

    start_and_join(wait, wait, notify)


@expect("failure")
def a_notify_may_wake_any():
    condition = threading.Condition()
    waiting, woken = [], []

    def wait():
        with condition:
            waiting.append(threading.current_thread().name)
            condition.wait()
            woken.append(threading.current_thread().name)

    first, second = (threading.Thread(target=wait, name=name, daemon=True) for name in ("T1", "T2"))
    first.start()
    second.start()
    with condition:
        if len(waiting) == 2:
            condition.notify()
    with condition:
        assert woken in ([], waiting[:1])


@expect("failure")
def if_instead_of_while():
    condition = threading.Condition()
    items = []

    def take():
        with condition:
            if not items:
                condition.wait()
            items.pop()

    def put():
        with condition:
            items.append(1)
            condition.notify()

    def put_and_take():
        put()
        take()

    start_and_join(take, put_and_take)


@expect("lost wake-up")
def event_cleared_too_early():
    event = threading.Event()

    def signal():
        event.set()
        event.clear()

    start_and_join(event.wait, signal)


@expect("proved")
def event_set_once():
    event = threading.Event()
    start_and_join(event.wait, event.wait, event.set)


@expect("deadlock")
def a_daemon_takes_the_last_permit():
    semaphore = threading.Semaphore(1)
    threading.Thread(target=semaphore.acquire, name="T1", daemon=True).start()
    semaphore.acquire()


@expect("deadlock")
def semaphore_never_released():
    semaphore = threading.Semaphore(1)
    start_and_join(semaphore.acquire, semaphore.acquire)


@expect("failure")
def two_in_a_room_for_one():
    semaphore = threading.Semaphore(2)
    inside = 0

    def enter():
        nonlocal inside
        with semaphore:
            inside += 1
            assert inside == 1
            inside -= 1

    start_and_join(enter, enter)


@expect("failure")
def released_too_often():
    semaphore = threading.BoundedSemaphore(1)
    start_and_join(semaphore.release)


@expect("proved")
def barrier_for_two():
    barrier = threading.Barrier(2)
    seen = [0, 0]

    def meet(which):
        seen[which] = 1
        barrier.wait()
        assert seen == [1, 1]

    start_and_join(lambda: meet(0), lambda: meet(1))


@expect("deadlock")
def barrier_for_three_met_by_two():
    barrier = threading.Barrier(3)
    start_and_join(barrier.wait, barrier.wait)


@expect("deadlock")
def crosswise_behind_a_barrier():
    first, second, both_hold = threading.Lock(), threading.Lock(), threading.Barrier(2)

    def take(one, other):
        with one:
            both_hold.wait()
            with other:
                pass

    start_and_join(lambda: take(first, second), lambda: take(second, first))


@expect("proved")
def an_error_that_is_caught():
    lock = threading.Lock()

    def release():
        try:
            lock.release()
        except RuntimeError:
            mark("nobody held it")

    start_and_join(release, release)


# ---- queues


@expect("proved")
def producer_and_consumer():
    line = queue.Queue(maxsize=1)
    got = []

    def consume():
        for _ in range(2):
            got.append(line.get())
            line.task_done()

    def produce():
        line.put("first")
        line.put("second")
        line.join()

    start_and_join(consume, produce)
    assert got == ["first", "second"]


@expect("proved")
def daemon_on_an_empty_queue():
    line = queue.Queue()

    def consume():
        while True:
            line.get()
            line.task_done()

    threading.Thread(target=consume, daemon=True, name="consumer").start()
    line.put(1)
    line.join()


@expect("deadlock")
def more_gets_than_puts():
    line = queue.SimpleQueue()
    start_and_join(line.get, line.get, lambda: line.put(1))


@expect("failure")
def priority_of_the_first():
    line = queue.PriorityQueue()
    got = []

    def put_two():
        line.put(2)
        line.put(1)

    start_and_join(put_two, lambda: got.append(line.get()))
    assert got == [1]


if hasattr(queue.Queue, "shutdown"):

    @expect("proved")
    def shut_down_while_somebody_waits():
        line = queue.Queue()
        ended = []

        def consume():
            try:
                line.get()
            except queue.ShutDown:
                ended.append(1)

        start_and_join(consume, line.shutdown)
        assert ended


# ---- threads


class Worker(Thread):
    """A subclass with a run of its own."""

    def __init__(self, results):
        super().__init__()
        self.results = results

    def run(self):
        """Append the thread's own name."""
        self.results.append(threading.current_thread().name)


@expect("failure")
def subclass_that_knows_its_name():
    results = []
    workers = [Worker(results), Worker(results)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert results == ["Thread-1", "Thread-2"]


@expect("failure")
def forgotten_join():
    done = []
    thread = threading.Thread(target=lambda: done.append(1), name="T1")
    thread.start()
    assert done


@expect("failure")
def not_alive_yet():
    thread = threading.Thread(target=lambda: None, name="T1")
    thread.start()
    assert thread.is_alive()


@expect("failure")
def exception_in_a_thread():
    threading.Thread(target=lambda: 1 // 0, name="T1").start()


@expect("proved")
def thread_local():
    own = threading.local()
    totals = []

    def count():
        own.n = getattr(own, "n", 0) + 1
        totals.append(own.n)

    start_and_join(count, count)
    assert totals == [1, 1]


@expect("proved")
def a_daemon_that_only_computes():
    def compute():
        while True:
            pass

    threading.Thread(target=compute, daemon=True).start()
    start_and_join(lambda: None)


MODULE_THREAD = threading.Thread(target=lambda: None, name="T1")


@expect("proved")
def a_thread_of_the_module():
    MODULE_THREAD.daemon = True
    MODULE_THREAD.start()
    MODULE_THREAD.join()


@expect("failure")
def imported_late():
    import tests.exploring.late as late

    start_and_join(late.add, late.add)
    assert late.COUNT == 2


LEVEL = contextvars.ContextVar("LEVEL", default=0)


@expect("proved")
def a_context_for_each_thread():
    def raise_level():
        assert LEVEL.get() == 0
        LEVEL.set(1)

    start_and_join(raise_level, raise_level)


@expect("proved")
def steps_take_no_time():
    ready = []

    def prepare():
        ready.append(1)

    def use():
        time.sleep(1)
        assert ready

    start_and_join(prepare, use)


@expect("infinite loop")
def never_ends():
    def spin():
        while True:
            pass

    start_and_join(spin)


@expect("infinite loop")
def swallows_everything():
    def spin():
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass

    start_and_join(spin)


# ---- reader-writer locks


def readers_and_writer(lock_class, readers):
    """Return two readers or so, and a writer, that check that nobody writes while somebody reads."""

    def program():
        lock = lock_class()
        reading, writing = 0, 0
        counting = threading.Lock()

        def read():
            nonlocal reading
            with lock.gen_rlock():
                with counting:
                    reading += 1
                assert writing == 0
                with counting:
                    reading -= 1

        def write():
            nonlocal writing
            with lock.gen_wlock():
                writing = 1
                assert reading == 0
                writing = 0

        start_and_join(*[read] * readers, write)

    program.__name__ = f"{lock_class.__name__}_{readers}"
    return program


for _class in (rwlock.RWLockRead, rwlock.RWLockFair, rwlock.RWLockWrite):
    expect("proved")(readers_and_writer(_class, 1))


def nested_reader(lock_class):
    """Return a reader that reads again while it reads, beside a writer."""

    def program():
        lock = lock_class()

        def read_twice():
            with lock.gen_rlock(), lock.gen_rlock():
                pass

        def write():
            with lock.gen_wlock():
                pass

        start_and_join(read_twice, write)

    program.__name__ = f"nested_reader_{lock_class.__name__}"
    return program


expect("proved")(nested_reader(rwlock.RWLockRead))
expect("deadlock")(nested_reader(rwlock.RWLockFair))
expect("deadlock")(nested_reader(rwlock.RWLockWrite))


@expect("deadlock")
def upgrade():
    lock = rwlock.RWLockFair()
    with lock.gen_rlock(), lock.gen_wlock():
        pass
