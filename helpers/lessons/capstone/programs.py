"""The programs of lesson 08, as its notebook shows them: a cache service, broken and mended."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

from readerwriterlock.rwlock import RWLockFair, RWLockRead


def start_and_join(*bodies: Callable[[], object]) -> None:
    """Start a thread for each function, named T1, T2, and so on, and wait until all have ended."""
    threads = [threading.Thread(target=body, name=f"T{n}") for n, body in enumerate(bodies, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class BrokenCache:
    """Prices with a lock for each, a count of hits with a lock, and a tax rate that seldom changes."""

    def __init__(self) -> None:
        self.prices = {"tea": 3, "rye": 2}
        self.price_locks = {"tea": threading.Lock(), "rye": threading.Lock()}
        self.hits, self.hits_lock = 0, threading.Lock()
        self.is_filled, self.filled = False, threading.Condition()
        self.rate, self.rate_lock = 20, RWLockRead()

    def get(self, name: str) -> int:
        """Return a price, and count the hit."""
        with self.price_locks[name]:
            self.hits += 1
            return self.prices[name]

    def put(self, name: str, price: int) -> None:
        """Change a price, and begin to count hits anew."""
        with self.price_locks[name], self.hits_lock:
            self.prices[name] = price
            self.hits = 0

    def report(self, name: str) -> tuple[int, int]:
        """Return the hits and a price, both of one moment."""
        with self.hits_lock, self.price_locks[name]:
            return self.hits, self.prices[name]

    def swap(self, one: str, other: str) -> None:
        """Swap two prices with both locks held; who is refused the second lock begins again."""
        first, second = self.price_locks[one], self.price_locks[other]
        while True:
            with first:
                if second.acquire(blocking=False):
                    try:
                        self.prices[one], self.prices[other] = self.prices[other], self.prices[one]
                    finally:
                        second.release()
                    return

    def wait_until_filled(self) -> None:
        """Wait until somebody has filled the cache."""
        if not self.is_filled:
            with self.filled:
                self.filled.wait()

    def fill(self, **prices: int) -> None:
        """Put the first prices in, and tell those who wait for them."""
        for name, price in prices.items():
            self.put(name, price)
        with self.filled:
            self.is_filled = True
            self.filled.notify_all()

    def tax_rate(self) -> int:
        """Return the tax rate; many may read it at once."""
        with self.rate_lock.gen_rlock():
            return self.rate

    def change_tax_rate(self, rate: int) -> None:
        """Change the tax rate."""
        with self.rate_lock.gen_wlock():
            self.rate = rate


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


class YourCache(BrokenCache):
    """The cache, mended by you: write each method that you change here, under its own name."""


class MendedCache(BrokenCache):
    """The same cache; each method that was broken is written anew."""

    def __init__(self) -> None:
        super().__init__()
        self.rate_lock = RWLockFair()

    def get(self, name: str) -> int:
        """Return a price, and count the hit: with the lock of the hits, which all who count take."""
        with self.price_locks[name], self.hits_lock:
            self.hits += 1
            return self.prices[name]

    def report(self, name: str) -> tuple[int, int]:
        """Return the hits and a price: the lock of the price first, as in `put`."""
        with self.price_locks[name], self.hits_lock:
            return self.hits, self.prices[name]

    def swap(self, one: str, other: str) -> None:
        """Swap two prices: both locks, in the order of the names."""
        if one == other:
            return
        first, second = sorted((one, other))
        with self.price_locks[first], self.price_locks[second]:
            self.prices[one], self.prices[other] = self.prices[other], self.prices[one]

    def wait_until_filled(self) -> None:
        """Wait until somebody has filled the cache: look with the lock held, and again after each wait."""
        with self.filled:
            while not self.is_filled:
                self.filled.wait()


class OneLock:
    """One lock for all keys, for readers and writers alike."""

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def reading(self, key: int) -> AbstractContextManager:
        """Return what a reader of this key holds."""
        return self.lock

    def writing(self, key: int) -> AbstractContextManager:
        """Return what a writer of this key holds."""
        return self.lock


class Striped:
    """Eight locks; a key's number decides which of them is its lock."""

    def __init__(self) -> None:
        self.locks = [threading.Lock() for _ in range(8)]

    def reading(self, key: int) -> AbstractContextManager:
        """Return what a reader of this key holds."""
        return self.locks[key % len(self.locks)]

    def writing(self, key: int) -> AbstractContextManager:
        """Return what a writer of this key holds."""
        return self.locks[key % len(self.locks)]


class Shared:
    """One reader-writer lock for all keys."""

    def __init__(self) -> None:
        self.lock = RWLockFair()

    def reading(self, key: int) -> AbstractContextManager:
        """Return what a reader of this key holds."""
        return self.lock.gen_rlock()

    def writing(self, key: int) -> AbstractContextManager:
        """Return what a writer of this key holds."""
        return self.lock.gen_wlock()


GUARDS = {"one lock": OneLock, "striped": Striped, "reader-writer": Shared}


class PriceTable:
    """Prices by number; each operation fetches something with the lock held, say from a disk."""

    def __init__(self, guard: OneLock | Striped | Shared, fetch: Callable[[], object]) -> None:
        self.guard, self.fetch = guard, fetch
        self.prices: dict[int, int] = {}

    def get(self, key: int) -> int:
        """Return a price; 0 where there is none yet."""
        with self.guard.reading(key):
            self.fetch()
            return self.prices.get(key, 0)

    def raise_price(self, key: int) -> None:
        """Add 1 to a price."""
        with self.guard.writing(key):
            seen = self.prices.get(key, 0)
            self.fetch()
            self.prices[key] = seen + 1


def two_raises_and_a_get(make_guard: Callable) -> Callable[[], None]:
    """Return a program: T1 and T2 raise the same price, T3 gets it; then it has to be 2."""

    def program() -> None:
        table = PriceTable(make_guard(), lambda: None)
        start_and_join(lambda: table.raise_price(1), lambda: table.raise_price(1), lambda: table.get(1))
        assert table.get(1) == 2

    return program
