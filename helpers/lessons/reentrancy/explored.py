"""Lesson 02: small programs of which its notebook has every order played."""

from collections.abc import Callable
from contextlib import suppress

from helpers.lessons.mutual_exclusion.programs import start_and_join
from helpers.lessons.reentrancy.bank import Bank


def two_rents(kind: type[Bank], make_lock: Callable) -> Callable[[], None]:
    """Return a program: Ana pays Ben 30 while Ben pays Ana 50, at a bank of this kind with such a lock."""

    def program() -> None:
        bank = kind(make_lock)
        start_and_join(
            lambda: bank.transfer("Ana", "Ben", 30),
            lambda: bank.transfer("Ben", "Ana", 50),
        )
        assert bank.balances == {"Ana": 120, "Ben": 80}

    return program


def released_by_another(make_lock: Callable) -> Callable[[], None]:
    """Return a program: T1 and T3 add 1 to a balance with the lock held; T2 releases it, uninvited."""

    def program() -> None:
        balance = 0
        lock = make_lock()

        def release() -> None:
            with suppress(RuntimeError):  # the release is refused
                lock.release()

        def deposit() -> None:
            nonlocal balance
            lock.acquire()
            balance += 1
            release()

        start_and_join(deposit, release, deposit)
        assert balance == 2

    return program
