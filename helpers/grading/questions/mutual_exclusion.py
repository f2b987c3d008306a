"""The exercises of lesson 01: a critical section, one lock or many, a schedule that loses updates."""

from __future__ import annotations

import threading
from collections.abc import Callable
from random import Random

from ...exploring import Choices
from ...lessons.mutual_exclusion.programs import start_and_join
from ..learners import chance_of, current_learner
from ..properties import Explored, Scheduled
from ..question import Question


class Shop:
    """A shop with so many tickets left, and a lock that nobody takes yet."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.lock = threading.Lock()


def _one_buyer(sell: Callable[[Shop], bool], tickets: int) -> Callable[[], None]:
    def program() -> None:
        shop = Shop(tickets)
        for _ in range(tickets):
            assert sell(shop) is True, "sell must return True where it sold a ticket"
        assert shop.left == 0, f"of {tickets} tickets that were sold, {shop.left} are left in the shop"
        assert sell(shop) is False, "sell must return False where no ticket is left"
        assert shop.left == 0, f"with no ticket left, sell made the number of tickets {shop.left}"
        assert not shop.lock.locked(), "sell must give the lock back, on every way out"

    return program


def _rush(sell: Callable[[Shop], bool], buyers: int) -> Callable[[], None]:
    def program() -> None:
        shop = Shop(buyers - 1)
        sold = []
        start_and_join(*[lambda: sold.append(sell(shop))] * buyers)
        many = sold.count(True)
        tickets = f"{buyers - 1} ticket{'s' if buyers > 2 else ''}"
        assert many == buyers - 1, f"race condition: {tickets} to sell, {many} sold"
        assert shop.left == 0, f"lost update: all tickets are sold, but {shop.left} are left in the shop"

    return program


class Account:
    """An account in a store: `read` and `write` its balance; neither takes a lock."""

    def __init__(self, balance: int = 0) -> None:
        self._balance = balance

    def read(self) -> int:
        """Return the balance."""
        return self._balance

    def write(self, balance: int) -> None:
        """Set the balance."""
        self._balance = balance


class _MeetingAccount(Account):
    """An account whose readers first meet those of all other accounts; where told, its writers too."""

    def __init__(self, readers: threading.Barrier, writers: threading.Barrier | None) -> None:
        super().__init__()
        self._readers = readers
        self._writers = writers

    def read(self) -> int:
        self._readers.wait()
        return super().read()

    def write(self, balance: int) -> None:
        if self._writers is not None:
            self._writers.wait()
        super().write(balance)


def _one_customer(bank_class: type, accounts: int) -> Callable[[], None]:
    def program() -> None:
        held = [Account(10) for _ in range(accounts)]
        bank = bank_class(held)
        for amount in (5, -3):
            for at in range(accounts):
                bank.deposit(at, amount + at)
        for at, account in enumerate(held):
            wanted, now = 12 + 2 * at, account.read()
            assert now == wanted, (
                f"deposits of {5 + at} and {at - 3} to account {at}, which held 10, make {now}, not {wanted}"
            )

    return program


def _one_account(bank_class: type, threads: int) -> Callable[[], None]:
    def program() -> None:
        account = Account(10)
        bank = bank_class([account])
        start_and_join(*[lambda: bank.deposit(0, 5)] * threads)
        wanted, now = 10 + 5 * threads, account.read()
        assert now == wanted, f"lost update: account 0 holds {now}, not {wanted}"

    return program


def _apart(bank_class: type, accounts: int) -> Callable[[], None]:
    def program() -> None:
        readers = threading.Barrier(accounts)
        writers = threading.Barrier(accounts) if accounts == 2 else None  # with more, too many schedules
        bank = bank_class([_MeetingAccount(readers, writers) for _ in range(accounts)])
        start_and_join(*[lambda at=at: bank.deposit(at, 5) for at in range(accounts)])

    return program


class Counter:
    """A counter without a lock."""

    def __init__(self) -> None:
        self.value = 0


def counting(rounds: int) -> Callable[[], int]:
    """Return a program: two threads, T1 and T2, each add 1 to a counter so many times, without a lock."""

    def program() -> int:
        counter = Counter()

        def add() -> None:
            for _ in range(rounds):
                seen = counter.value
                counter.value = seen + 1

        first, second = threading.Thread(target=add, name="T1"), threading.Thread(target=add, name="T2")
        first.start()
        second.start()
        first.join()
        second.join()
        return counter.value

    return program


def my_rounds() -> int:
    """Return how often each thread adds in your program; it depends on the name that `learner` was told."""
    return _rounds(chance_of(current_learner(), "01.3"))


def _rounds(numbers: Random) -> int:
    return numbers.randint(3, 5)


def _two_left(ended: Choices) -> str:
    total = ended.trace.result
    return "" if total == 2 else f"with this schedule the counter ends at {total}, not at 2"


QUESTIONS = (
    Question(
        "01.1",
        "Protect the till",
        stars=1,
        minutes=10,
        answer_name="sell",
        properties=(
            Explored(_one_buyer, works=1, needed=True),
            Explored(
                _rush,
                safe=2,
                live=1,
                sizes=(2, 3),
                because={"failure": "Looking at shop.left and changing it must be one critical section."},
            ),
        ),
    ),
    Question(
        "01.2",
        "One lock for each account",
        stars=2,
        minutes=15,
        answer_name="Bank",
        properties=(
            Explored(_one_customer, works=1, sizes=(3,), needed=True),
            Explored(_one_account, safe=2, live=1, final=(3,), needed=True),
            Explored(
                _apart,
                works=2,
                called="apart",
                sizes=(2, 3),
                because={
                    "deadlock": "All deposits are to different accounts, and yet one keeps another out: "
                    "each account needs a lock of its own."
                },
            ),
        ),
    ),
    Question(
        "01.3",
        "Lose all updates but two",
        stars=3,
        minutes=20,
        answer_name="schedule",
        properties=(
            Scheduled("01.3", lambda numbers: counting(_rounds(numbers)), wanted=_two_left, works=6),
        ),
    ),
)
