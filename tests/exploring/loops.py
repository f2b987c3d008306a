"""More of the suite: programs with time, and programs that can go round for ever."""

import queue
import random
import threading
import time

from readerwriterlock import rwlock

from helpers import mark
from tests.exploring.suite import expect, start_and_join

# ---- time


@expect("failure")
def a_timeout_gives_up():
    lock = threading.Lock()

    def hold():
        with lock:
            time.sleep(0.1)

    def ask():
        time.sleep(0.01)
        assert lock.acquire(timeout=0.05)

    start_and_join(hold, ask)


@expect("proved")
def a_timeout_is_long_enough():
    lock = threading.Lock()

    def hold():
        with lock:
            time.sleep(0.1)

    def ask():
        assert lock.acquire(timeout=0.2)
        lock.release()

    start_and_join(hold, ask)


@expect("failure")
def two_wake_at_the_same_instant():
    count = 0

    def add():
        nonlocal count
        time.sleep(0.1)
        count += 1

    start_and_join(add, add)
    assert count == 2


@expect("proved")
def a_condition_waits_until_its_deadline():
    condition = threading.Condition()

    def wait():
        began = time.monotonic()
        with condition:
            assert not condition.wait_for(lambda: False, timeout=1)
        assert 1 <= time.monotonic() - began < 1.1

    def disturb():
        time.sleep(0.5)
        with condition:
            condition.notify()

    start_and_join(wait, disturb)


@expect("proved")
def retries_until_a_deadline():
    lock = threading.Lock()

    def hold():
        with lock:
            time.sleep(0.01)

    def ask():
        end = time.monotonic() + 0.05
        while time.monotonic() < end:
            if lock.acquire(blocking=False):
                lock.release()
                return
            time.sleep(0.002)
        raise AssertionError("the lock was free before the deadline")

    start_and_join(hold, ask)


@expect("failure")
def spinning_beside_a_sleeper():
    lock = threading.Lock()

    def hold():
        with lock:
            time.sleep(0.01)

    def spin():
        refused = False
        while not lock.acquire(blocking=False):
            refused = True
        lock.release()
        assert not refused

    start_and_join(hold, spin)


@expect("failure")
def counting_while_it_spins():
    lock = threading.Lock()

    def hold():
        with lock:
            time.sleep(0.01)

    def spin():
        refused = 0
        while not lock.acquire(blocking=False):
            refused += 1
        lock.release()
        assert refused == 0

    start_and_join(hold, spin)


@expect("proved")
def looking_at_the_clock_until_time_is_up():
    def wait():
        end = time.perf_counter() + 0.01
        while time.perf_counter() < end:
            pass

    start_and_join(wait)


# ---- livelock


def polite_philosophers(count):
    """Return philosophers who take their left fork, and give it back where the right one is taken."""

    def program():
        forks = [threading.Lock() for _ in range(count)]

        def eat(left, right):
            while True:
                left.acquire()
                if right.acquire(blocking=False):
                    break
                left.release()
            right.release()
            left.release()

        start_and_join(*[lambda n=n: eat(forks[n], forks[(n + 1) % count]) for n in range(count)])

    program.__name__ = f"polite_philosophers_{count}"
    return program


expect("livelock")(polite_philosophers(2))
expect("livelock")(polite_philosophers(3))


def backing_off(first_s, second_s):
    """Return two threads that take two locks in opposite orders, and pause before they try again."""

    def program():
        a, b = threading.Lock(), threading.Lock()

        def take(first, second, pause_s):
            while True:
                with first:
                    time.sleep(0.001)
                    if second.acquire(blocking=False):
                        second.release()
                        return
                time.sleep(pause_s)

        start_and_join(lambda: take(a, b, first_s), lambda: take(b, a, second_s))

    program.__name__ = f"backing_off_{first_s}_{second_s}"
    return program


expect("livelock")(backing_off(0.002, 0.002))
expect("proved")(backing_off(0.002, 0.008))


@expect("unknown")
def backing_off_at_random():
    a, b = threading.Lock(), threading.Lock()

    def take(first, second):
        while True:
            with first:
                time.sleep(0.001)
                if second.acquire(blocking=False):
                    second.release()
                    return
            time.sleep(random.choice((0.001, 0.003)))

    start_and_join(lambda: take(a, b), lambda: take(b, a))


@expect("livelock")
def livelocked_beside_one_who_waits_for_an_event():
    a, b, done = threading.Lock(), threading.Lock(), threading.Event()

    def take(first, second):
        while True:
            with first:
                if second.acquire(blocking=False):
                    break
        second.release()
        done.set()

    start_and_join(lambda: take(a, b), lambda: take(b, a), done.wait)


@expect("proved")
def waiting_busily_for_somebody():
    done = False

    def wait():
        while not done:
            pass

    def finish():
        nonlocal done
        done = True

    start_and_join(wait, finish)


@expect("failure")
def a_race_that_is_reached_after_a_busy_wait():
    go, count = threading.Event(), 0

    def wait_and_add():
        nonlocal count
        while not go.is_set():
            pass
        count += 1

    def go_and_add():
        nonlocal count
        go.set()
        count += 1

    start_and_join(wait_and_add, go_and_add)
    assert count == 2


@expect("deadlock")
def a_deadlock_beside_a_heartbeat():
    a, b = threading.Lock(), threading.Lock()

    def beat():
        while True:
            time.sleep(1)

    def take(first, second):
        with first, second:
            pass

    threading.Thread(target=beat, daemon=True).start()
    start_and_join(lambda: take(a, b), lambda: take(b, a))


@expect("proved")
def a_server_that_makes_progress():
    lock = threading.Lock()

    def serve():
        while True:
            with lock:
                pass
            mark("served")

    start_and_join(serve, serve)


@expect("livelock")
def a_server_that_says_nothing():
    lock = threading.Lock()

    def serve():
        while True:
            with lock:
                pass

    start_and_join(serve, serve)


@expect("proved")
def a_daemon_at_an_empty_queue():
    items = queue.Queue()

    def consume():
        while True:
            items.get()

    threading.Thread(target=consume, daemon=True).start()
    items.put(1)
    items.put(2)


@expect("proved")
def a_daemon_that_never_stops():
    lock = threading.Lock()

    def work():
        while True:
            with lock:
                pass

    threading.Thread(target=work, daemon=True).start()
    with lock:
        pass


@expect("proved")
def rounds_of_a_barrier():
    barrier = threading.Barrier(2)
    meals = [0, 0]

    def eat(n):
        rounds = 0
        while rounds < 2:
            barrier.wait()
            meals[n] += 1
            barrier.wait()
            rounds += 1

    start_and_join(lambda: eat(0), lambda: eat(1))
    assert meals == [2, 2]


@expect("livelock")
def in_step_by_a_barrier():
    forks = [threading.Lock(), threading.Lock()]
    barrier = threading.Barrier(2)

    def eat(left, right):
        while True:
            with left:
                barrier.wait()
                got = right.acquire(blocking=False)
                barrier.wait()
            if got:
                right.release()
                return

    start_and_join(lambda: eat(*forks), lambda: eat(*forks[::-1]))


@expect("proved")
def a_counter_is_progress():
    lock = threading.Lock()
    count = 0

    def work():
        nonlocal count
        while True:
            with lock:
                count += 1
                if count > 4:
                    return

    start_and_join(work, work)


# ---- starvation


def a_writer_among_readers(lock_class):
    """Return two readers who read until the writer has written."""

    def program():
        lock = lock_class()
        written = threading.Event()

        def read():
            while not written.is_set():
                with lock.gen_rlock():
                    pass

        def write():
            with lock.gen_wlock():
                pass
            written.set()

        start_and_join(read, read, write)

    program.__name__ = f"a_writer_among_readers_{lock_class.__name__}"
    return program


expect("starvation")(a_writer_among_readers(rwlock.RWLockRead))
expect("proved")(a_writer_among_readers(rwlock.RWLockFair))
expect("proved")(a_writer_among_readers(rwlock.RWLockWrite))


@expect("starvation")
def a_reader_among_writers():
    lock = rwlock.RWLockWrite()
    read = threading.Event()

    def write():
        while not read.is_set():
            with lock.gen_wlock():
                pass

    def read_once():
        with lock.gen_rlock():
            pass
        read.set()

    start_and_join(write, write, read_once)


@expect("starvation")
def a_permit_that_nobody_gives_back():
    permits, lock = threading.Semaphore(1), threading.Lock()

    def take_two():
        with permits, permits:
            pass

    def go_on():
        while True:
            with lock:
                pass

    start_and_join(take_two, go_on)


class BargingLock:
    """Whoever comes first takes it, also from those who wait."""

    def __init__(self):
        self.free, self.changed = True, threading.Condition()

    def acquire(self):
        with self.changed:
            while not self.free:
                self.changed.wait()
            self.free = False

    def release(self):
        with self.changed:
            self.free = True
            self.changed.notify()


class TicketLock:
    """Serves the tickets in their order; there are three of them."""

    def __init__(self):
        self.next = self.serving = 0
        self.changed = threading.Condition()

    def acquire(self):
        with self.changed:
            mine, self.next = self.next, (self.next + 1) % 3
            while self.serving != mine:
                self.changed.wait()

    def release(self):
        with self.changed:
            self.serving = (self.serving + 1) % 3
            self.changed.notify_all()


def greedy_beside_patient(lock_class):
    """Return one who takes the lock again and again until the other has had it."""

    def program():
        lock, done = lock_class(), threading.Event()

        def greedy():
            while not done.is_set():
                lock.acquire()
                mark("got in")
                lock.release()

        def patient():
            lock.acquire()
            mark("got in")
            lock.release()
            done.set()

        start_and_join(greedy, patient)

    program.__name__ = f"greedy_beside_patient_{lock_class.__name__}"
    return program


expect("starvation")(greedy_beside_patient(BargingLock))
expect("proved")(greedy_beside_patient(TicketLock))


@expect("starvation")
def held_for_ever_by_one_who_keeps_moving():
    lock, other = threading.Lock(), threading.Lock()

    def keep():
        with lock:
            while True:
                with other:
                    mark("still working")

    def want():
        with lock:
            pass

    start_and_join(keep, want)
