"""The programs of lesson 08, as its notebook shows them: a cache service, broken and mended."""

import threading
from collections.abc import Callable

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


class HitsFirst(MendedCache):
    """The mended cache, with a `get` that takes its two locks the other way round."""

    def get(self, name: str) -> int:
        """Return a price, and count the hit."""
        with self.hits_lock, self.price_locks[name]:
            self.hits += 1
            return self.prices[name]
