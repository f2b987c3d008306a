"""The programs of lesson 08, continued: a table of prices with a choice of locks."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

from readerwriterlock.rwlock import RWLockFair


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
