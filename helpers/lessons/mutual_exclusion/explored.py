"""Lesson 01: small programs of which its notebook has every order played."""

import threading

from helpers.lessons.mutual_exclusion.programs import start_and_join


def two_deposits() -> None:
    """Two threads add 1 to one balance, without a lock."""
    balance = 0

    def deposit() -> None:
        nonlocal balance
        balance += 1

    start_and_join(deposit, deposit)
    assert balance == 2


def two_locked_deposits() -> None:
    """The same, but each deposit is made while holding the lock."""
    balance = 0
    lock = threading.Lock()

    def deposit() -> None:
        nonlocal balance
        with lock:
            balance += 1

    start_and_join(deposit, deposit)
    assert balance == 2


def two_cut_deposits() -> None:
    """The same, but the lock is given back between reading and writing."""
    balance = 0
    lock = threading.Lock()

    def deposit() -> None:
        nonlocal balance
        with lock:
            seen = balance
        with lock:
            balance = seen + 1

    start_and_join(deposit, deposit)
    assert balance == 2


def last_item() -> None:
    """Two threads take the last item, if there is one."""
    items = ["last"]

    def take() -> None:
        if items:
            items.pop()

    start_and_join(take, take)
