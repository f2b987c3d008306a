"""Exercise 08.1: the programs that are diagnosed; each learner is shown some of them, word for word."""

import threading
import time

from readerwriterlock.rwlock import RWLockFair, RWLockRead, RWLockWrite

from ....lessons.capstone.programs import start_and_join


def two_locks_for_hits() -> None:
    """Count a hit with the lock of a price held."""
    tea, rye, hits = threading.Lock(), threading.Lock(), 0

    def get(price_lock: threading.Lock) -> None:
        nonlocal hits
        with price_lock:
            hits += 1

    start_and_join(lambda: get(tea), lambda: get(rye))
    assert hits == 2


def look_then_take() -> None:
    """Look whether a box is left, and take it."""
    lock, boxes = threading.Lock(), 1

    def take() -> None:
        nonlocal boxes
        with lock:
            some_left = boxes > 0
        if some_left:
            with lock:
                boxes -= 1

    start_and_join(take, take)
    assert boxes == 0


def one_lock_for_hits() -> None:
    """Count a hit with the lock of the count held."""
    tea, rye, count, hits = threading.Lock(), threading.Lock(), threading.Lock(), 0

    def get(price_lock: threading.Lock) -> None:
        nonlocal hits
        with price_lock, count:
            hits += 1

    start_and_join(lambda: get(tea), lambda: get(rye))
    assert hits == 2


def two_orders() -> None:
    """Put and report, with two locks each."""
    price, count = threading.Lock(), threading.Lock()

    def put() -> None:
        with price, count:
            pass

    def report() -> None:
        with count, price:
            pass

    start_and_join(put, report)


def a_pair_each_way() -> None:
    """Swap two prices, each way."""
    locks = {"tea": threading.Lock(), "rye": threading.Lock()}

    def swap(one: str, other: str) -> None:
        with locks[one], locks[other]:
            pass

    start_and_join(lambda: swap("tea", "rye"), lambda: swap("rye", "tea"))


def a_pair_in_order() -> None:
    """Swap two prices, each way."""
    locks = {"tea": threading.Lock(), "rye": threading.Lock()}

    def swap(*names: str) -> None:
        first, second = sorted(names)
        with locks[first], locks[second]:
            pass

    start_and_join(lambda: swap("tea", "rye"), lambda: swap("rye", "tea"))


def looks_without_the_lock() -> None:
    """Wait until it is filled."""
    filled, is_filled = threading.Condition(), False

    def wait() -> None:
        if not is_filled:
            with filled:
                filled.wait()

    def fill() -> None:
        nonlocal is_filled
        with filled:
            is_filled = True
            filled.notify_all()

    start_and_join(wait, fill)


def one_call_for_two() -> None:
    """Wait until it is filled."""
    filled, is_filled = threading.Condition(), False

    def wait() -> None:
        with filled:
            while not is_filled:
                filled.wait()

    def fill() -> None:
        nonlocal is_filled
        with filled:
            is_filled = True
            filled.notify()

    start_and_join(wait, wait, fill)


def looks_with_the_lock() -> None:
    """Wait until it is filled."""
    filled, is_filled = threading.Condition(), False

    def wait() -> None:
        with filled:
            while not is_filled:
                filled.wait()

    def fill() -> None:
        nonlocal is_filled
        with filled:
            is_filled = True
            filled.notify_all()

    start_and_join(wait, fill)


def read_until_it_changes() -> None:
    """Read the rate until it is the new one."""
    lock, rate = RWLockRead(), 20

    def serve() -> None:
        while True:
            with lock.gen_rlock():
                if rate == 25:
                    return

    def change() -> None:
        nonlocal rate
        with lock.gen_wlock():
            rate = 25

    start_and_join(serve, serve, change)


def write_until_it_is_read() -> None:
    """Write until somebody has read."""
    lock, was_read = RWLockWrite(), False

    def write() -> None:
        while True:
            with lock.gen_wlock():
                if was_read:
                    return

    def read() -> None:
        nonlocal was_read
        with lock.gen_rlock():
            was_read = True

    start_and_join(write, write, read)


def read_behind_a_turnstile() -> None:
    """Read the rate until it is the new one."""
    lock, rate = RWLockFair(), 20

    def serve() -> None:
        while True:
            with lock.gen_rlock():
                if rate == 25:
                    return

    def change() -> None:
        nonlocal rate
        with lock.gen_wlock():
            rate = 25

    start_and_join(serve, serve, change)


def gives_way() -> None:
    """Swap two prices, each way."""
    tea, rye = threading.Lock(), threading.Lock()

    def swap(first: threading.Lock, second: threading.Lock) -> None:
        while True:
            with first:
                if second.acquire(blocking=False):
                    second.release()
                    return

    start_and_join(lambda: swap(tea, rye), lambda: swap(rye, tea))


def gives_way_and_pauses() -> None:
    """Swap two prices, each way."""
    tea, rye = threading.Lock(), threading.Lock()

    def swap(first: threading.Lock, second: threading.Lock) -> None:
        while True:
            with first:
                time.sleep(0.001)
                if second.acquire(timeout=0.001):
                    second.release()
                    return
            time.sleep(0.005)

    start_and_join(lambda: swap(tea, rye), lambda: swap(rye, tea))


#: Each program, and where to look if the diagnosis is wrong.
CASES = {
    two_locks_for_hits: "which lock does each thread hold while it changes hits?",
    look_then_take: "what can the other thread do between the two with blocks?",
    one_lock_for_hits: "which lock do both hold while they change hits?",
    two_orders: "stop T1 after its first lock; what can T2 take?",
    a_pair_each_way: "stop T1 after its first lock; what can T2 take?",
    a_pair_in_order: "write down which lock each thread takes first",
    looks_without_the_lock: "stop T1 between its two first lines; what does T2 do then?",
    one_call_for_two: "let T1 and T2 wait before T3 comes; how many go on?",
    looks_with_the_lock: "can T2 come between T1's look and its wait?",
    read_until_it_changes: "let T1 come back before T2 leaves, and T2 before T1; what does T3 do?",
    write_until_it_is_read: "let T2 ask before T1 leaves, and T1 before T2; what does T3 do?",
    read_behind_a_turnstile: "once T3 has asked, can T1 or T2 get in ahead of it again and again?",
    gives_way: "let both take their first lock before either tries for the second one",
    gives_way_and_pauses: "let both take their first lock at the same moment; when do they come back?",
}
