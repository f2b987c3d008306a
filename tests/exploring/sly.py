"""Programs in which the race hides: in library code, in what several instructions share, in what is dynamic.

Each can go wrong, so "proved" would be a lie; "unknown" is honest where explore does not see enough.
"""

import collections
import dataclasses
import functools
import heapq
import itertools
import operator
import threading
import types

from tests.exploring.suite import start_and_join

EXPECTED = {}


def expect(*kinds):
    """Return a decorator that enters a program with the kinds that explore may answer with."""

    def enter(program):
        EXPECTED[program] = kinds
        return program

    return enter


@expect("failure")
def two_looks_at_an_event():
    event, seen = threading.Event(), {}

    def look(name):
        seen[name] = event.is_set()

    start_and_join(event.set, lambda: look("b"), lambda: look("c"))
    assert not (seen["b"] and not seen["c"])


@expect("failure")
def the_last_item():
    items, seen = [0], []

    def look():
        seen.append(items[-1])

    def extend():
        items.append(5)
        items[1] = 7

    start_and_join(look, extend)
    assert seen[0] != 5


class Base:
    ready = False


class Sub(Base):
    pass


@expect("failure")
def an_inherited_attribute():
    def look():
        assert not Sub.ready

    def make_ready():
        Sub.ready = True

    start_and_join(look, make_ready)


@expect("failure")
def an_object_that_hides_its_class():
    thing, seen = Base(), []

    def make_ready():
        thing.ready = True

    start_and_join(lambda: seen.append(thing.ready), make_ready)
    assert seen == [False]


class Cached:
    made = 0

    @functools.cached_property
    def value(self):
        self.made += 1
        return self.made


@expect("failure", "unknown")
def a_cached_property():
    cached = Cached()
    start_and_join(lambda: cached.value, lambda: cached.value)
    assert cached.made == 1


CALLS = {"n": 0}


@functools.lru_cache
def compute(key):
    CALLS["n"] += 1
    return key


@expect("failure", "unknown")
def a_cached_function():
    start_and_join(lambda: compute(1), lambda: compute(1))
    assert CALLS["n"] == 1


def dynamic():
    CALLS["n"] += 1


@expect("failure", "unknown")
def a_function_found_by_its_name():
    name = "dyn" + "amic"
    start_and_join(globals()[name], globals()[name])
    assert CALLS["n"] == 2


@expect("failure")
def a_heap():
    heap = []

    def look():
        assert len(heap) == 0

    start_and_join(look, lambda: heapq.heappush(heap, 1))


@expect("failure")
def setitem():
    stock = {}

    def look():
        assert not stock

    start_and_join(look, lambda: operator.setitem(stock, "a", 1))


@expect("failure")
def a_counting_iterator():
    numbers, got = itertools.count(), {}

    def take(name):
        got[name] = next(numbers)

    start_and_join(lambda: take("a"), lambda: take("b"))
    assert got["a"] == 0


@expect("failure")
def a_shared_iterator():
    numbers, got = iter([1]), []

    def take(name):
        for _ in numbers:
            got.append(name)

    start_and_join(lambda: take("a"), lambda: take("b"))
    assert got == ["a"]


@expect("failure", "unknown")
def a_shared_generator():
    def count():
        yield 0
        yield 1

    numbers = count()

    def use():
        for _ in numbers:
            pass

    start_and_join(use, use)


@dataclasses.dataclass
class Point:
    x: int = 0
    y: int = 0


@expect("failure")
def a_generated_comparison():
    point = Point()

    def look():
        assert point == Point(0, 0) or point == Point(1, 1)

    def move():
        point.x = 1
        point.y = 1

    start_and_join(look, move)


@expect("failure")
def hasattr_and_setattr():
    box = types.SimpleNamespace()

    def look():
        assert not hasattr(box, "it")

    start_and_join(look, lambda: setattr(box, "it", 1))


@expect("failure", "unknown")
def through_its_dictionary():
    point = Point()

    def look():
        assert point.x == 0

    def write():
        point.__dict__["x"] = 1

    start_and_join(look, write)


@expect("failure")
def a_method_as_target():
    items = []

    def look():
        assert not items

    first = threading.Thread(target=look, name="T1")
    second = threading.Thread(target=items.append, args=(1,), name="T2")
    first.start()
    second.start()


@expect("failure")
def a_partial_and_a_map():
    items = []

    def look():
        assert not items

    start_and_join(look, functools.partial(items.append, 1))
    items.clear()
    start_and_join(look, lambda: list(map(items.append, [1])))


@expect("failure")
def a_match():
    items = []

    def look():
        match items:
            case []:
                pass
            case _:
                raise AssertionError

    start_and_join(look, lambda: items.append(1))


@expect("failure")
def an_inner_list():
    table = [[0], [0]]

    def look():
        assert table == [[0], [0]]

    def write():
        table[0][0] = 1

    start_and_join(look, write)


@expect("failure")
def a_default_made_by_looking():
    groups = collections.defaultdict(list)

    def look():
        assert "x" not in groups

    start_and_join(look, lambda: groups["x"])


@expect("failure")
def a_view():
    stock = {}
    keys = stock.keys()

    def look():
        assert "x" not in keys

    start_and_join(look, lambda: stock.update(x=1))


class Box(collections.UserDict):
    pass


@expect("failure")
def a_library_class():
    box = Box(n=0)

    def add():
        box["n"] = box["n"] + 1

    start_and_join(add, add)
    assert box["n"] == 2


@expect("failure")
def joined_too_early():
    late = threading.Thread(target=lambda: None, name="late")
    start_and_join(late.start, late.join)


@expect("failure")
def a_broken_barrier():
    barrier = threading.Barrier(2)

    def look():
        assert not barrier.broken

    start_and_join(look, barrier.abort)


@expect("failure")
def somebody_waits_at_the_barrier():
    barrier = threading.Barrier(2)

    def look():
        assert barrier.n_waiting == 0
        barrier.wait()

    start_and_join(look, barrier.wait)
