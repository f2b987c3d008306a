"""Threads that ask for a lock while T1 holds it: T2, T3, and so on."""

import threading
from collections.abc import Callable


def askers(ask: Callable[[], None], many: int) -> list[threading.Thread]:
    """Start so many threads, which T1 can wait for, and return them."""
    threads = [threading.Thread(target=ask, name=f"T{number}") for number in range(2, many + 2)]
    for thread in threads:
        thread.start()
    return threads
