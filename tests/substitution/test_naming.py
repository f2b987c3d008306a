"""Locks carry the name of what they are assigned to."""

import queue
import threading
from collections import deque
from dataclasses import dataclass, field

import pytest

from helpers import run


class Account:
    def __init__(self):
        self.lock = threading.Lock()


@dataclass
class Record:
    first: object = field(default_factory=threading.Lock)
    second: object = field(default_factory=threading.Lock)
    third: object = field(default_factory=threading.RLock)


class Bank:
    def __init__(self):
        self.locks = [threading.Lock() for _ in range(2)]
        self.doors = tuple(threading.RLock() for _ in range(1))
        self.by_name = {name: threading.Lock() for name in ("ann",)}


def attributes_with_many():
    bank = Bank()
    return [*bank.locks, *bank.doors, *bank.by_name.values()]


def variable():
    lock = threading.Lock()
    return [lock]


def annotated():
    lock: object = threading.Lock()
    return [lock]


def walrus():
    if lock := threading.Lock():
        return [lock]


def two_at_once():
    a, b = threading.Lock(), threading.RLock()
    return [a, b]


def comprehension():
    forks = [threading.Lock() for _ in range(3)]
    return forks


def literal():
    forks = [threading.Lock(), threading.Lock()]
    return forks


def appended():
    forks = []
    for _ in range(2):
        forks.append(threading.Lock())
    return forks


def generator_expression():
    forks = tuple(threading.Lock() for _ in range(2))
    return forks


def in_a_deque():
    forks = deque(threading.Lock() for _ in range(2))
    return list(forks)


def by_key():
    locks = {name: threading.Lock() for name in ("ann", "bob")}
    return list(locks.values())


def dict_literal():
    locks = {"ann": threading.Lock(), "bob": threading.Lock()}
    return list(locks.values())


def item():
    locks = {}
    locks["ann"] = threading.Lock()
    return list(locks.values())


def attribute():
    account = Account()
    return [account.lock]


def attribute_of_many():
    accounts = [Account() for _ in range(2)]
    return [account.lock for account in accounts]


def attribute_of_nobody():
    return [Account().lock]


def dataclass_fields():
    record = Record()
    return [record.first, record.second, record.third]


def same_name_twice():
    return variable() + variable()


def nowhere():
    return [threading.Lock()]


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (variable, ["lock"]),
        (annotated, ["lock"]),
        (walrus, ["lock"]),
        (two_at_once, ["a", "b"]),
        (comprehension, ["forks[0]", "forks[1]", "forks[2]"]),
        (literal, ["forks[0]", "forks[1]"]),
        (appended, ["forks[0]", "forks[1]"]),
        (generator_expression, ["forks[0]", "forks[1]"]),
        (in_a_deque, ["forks[0]", "forks[1]"]),
        (by_key, ["locks['ann']", "locks['bob']"]),
        (dict_literal, ["locks['ann']", "locks['bob']"]),
        (item, ["locks['ann']"]),
        (attribute, ["account.lock"]),
        (attribute_of_many, ["accounts[0].lock", "accounts[1].lock"]),
        (attribute_of_nobody, ["lock"]),
        (attributes_with_many, ["bank.locks[0]", "bank.locks[1]", "bank.doors[0]", "bank.by_name['ann']"]),
        (dataclass_fields, ["record.first", "record.second", "record.third"]),
        (same_name_twice, ["lock", "lock#2"]),
        (nowhere, ["Lock"]),
    ],
)
def test_locks(make, names):
    def program():
        for lock in make():
            with lock:
                pass

    assert [row.name for row in run(program).select()] == names


def test_what_is_not_a_lock_has_a_name_too():
    def program():
        bell, slots, gate = threading.Event(), threading.BoundedSemaphore(), threading.Barrier(1)
        stack = queue.LifoQueue()
        bell.set()
        slots.acquire()
        gate.wait()
        stack.put(1)

    assert [row.name for row in run(program).rows if row.kind != "lock"] == ["bell", "slots", "gate", "stack"]
