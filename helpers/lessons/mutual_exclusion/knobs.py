"""The programs of lesson 01 with knobs to turn."""

import random
import threading
import time
from collections.abc import Callable

from helpers import mark
from helpers.lessons.mutual_exclusion.programs import Account, start_and_join


def tellers(*, threads: int = 2, deposits: int = 3, locked: bool = False) -> Callable[[], int]:
    """Return a program whose threads add 1 to one balance, and mark what they read and write.

    Args:
        threads: how many tellers there are.
        deposits: how many deposits each makes; 2 ms lie between reading and writing, and 2 ms after it.
        locked: whether each deposit is made while holding a lock.
    """

    def program() -> int:
        balance = 0
        lock = threading.Lock()

        def deposit() -> None:
            nonlocal balance
            mark(f"reads {balance}")
            seen = balance
            time.sleep(0.002)
            balance = seen + 1
            mark(f"writes {balance}")

        def work() -> None:
            for _ in range(deposits):
                if locked:
                    with lock:
                        deposit()
                else:
                    deposit()
                time.sleep(0.002)

        start_and_join(*[work] * threads)
        return balance

    return program


def two_customers(pay: Callable[[Account, str], None]) -> Callable[[], int]:
    """Return a program in which T1 pays "5" and then "five", which is no number, and after that T2 pays "7".

    Args:
        pay: adds an amount to an account; raises ValueError where the amount is no number.
    """

    def program() -> int:
        account = Account()
        turn = threading.Event()

        def first() -> None:
            pay(account, "5")
            try:
                pay(account, "five")
            except ValueError:
                mark("ValueError")
            time.sleep(0.005)
            turn.set()
            time.sleep(0.01)

        def second() -> None:
            turn.wait()
            pay(account, "7")

        start_and_join(first, second)
        return account.balance

    return program


def dying_holder(*, raises: bool, uses_with: bool) -> Callable[[], None]:
    """Return a program in which T1 ends its life inside a critical section, and T2 asks for the lock.

    Args:
        raises: True where T1 ends by an exception, False where it returns.
        uses_with: True where T1 takes the lock by `with`, False where by `acquire`.
    """

    def program() -> None:
        lock = threading.Lock()

        def end_here() -> None:
            time.sleep(0.01)
            if raises:
                raise ValueError("no such account")

        def holder() -> None:
            if uses_with:
                with lock:
                    end_here()
            else:
                lock.acquire()
                end_here()

        def patient() -> None:
            time.sleep(0.005)
            with lock:
                mark("got it")

        start_and_join(holder, patient)

    return program


def audit(*, auditor_locks: bool, patience_s: float = 0.1) -> Callable[[], int]:
    """Return a program in which T2 counts the money while T1 moves some of it, holding the lock.

    Args:
        auditor_locks: whether T2 takes the lock too.
        patience_s: how long T1 waits for T2 in the middle of its transfer, in seconds.
    """

    def program() -> int:
        savings, current = 100, 0
        lock = threading.Lock()
        halfway, counted = threading.Event(), threading.Event()
        total = 0

        def transfer() -> None:
            nonlocal savings, current
            with lock:
                savings -= 10
                time.sleep(0.005)
                halfway.set()
                counted.wait(timeout=patience_s)
                time.sleep(0.005)
                current += 10

        def count() -> None:
            nonlocal total
            halfway.wait()
            if auditor_locks:
                with lock:
                    total = savings + current
            else:
                total = savings + current
            mark(f"counts {total}")
            time.sleep(0.003)
            counted.set()

        start_and_join(transfer, count)
        return total

    return program


def price_adders(*, wide: bool, threads: int = 4, fetch_s: float = 0.004) -> Callable[[], int]:
    """Return a program whose threads fetch 5 prices each and add them up.

    Args:
        wide: whether a price is fetched while holding the lock.
        threads: how many threads there are.
        fetch_s: how long it takes to fetch a price, in seconds.
    """

    def program() -> int:
        total = 0
        lock = threading.Lock()

        def add_prices() -> None:
            nonlocal total
            for _ in range(5):
                if not wide:
                    time.sleep(fetch_s)
                with lock:
                    if wide:
                        time.sleep(fetch_s)
                    total += 3

        start_and_join(*[add_prices] * threads)
        return total

    return program


def updaters(
    *, locks: int, threads: int = 8, hold_s: float = 0.002, run_s: float = 0.25
) -> Callable[[], None]:
    """Return a program whose threads take one of some locks after another, chosen at random.

    Args:
        locks: how many locks there are.
        threads: how many threads there are.
        hold_s: how long a lock is held, in seconds.
        run_s: how long the threads go on once all are there, in seconds.
    """

    def program() -> None:
        stripes = [threading.Lock() for _ in range(locks)]
        pick = random.Random(1)
        all_here = threading.Barrier(threads)

        def update() -> None:
            all_here.wait()
            end = time.monotonic() + run_s
            while time.monotonic() < end:
                with pick.choice(stripes):
                    time.sleep(hold_s)

        start_and_join(*[update] * threads)

    return program
