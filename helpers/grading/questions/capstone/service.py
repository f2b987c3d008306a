"""Exercise 08.3: a cache that loads what it lacks: safe, live, fair, and not too wide a lock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from ....running import mark
from ...properties import Explored
from ...question import Question
from .._threads import numbered, together

Load = Callable[[str], int]
PRICES = {"tea": 3, "rye": 2, "oat": 5}


class _Shelf:
    """The slow place from which prices are loaded; it counts how often each is."""

    def __init__(self) -> None:
        self.loads: list[str] = []

    def load(self, name: str) -> int:
        self.loads.append(name)
        return PRICES[name]


def _one_thread(cache_class: Any, _: int) -> Callable[[], None]:
    def program() -> None:
        shelf = _Shelf()
        cache = cache_class(shelf.load)
        _expect(cache.get("tea"), 3, 'get("tea") of a new cache')
        _expect(cache.get("tea"), 3, 'the second get("tea")')
        assert shelf.loads == ["tea"], f"tea was loaded {len(shelf.loads)} times for two gets"
        cache.put("rye", 7)
        _expect(cache.get("rye"), 7, 'get("rye") after put("rye", 7)')
        assert "rye" not in shelf.loads, "rye was loaded, though a price had been put"
        cache.swap("tea", "rye")
        _expect((cache.get("tea"), cache.get("rye")), (7, 3), "the prices of tea and rye after a swap")
        cache.swap("rye", "tea")
        _expect((cache.get("tea"), cache.get("rye")), (3, 7), "the prices of tea and rye after a second swap")
        cache.swap("tea", "tea")
        _expect(cache.get("tea"), 3, 'get("tea") after swap("tea", "tea")')
        _expect(cache.wait_for("tea"), 3, 'wait_for("tea")')

    return program


def _failing_load(cache_class: Any, _: int) -> Callable[[], None]:
    def program() -> None:
        fails = True

        def load(name: str) -> int:
            if fails:
                raise OSError("the disk is away")
            return PRICES[name]

        cache, told = cache_class(load), False
        try:
            cache.get("tea")
        except OSError:
            told = True
        assert told, "load raised an error, and get did not"
        fails = False
        _expect(cache.get("tea"), 3, 'get("tea") after a load that failed')

    return program


def _same_name(cache_class: Any, threads: int) -> Callable[[], None]:
    def program() -> None:
        shelf, got = _Shelf(), []
        cache = cache_class(shelf.load)
        together(numbered([lambda: got.append(cache.get("tea"))] * threads))
        assert got == [3] * threads, f"{threads} threads got the price of tea, 3, and were given {got}"
        assert len(shelf.loads) == 1, f"{threads} threads wanted tea at once, and it was loaded twice"

    return program


def _put_while_loading(cache_class: Any, _: int) -> Callable[[], None]:
    def program() -> None:
        cache = cache_class(_Shelf().load)
        together(numbered([lambda: cache.get("tea"), lambda: cache.put("tea", 9)]))
        now = cache.get("tea")
        assert now == 9, f"lost update: somebody put 9 for tea, and its price is {now}"

    return program


def _swap_and_put(cache_class: Any, _: int) -> Callable[[], None]:
    def program() -> None:
        cache = _filled(cache_class)
        together(numbered([lambda: cache.swap("tea", "rye"), lambda: cache.put("rye", 9)]))
        now = cache.get("tea"), cache.get("rye")
        assert now in ((2, 9), (9, 3)), (
            f"lost update: tea 3 and rye 2 were swapped while 9 was put for rye; now they are {now}"
        )

    return program


def _swaps(cache_class: Any, swaps: int) -> Callable[[], None]:
    pairs = (
        (("tea", "rye"), ("rye", "tea")) if swaps == 2 else (("tea", "rye"), ("rye", "oat"), ("oat", "tea"))
    )

    def program() -> None:
        cache = _filled(cache_class)
        together(numbered([lambda pair=pair: cache.swap(*pair) for pair in pairs]))
        now = [cache.get("tea"), cache.get("rye"), cache.get("oat")]
        assert sorted(now) == [2, 3, 5], f"lost update: 3, 2 and 5 were swapped, and now they are {now}"

    return program


def _wait_and_put(cache_class: Any, _: int) -> Callable[[], None]:
    def program() -> None:
        cache = cache_class(_Shelf().load)

        def wait() -> None:
            _expect(cache.wait_for("tea"), 4, 'wait_for("tea")')

        together(numbered([wait, lambda: cache.put("rye", 1), lambda: cache.put("tea", 4)]))

    return program


def _wait_and_get(cache_class: Any, _: int) -> Callable[[], None]:
    def program() -> None:
        cache = cache_class(_Shelf().load)

        def wait() -> None:
            _expect(cache.wait_for("tea"), 3, 'wait_for("tea")')

        together(numbered([wait, lambda: cache.get("tea")]))

    return program


def _two_wait(cache_class: Any, _: int) -> Callable[[], None]:
    def program() -> None:
        cache = cache_class(_Shelf().load)

        def wait() -> None:
            _expect(cache.wait_for("tea"), 4, 'wait_for("tea")')

        together(numbered([wait, wait, lambda: cache.put("tea", 4)]))

    return program


def _loads_apart(cache_class: Any, names: int) -> Callable[[], None]:
    """Each load waits for the other one: they must go on at the same time."""

    def program() -> None:
        loading = threading.Barrier(names)

        def load(name: str) -> int:
            loading.wait()
            return PRICES[name]

        cache = cache_class(load)
        together(numbered([lambda name=name: cache.get(name) for name in list(PRICES)[:names]]))

    return program


def _used_while_loading(cache_class: Any, _: int) -> Callable[[], None]:
    """Tea is loaded for as long as it takes T2 to use rye."""

    def program() -> None:
        used = threading.Event()

        def load(name: str) -> int:
            used.wait()
            return PRICES[name]

        cache = cache_class(load)
        cache.put("rye", 2)

        def use() -> None:
            cache.get("rye")
            cache.put("rye", 4)
            used.set()

        together(numbered([lambda: cache.get("tea"), use]))

    return program


def _for_ever(cache_class: Any, readers: int) -> Callable[[], None]:
    """Readers get the price of tea for ever; W changes it once."""

    def program() -> None:
        cache = _filled(cache_class)

        def read() -> None:
            while True:
                cache.get("tea")
                mark("read")

        def change() -> None:
            cache.put("tea", 4)
            mark("changed")

        for number in range(1, readers + 1):
            threading.Thread(target=read, name=f"R{number}", daemon=True).start()
        together({"W": change})

    return program


def _filled(cache_class: Any) -> Any:
    cache = cache_class(_Shelf().load)
    for name, price in PRICES.items():
        cache.put(name, price)
    return cache


def _expect(got: Any, wanted: Any, what: str) -> None:
    assert got == wanted, f"{what} is {got!r}, not {wanted!r}"


def _one_of(*programs: Callable[[Any, int], Callable[[], None]]) -> Callable[[Any, int], Callable[[], None]]:
    """Return the programs as one, in which the size says which it is, for two threads."""
    return lambda cache_class, which: programs[which](cache_class, 2)


TOO_WIDE = "Whoever loads one price keeps those out who use another one."

SERVICE = Question(
    "08.3",
    "The whole service",
    stars=3,
    minutes=40,
    answer_name="Cache",
    properties=(
        Explored(_one_of(_one_thread, _failing_load), works=1, sizes=(0, 1), needed=True),
        Explored(
            _one_of(_same_name, _put_while_loading, _swap_and_put), safe=3, sizes=(0, 1, 2), needed=True
        ),
        Explored(_swaps, live=2, sizes=(2,), final=(3,), max_schedules=1_500),
        Explored(_one_of(_wait_and_put, _wait_and_get, _two_wait), live=1, sizes=(0, 1, 2)),
        Explored(
            _one_of(_loads_apart, _used_while_loading),
            works=2,
            called="apart",
            sizes=(0, 1),
            because=dict.fromkeys(("deadlock", "lost wake-up"), TOO_WIDE),
        ),
        Explored(_for_ever, fair=1, options={"max_steps": 2_000}),
    ),
)
