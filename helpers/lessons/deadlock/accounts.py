"""Lesson 05: a bank in which each account has a lock of its own."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from helpers import mark
from helpers.lessons.mutual_exclusion.programs import start_and_join


class Account:
    """A balance with a number, and the lock that goes with it."""

    def __init__(self, number: int, balance: int = 100) -> None:
        self.number, self.balance = number, balance
        self.lock = threading.Lock()


def transfer(source: Account, target: Account, amount: int) -> None:
    """Move an amount: take the lock of the source, then that of the target."""
    with source.lock, target.lock:
        source.balance -= amount
        target.balance += amount


def transfer_in_order(source: Account, target: Account, amount: int) -> None:
    """Move an amount: take the lock of the account with the lower number first."""
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        source.balance -= amount
        target.balance += amount


def two_transfers(move: Callable) -> Callable[[], None]:
    """Return a program: Ana pays Ben 30 while Ben pays Ana 50."""

    def program() -> None:
        ana, ben = Account(1), Account(2)
        start_and_join(lambda: move(ana, ben, 30), lambda: move(ben, ana, 50))
        assert (ana.balance, ben.balance) == (120, 80)

    return program


def to_herself() -> int:
    """Ana moves 30 from her account to her account."""
    ana = Account(1)
    transfer_in_order(ana, ana, 30)
    return ana.balance


@contextmanager
def holding(*accounts: Account) -> Iterator[None]:
    """Hold the locks of these accounts, each once, the lowest number first."""
    with ExitStack() as stack:
        for account in sorted(set(accounts), key=lambda account: account.number):
            stack.enter_context(account.lock)
        yield


def collect() -> int:
    """T1 collects 10 from each of three members for the club; T2 gives one of them 5 back."""
    club, ana, ben, cem = Account(4), Account(1), Account(3), Account(2)

    def fees() -> None:
        with holding(club, ana, ben, cem):
            for member in (ana, ben, cem):
                member.balance -= 10
                club.balance += 10

    def refund() -> None:
        with holding(ben, club):
            club.balance -= 5
            ben.balance += 5

    start_and_join(fees, refund)
    total = sum(account.balance for account in (club, ana, ben, cem))
    assert total == 400
    return total


def raises_in_between() -> int:
    """T1 takes the lock by hand, and an error ends it before it releases; T2 asks for the lock."""
    account = Account(1)

    def pay(amount: str) -> None:
        account.lock.acquire()
        time.sleep(0.01)
        account.balance += int(amount)
        account.lock.release()

    def careless() -> None:
        with suppress(ValueError):  # the thread ends here, as it would with the error, only quietly
            pay("five")

    def careful() -> None:
        time.sleep(0.005)
        pay("7")

    start_and_join(careless, careful)
    return account.balance


def half_a_transfer() -> int:
    """T1's transfer raises between its two steps, with both locks held by `with`; T2 counts the money."""
    ana, ben = Account(1), Account(2)
    counted = 0

    def transfer_text(amount: str) -> None:
        with holding(ana, ben):
            ana.balance -= 30
            time.sleep(0.01)
            ben.balance += int(amount)

    def careless() -> None:
        with suppress(ValueError):
            transfer_text("thirty")

    def count() -> None:
        nonlocal counted
        time.sleep(0.005)
        with holding(ana, ben):
            counted = ana.balance + ben.balance
        mark(f"counts {counted}")

    start_and_join(careless, count)
    return counted
