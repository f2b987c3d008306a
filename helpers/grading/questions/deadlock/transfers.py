"""Exercise 05.2: money between accounts, each with a lock of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from ....lessons.mutual_exclusion.programs import start_and_join
from ...properties import Explored
from ...question import Question

Transfer = Callable[["Account", "Account", int], bool]


class Account:
    """A balance, a number that no other account has, and the lock that goes with it."""

    def __init__(self, number: int, balance: int = 100) -> None:
        self.number, self.balance = number, balance
        self.lock = threading.Lock()


def _one_thread(transfer: Transfer, _size: int) -> Callable[[], None]:
    def program() -> None:
        ana, ben = Account(2), Account(1, balance=0)
        for amount, moved, left in ((70, True, 30), (31, False, 30), (30, True, 0), (1, False, 0)):
            before = ana.balance
            answer = transfer(ana, ben, amount)
            what = f"transfer of {amount} from an account with {before}"
            assert answer is moved, f"{what} returns {answer!r} instead of {moved}"
            balances = f"{ana.balance} and {ben.balance}"
            assert (ana.balance, ben.balance) == (left, 100 - left), f"after a {what} there are {balances}"
            for account in (ana, ben):
                assert not account.lock.locked(), f"after a {what} a lock is still held"

    return program


def _one_purse(transfer: Transfer, _size: int) -> Callable[[], None]:
    """T1 and T2 each want all that Ana has; T3 pays in, with the account's lock, as the rest of the bank."""

    def program() -> None:
        ana, ben, cem = Account(2), Account(1), Account(3)
        moved = []

        def pay_in() -> None:
            with cem.lock:
                cem.balance += 5

        start_and_join(
            lambda: moved.append(transfer(ana, ben, 100)),
            lambda: moved.append(transfer(ana, cem, 100)),
            pay_in,
        )
        assert ana.balance >= 0, f"T1 and T2 both saw enough money: the balance is {ana.balance}"
        assert sorted(moved) == [False, True], (
            f"one of the two transfers is possible, and they return {moved}"
        )
        total = ana.balance + ben.balance + cem.balance
        assert total == 305, f"lost update: there is {total} in all instead of 305"

    return program


def _audited(transfer: Transfer, _size: int) -> Callable[[], None]:
    """T1 transfers; T2 adds up where it gets both locks without waiting, so in any order of them."""

    def program() -> None:
        ana, ben = Account(2), Account(1)

        def audit() -> None:
            if ana.lock.acquire(blocking=False):
                if ben.lock.acquire(blocking=False):
                    total = ana.balance + ben.balance
                    assert total == 200, (
                        f"half a transfer: T2 holds both locks, and {200 - total} are missing"
                    )
                    ben.lock.release()
                ana.lock.release()

        start_and_join(lambda: transfer(ana, ben, 30), audit)

    return program


def _in_a_ring(transfer: Transfer, size: int) -> Callable[[], None]:
    """Each account pays the next one, and the last one the first, all at the same time."""

    def program() -> None:
        accounts = [Account(number) for number in range(size)]

        def pay(number: int) -> None:
            moved = transfer(accounts[number], accounts[(number + 1) % size], 10)
            assert moved is True, f"a transfer of 10 from an account with at least 90 returns {moved!r}"

        start_and_join(*[partial(pay, number) for number in range(size)])
        total = sum(account.balance for account in accounts)
        assert total == 100 * size, f"lost update: there is {total} in all instead of {100 * size}"

    return program


def _to_oneself(transfer: Transfer, _size: int) -> Callable[[], None]:
    def program() -> None:
        ana = Account(1)
        for amount, possible in ((30, True), (100, True), (101, False)):
            answer = transfer(ana, ana, amount)
            what = f"a transfer of {amount} from an account with 100 to itself"
            assert answer is possible, f"{what} returns {answer!r} instead of {possible}"
            assert ana.balance == 100, f"{what} leaves {ana.balance}"
        assert not ana.lock.locked(), "after a transfer to itself the lock is still held"

        def change_your_mind() -> None:
            with ana.lock:
                ana.balance -= 50
                ana.balance += 50

        def pay() -> None:
            in_between = "the balance is looked at without the lock, while T2 is in the middle of a change"
            assert transfer(ana, ana, 100), in_between

        start_and_join(pay, change_your_mind)

    return program


TRANSFER = Question(
    "05.2",
    "Transfer",
    stars=2,
    minutes=15,
    answer_name="transfer",
    properties=(
        Explored(_one_thread, works=1, sizes=(1,), needed=True),
        Explored(_one_purse, safe=1, sizes=(3,), needed=True),
        Explored(_audited, safe=1),
        Explored(_in_a_ring, live=2, final=(3,)),
        Explored(
            _to_oneself,
            works=1,
            called="to oneself",
            sizes=(1,),
            because={"deadlock": "The first lock and the second one are the same."},
        ),
    ),
)
