"""Lesson 02: one locked method that calls another: with a Lock, with an RLock, and so that it needs none."""

import threading
import time
from collections.abc import Callable

from helpers import mark


class Bank:
    """Accounts behind one lock; a transfer takes both of its steps or none."""

    def __init__(self, make_lock: Callable) -> None:
        self.lock = make_lock()
        self.balances = {"Ana": 100, "Ben": 100}

    def deposit(self, name: str, amount: int) -> None:
        """Add an amount to one account."""
        with self.lock:
            self.balances[name] += amount

    def transfer(self, source: str, target: str, amount: int) -> None:
        """Move an amount from one account to another."""
        with self.lock:
            self.deposit(source, -amount)
            self.deposit(target, amount)

    def total(self) -> int:
        """Return the sum of all accounts."""
        with self.lock:
            return sum(self.balances.values())


def pay_rent() -> dict:
    """Ana pays Ben at a bank with a Lock."""
    bank = Bank(threading.Lock)
    bank.transfer("Ana", "Ben", 30)
    return bank.balances


def pay_rent_reentrant() -> dict:
    """Ana pays Ben at a bank with an RLock."""
    bank = Bank(threading.RLock)
    bank.transfer("Ana", "Ben", 30)
    return bank.balances


class ReportingBank(Bank):
    """A bank that calls `report` after each deposit, with its lock still held."""

    report: Callable

    def deposit(self, name: str, amount: int) -> None:
        """Add an amount to one account, and report it."""
        with self.lock:
            self.balances[name] += amount
            self.report()


def two_audits(make_lock: Callable) -> Callable[[], None]:
    """Return a program: during a transfer in T1, its report and another thread each ask for the total."""

    def program() -> None:
        bank = ReportingBank(make_lock)
        has_begun = threading.Event()

        def report() -> None:
            has_begun.set()
            time.sleep(0.004)
            mark(f"report: {bank.total()}")
            time.sleep(0.004)

        def audit() -> None:
            has_begun.wait()
            mark(f"audit: {bank.total()}")
            time.sleep(0.003)

        bank.report = report
        threading.Thread(target=bank.transfer, args=("Ana", "Ben", 30), name="T1").start()
        threading.Thread(target=audit, name="T2").start()

    return program


class FlatBank(Bank):
    """The same bank: its public methods lock, its private ones expect the lock to be held."""

    def deposit(self, name: str, amount: int) -> None:
        """Add an amount to one account."""
        with self.lock:
            self._deposit(name, amount)

    def transfer(self, source: str, target: str, amount: int) -> None:
        """Move an amount from one account to another."""
        with self.lock:
            self._deposit(source, -amount)
            self._deposit(target, amount)

    def _deposit(self, name: str, amount: int) -> None:
        # The caller holds self.lock.
        self.balances[name] += amount


def pay_rent_flat() -> dict:
    """Ana pays Ben at a bank with a Lock, and no method that acquires it twice."""
    bank = FlatBank(threading.Lock)
    bank.transfer("Ana", "Ben", 30)
    return bank.balances
