"""Equal states are equal, and states that differ anywhere are not."""

import collections
import enum
import functools
import io
import itertools
import threading
from dataclasses import dataclass

import pytest

from helpers import explore
from helpers.exploring.points.stacks import stacks
from helpers.exploring.scheduler import Scheduler
from helpers.exploring.states import NotComparable
from helpers.exploring.states.values import Values
from tests.exploring.suite import start_and_join


def written(*values):
    """Return what is written down for some values together."""
    book = Values(Scheduler(None, 10, 10))
    for value in values:
        book.add(value)
    return book.written


@dataclass
class Point:
    x: int


class Slotted:
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x


class Word(str):
    """Says that it is equal to everything."""

    __hash__ = str.__hash__

    def __eq__(self, other):
        return True


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


def moved_on(iterator, by):
    for _ in range(by):
        next(iterator)
    return iterator


def closure_over(value):
    return lambda: value


MAKERS = {
    "number": lambda n: n,
    "text": lambda n: "a" * n,
    "list": lambda n: [0] * n,
    "tuple": lambda n: (0, n),
    "dict": lambda n: {"k": n},
    "order of a dict": lambda n: dict.fromkeys((n, 9 - n)),
    "default dict": lambda n: collections.defaultdict(list, {n: [n]}),
    "set": lambda n: {n, "a"},
    "deque": lambda n: collections.deque([n], maxlen=3),
    "bytearray": lambda n: bytearray(n),
    "object": Point,
    "slots": Slotted,
    "inner object": lambda n: [Point([n])],
    "exception": lambda n: ValueError(n),
    "list iterator": lambda n: moved_on(iter([0] * 9), n),
    "range iterator": lambda n: moved_on(iter(range(9)), n),
    "dict iterator": lambda n: moved_on(iter(dict.fromkeys(range(9))), n),
    "enumerate": lambda n: moved_on(enumerate("abcdefgh"), n),
    "zip": lambda n: moved_on(zip("abcdefgh", "abcdefgh", strict=True), n),
    "partial": lambda n: functools.partial(print, n),
    "bound method": lambda n: [n].append,
    "cell": lambda n: closure_over(n).__closure__[0],
    "enum": lambda n: list(Colour)[n - 1],
    "range": range,
    "slice": lambda n: slice(n),
    "text of its own class": lambda n: Word("a" * n),
    "counter": lambda n: collections.Counter({"a": n}),
}


@pytest.mark.parametrize("name", MAKERS)
def test_states_are_equal_where_and_only_where_values_are(name):
    make = MAKERS[name]
    assert written(make(1)) == written(make(1))
    assert written(make(1)) != written(make(2))


@pytest.mark.parametrize(("first", "second"), [(1, True), (1, 1.0), (0, False), ("1", 1), ([], ()), ({}, [])])
def test_values_of_other_types_differ(first, second):
    assert written(first) != written(second)


def test_who_shares_what_is_part_of_the_state():
    one, other = [], []
    assert written(one, one) != written(one, other)
    assert written([one, other]) == written([other, one])


def test_a_value_that_contains_itself_has_an_end():
    knot = []
    knot.append(knot)
    assert written(knot) != written([[]])


@pytest.mark.parametrize("make", [io.StringIO, threading.local, itertools.count, lambda: {1, Point}])
def test_what_cannot_be_seen_is_not_compared(make):
    with pytest.raises(NotComparable):
        written(make())


# ---- loops whose state moves on, wherever that is kept: none of them is a livelock


def counting_in_a_local(lock):
    n = 0
    while n < 5:
        with lock:
            n += 1


def counting_in_an_iterator(lock):
    numbers = iter(range(5))
    while next(numbers, None) is not None:
        with lock:
            pass


def counting_by_recursion(lock, n=5):
    while n:
        with lock:
            pass
        return counting_by_recursion(lock, n - 1)
    return None


def counting_on_the_stack(lock):
    def turn():
        while True:
            with lock:
                return 1

    return turn() + turn() + turn() + turn()


def counting_in_a_for_around_it(lock):
    for _ in range(3):
        while True:
            with lock:
                break


def counting_in_the_length_of_a_text(lock):
    text = ""
    while len(text) < 5:
        with lock:
            text += "a"


def counting_in_a_closure(lock):
    def counter():
        n = 0

        def more():
            nonlocal n
            n += 1
            return n

        return more

    more = counter()
    while more() < 5:
        with lock:
            pass


def counting_in_an_exception(lock):
    error = ValueError(0)
    while True:
        try:
            with lock:
                raise error
        except ValueError as caught:
            error = ValueError(caught.args[0] + 1)
            if error.args[0] > 4:
                return


def counting_in_a_generator(lock):
    def numbers():
        n = 0
        while n < 5:
            with lock:
                n += 1
            yield n

    rounds = numbers()
    while next(rounds, None):
        pass


BODIES = [body for name, body in sorted(globals().items()) if name.startswith("counting_")]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_progress_is_seen_wherever_it_is_kept(body):
    def program():
        lock = threading.Lock()
        start_and_join(lambda: body(lock), lambda: body(lock))

    verdict = explore(program, max_schedules=2_000)
    assert verdict.kind == "proved", verdict.explain()


def test_every_stack_is_known():
    bytecode = pytest.importorskip("bytecode")
    code = bytecode.Bytecode.from_code(
        counting_in_an_exception.__code__, conserve_exception_block_stackdepth=True
    )
    found = stacks(code)
    calls = [index for index, each in enumerate(code) if getattr(each, "name", "") == "CALL"]
    assert calls
    assert all(len(found[index]) >= 2 for index in calls if index in found)
