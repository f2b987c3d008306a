"""Lesson 00: two small programs of which its notebook has every order played."""

import threading


def one_seat() -> None:
    """Two customers want the one seat that is left, and nothing holds anybody back."""
    tickets = []

    def buy(name: str) -> None:
        if len(tickets) == 0:
            tickets.append(name)

    threads = [threading.Thread(target=buy, args=(name,), name=name) for name in ("Ann", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tickets) == 1


def one_seat_locked() -> None:
    """The same, but each customer holds the lock while looking and taking."""
    tickets = []
    lock = threading.Lock()

    def buy(name: str) -> None:
        with lock:
            if len(tickets) == 0:
                tickets.append(name)

    threads = [threading.Thread(target=buy, args=(name,), name=name) for name in ("Ann", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tickets) == 1
