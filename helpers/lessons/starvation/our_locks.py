"""Lesson 06: three locks that its notebook builds, each with another rule for who is next."""

import threading


class BargingLock:
    """A lock for whoever comes first when it is free: a newcomer may overtake those who wait."""

    def __init__(self) -> None:
        self.free, self.changed = True, threading.Condition()

    def __enter__(self) -> None:
        with self.changed:
            while not self.free:
                self.changed.wait()
            self.free = False

    def __exit__(self, *_: object) -> None:
        with self.changed:
            self.free = True
            self.changed.notify()


class TicketLock:
    """A lock that serves those who ask strictly in the order in which they drew a ticket.

    Args:
        tickets: how many tickets there are before their numbers start anew; at least as many as threads.
    """

    def __init__(self, tickets: int = 1000) -> None:
        self.tickets, self.next, self.serving = tickets, 0, 0
        self.changed = threading.Condition()

    def __enter__(self) -> None:
        with self.changed:
            mine = self.next
            self.next = (self.next + 1) % self.tickets
            while self.serving != mine:
                self.changed.wait()

    def __exit__(self, *_: object) -> None:
        with self.changed:
            self.serving = (self.serving + 1) % self.tickets
            self.changed.notify_all()


class PriorityLock:
    """A lock for the lowest rank of those who wait; of equal ranks, for the one that came first.

    Args:
        aging: whether the ranks of all who wait go down by one, to 0 at least, whenever somebody gets in.
    """

    def __init__(self, *, aging: bool) -> None:
        self.aging, self.held = aging, False
        self.waiting: dict[str, int] = {}
        self.changed = threading.Condition()

    def acquire(self, rank: int) -> None:
        """Take the lock; wait while it is held, and while somebody with a lower rank waits."""
        me = threading.current_thread().name
        with self.changed:
            self.waiting[me] = rank
            while self.held or me != min(self.waiting, key=self.waiting.get):
                self.changed.wait()
            del self.waiting[me]
            self.held = True
            if self.aging:
                self.waiting = {name: max(0, rank - 1) for name, rank in self.waiting.items()}

    def release(self) -> None:
        """Give the lock back, and let all who wait look who is next."""
        with self.changed:
            self.held = False
            self.changed.notify_all()
