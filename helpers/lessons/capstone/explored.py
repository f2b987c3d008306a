"""Lesson 08: small programs, the matches, of which its notebook has every order played."""

from collections.abc import Callable

from helpers.lessons.capstone.pricing import PriceTable
from helpers.lessons.capstone.programs import start_and_join


def two_hits(make_cache: Callable) -> Callable[[], None]:
    """Return a program: T1 gets the price of tea, T2 that of rye; that makes two hits."""

    def program() -> None:
        cache = make_cache()
        start_and_join(lambda: cache.get("tea"), lambda: cache.get("rye"))
        assert cache.hits == 2

    return program


def put_and_report(make_cache: Callable) -> Callable[[], None]:
    """Return a program: T1 changes the price of tea, T2 reports it."""

    def program() -> None:
        cache = make_cache()
        start_and_join(lambda: cache.put("tea", 4), lambda: cache.report("tea"))

    return program


def fill_and_wait(make_cache: Callable) -> Callable[[], None]:
    """Return a program: T1 waits until the cache is filled, T2 fills it."""

    def program() -> None:
        cache = make_cache()
        start_and_join(cache.wait_until_filled, lambda: cache.fill(tea=5, rye=4))

    return program


def change_the_rate(make_cache: Callable) -> Callable[[], None]:
    """Return a program: T1 and T2 read the tax rate until it is the new one, T3 changes it."""

    def program() -> None:
        cache = make_cache()

        def serve() -> None:
            while cache.tax_rate() != 25:
                pass

        start_and_join(serve, serve, lambda: cache.change_tax_rate(25))

    return program


def two_swaps(make_cache: Callable) -> Callable[[], None]:
    """Return a program: T1 swaps tea and rye, T2 swaps rye and tea; that leaves each where it was."""

    def program() -> None:
        cache = make_cache()
        start_and_join(lambda: cache.swap("tea", "rye"), lambda: cache.swap("rye", "tea"))
        assert cache.prices == {"tea": 3, "rye": 2}

    return program


MATCHES = (two_hits, put_and_report, fill_and_wait, change_the_rate, two_swaps)


def get_and_put(make_cache: Callable) -> Callable[[], None]:
    """Return a program: T1 gets the price of tea, T2 changes it."""

    def program() -> None:
        cache = make_cache()
        start_and_join(lambda: cache.get("tea"), lambda: cache.put("tea", 4))

    return program


def a_busy_day(make_cache: Callable) -> Callable[[], None]:
    """Return a program: T1 gets the price of tea and changes that of rye; T2 swaps the two, and reports."""

    def program() -> None:
        cache = make_cache()

        def shop() -> None:
            cache.get("tea")
            cache.put("rye", 7)

        def office() -> None:
            cache.swap("rye", "tea")
            cache.report("tea")

        start_and_join(shop, office)
        assert 7 in cache.prices.values()

    return program


def two_raises_and_a_get(make_guard: Callable) -> Callable[[], None]:
    """Return a program: T1 and T2 raise the same price, T3 gets it; then it has to be 2."""

    def program() -> None:
        table = PriceTable(make_guard(), lambda: None)
        start_and_join(lambda: table.raise_price(1), lambda: table.raise_price(1), lambda: table.get(1))
        assert table.get(1) == 2

    return program
