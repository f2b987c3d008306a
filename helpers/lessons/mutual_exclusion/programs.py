"""The programs of lesson 01, as its notebook shows them."""

import random
import threading
import time
from collections.abc import Callable

from helpers import mark


def four_tellers() -> int:
    """Four threads add 1 to one balance, 50 times each; a barrier lets all of them read before any writes."""
    balance = 0
    together = threading.Barrier(4)

    def deposit() -> None:
        nonlocal balance
        for _ in range(50):
            seen = balance  # read
            together.wait()
            balance = seen + 1  # write
            together.wait()

    tellers = [threading.Thread(target=deposit, name=f"T{n}") for n in range(1, 5)]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()
    return balance


def start_and_join(*bodies: Callable[[], None]) -> None:
    """Start a thread for each function, named T1, T2, and so on, and wait until all have ended."""
    threads = [threading.Thread(target=body, name=f"T{n}") for n, body in enumerate(bodies, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def slow_tellers() -> int:
    """Eight threads add 1 to one balance, 5 times each, and take 1 ms between reading and writing."""
    balance = 0

    def deposit() -> None:
        nonlocal balance
        for _ in range(5):
            seen = balance
            time.sleep(0.001)
            balance = seen + 1

    start_and_join(*[deposit] * 8)
    return balance


def quick_tellers() -> int:
    """Four threads add 1 to one balance, 600,000 times each, without a lock."""
    balance = 0
    all_here = threading.Barrier(4)

    def deposit() -> None:
        nonlocal balance
        all_here.wait()
        for _ in range(600_000):
            balance += 1

    start_and_join(*[deposit] * 4)
    return balance


def calling_tellers() -> int:
    """The same as quick_tellers, but a call stands between reading and writing."""
    balance = 0
    all_here = threading.Barrier(4)

    def deposit() -> None:
        nonlocal balance
        all_here.wait()
        for _ in range(600_000):
            balance = int(balance + 1)

    start_and_join(*[deposit] * 4)
    return balance


def locked_tellers() -> int:
    """The same as slow_tellers, but each deposit is made while holding the lock."""
    balance = 0
    lock = threading.Lock()

    def deposit() -> None:
        nonlocal balance
        for _ in range(5):
            with lock:
                seen = balance
                time.sleep(0.001)
                balance = seen + 1

    start_and_join(*[deposit] * 8)
    return balance


class Account:
    """A balance, and the lock that goes with it."""

    def __init__(self) -> None:
        self.balance = 0
        self.lock = threading.Lock()


def pay_bare(account: Account, amount: str) -> None:
    """Add an amount to the account: acquire, work, release."""
    account.lock.acquire()
    time.sleep(0.005)
    account.balance += int(amount)
    account.lock.release()


def pay_finally(account: Account, amount: str) -> None:
    """Add an amount to the account, and release whatever happens."""
    account.lock.acquire()
    try:
        time.sleep(0.005)
        account.balance += int(amount)
    finally:
        account.lock.release()


def pay_with(account: Account, amount: str) -> None:
    """Add an amount to the account; `with` acquires, and releases whatever happens."""
    with account.lock:
        time.sleep(0.005)
        account.balance += int(amount)


def ends_while_holding() -> None:
    """T1 takes the lock and ends without giving it back; T2 asks for it."""
    lock = threading.Lock()

    def forgetful() -> None:
        lock.acquire()
        time.sleep(0.01)

    def patient() -> None:
        time.sleep(0.005)
        with lock:
            mark("never reached")

    start_and_join(forgetful, patient)


def audit_during_transfer() -> int:
    """T1 moves 10 from one account to the other, holding the lock; T2 adds both up without it."""
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
            counted.wait()
            time.sleep(0.005)
            current += 10

    def audit() -> None:
        nonlocal total
        halfway.wait()
        total = savings + current
        mark(f"counts {total}")
        time.sleep(0.003)
        counted.set()

    start_and_join(transfer, audit)
    return total


class Bank:
    """A balance that all tellers share."""

    def __init__(self) -> None:
        self.balance = 0


class Teller:
    """Deposits 1 in the bank, 5 times, while holding its lock."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.lock = threading.Lock()

    def deposit(self) -> None:
        """Make the deposits."""
        for _ in range(5):
            with self.lock:
                seen = self.bank.balance
                time.sleep(0.002)
                self.bank.balance = seen + 1


def a_lock_for_each() -> int:
    """Four tellers share one bank; each takes its own lock."""
    bank = Bank()
    tellers = [Teller(bank) for _ in range(4)]
    start_and_join(*[teller.deposit for teller in tellers])
    return bank.balance


def wide_lock() -> int:
    """Four threads fetch 5 prices each, at 4 ms, and add them up; they hold the lock all the time."""
    total = 0
    lock = threading.Lock()

    def add_prices() -> None:
        nonlocal total
        for _ in range(5):
            with lock:
                time.sleep(0.004)  # fetches a price
                total += 3

    start_and_join(*[add_prices] * 4)
    return total


def narrow_lock() -> int:
    """The same as wide_lock, but a price is fetched before the lock is taken."""
    total = 0
    lock = threading.Lock()

    def add_prices() -> None:
        nonlocal total
        for _ in range(5):
            time.sleep(0.004)  # fetches a price
            with lock:
                total += 3

    start_and_join(*[add_prices] * 4)
    return total


def eight_locks() -> None:
    """For 0.25 s, eight threads update one of eight accounts after another, each with a lock of its own."""
    locks = [threading.Lock() for _ in range(8)]
    pick = random.Random(1)
    all_here = threading.Barrier(8)

    def update() -> None:
        all_here.wait()
        end = time.monotonic() + 0.25
        while time.monotonic() < end:
            with pick.choice(locks):
                time.sleep(0.002)

    start_and_join(*[update] * 8)


def use_nothing(n: int) -> None:
    """Go round an empty loop n times."""
    for _ in range(n):
        pass


def use_acquire_release(n: int) -> None:
    """Take a free lock n times, by acquire and release."""
    lock = threading.Lock()
    for _ in range(n):
        lock.acquire()
        lock.release()


def use_with(n: int) -> None:
    """Take a free lock n times, by with."""
    lock = threading.Lock()
    for _ in range(n):
        with lock:
            pass
