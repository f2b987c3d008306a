# ==== right: a dictionary by get_ident
class OrderedLock:
    held = {}

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        mine = self.held.setdefault(threading.get_ident(), [])
        if mine and max(mine) >= self.rank:
            raise LockOrderError(f"{self.rank} after {mine}")
        self.lock.acquire()
        mine.append(self.rank)

    def release(self):
        self.held[threading.get_ident()].remove(self.rank)
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, *error):
        self.release()


# ==== right: by the thread's name, guarded by a lock of its own
from collections import defaultdict

guard = threading.Lock()
held = defaultdict(set)


class OrderedLock:
    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        me = threading.current_thread().name
        with guard:
            too_high = [rank for rank in held[me] if not rank < self.rank]
        if too_high:
            raise LockOrderError(f"{me} holds {too_high}")
        self.lock.acquire()
        with guard:
            held[me].add(self.rank)

    def release(self):
        with guard:
            held[threading.current_thread().name].discard(self.rank)
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, kind, error, traceback):
        self.release()


# ==== right: a threading.local of its own class, and release first
class Ranks(threading.local):
    def __init__(self):
        self.held = []


ranks = Ranks()


class OrderedLock:
    def __init__(self, rank):
        self.rank = rank
        self._lock = threading.Lock()

    def acquire(self):
        for rank in ranks.held:
            if rank >= self.rank:
                raise LockOrderError
        self._lock.acquire()
        ranks.held.append(self.rank)
        return True

    def release(self):
        self._lock.release()
        ranks.held.remove(self.rank)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== right: every lock knows its owner
class OrderedLock:
    locks = []

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()
        self.owner = None
        OrderedLock.locks.append(self)

    def acquire(self):
        me = threading.current_thread()
        for other in OrderedLock.locks:
            if other.owner is me and other.rank >= self.rank:
                raise LockOrderError(f"{me.name} holds {other.rank}")
        self.lock.acquire()
        self.owner = me

    def release(self):
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: checks nothing
# points: 0
# says: a thread that holds 1 and 3 gets 2: the order is violated
class OrderedLock:
    def __init__(self, rank):
        self.lock = threading.Lock()

    def acquire(self):
        self.lock.acquire()

    def release(self):
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: one list for all threads
# points: 1
# says: false alarm
class OrderedLock:
    held = []

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        if any(rank >= self.rank for rank in self.held):
            raise LockOrderError("out of order")
        self.lock.acquire()
        self.held.append(self.rank)

    def release(self):
        self.held.remove(self.rank)
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: waits first, checks afterwards
# points: 3
# says: deadlock: T1 waits for
# says: The order must be checked before the lock is asked for.
class OrderedLock:
    local = threading.local()

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        if not hasattr(self.local, "ranks"):
            self.local.ranks = []
        self.lock.acquire()
        if any(rank >= self.rank for rank in self.local.ranks):
            self.lock.release()
            raise LockOrderError("out of order")
        self.local.ranks.append(self.rank)

    def release(self):
        self.local.ranks.remove(self.rank)
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: tells it only where it would have to wait
# points: 0
# says: gets 2: the order is violated
class OrderedLock:
    local = threading.local()

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        if not hasattr(self.local, "ranks"):
            self.local.ranks = []
        if not self.lock.acquire(blocking=False):
            if any(rank >= self.rank for rank in self.local.ranks):
                raise LockOrderError("out of order")
            self.lock.acquire()
        self.local.ranks.append(self.rank)

    def release(self):
        self.local.ranks.remove(self.rank)
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: looks at the newest lock only
# points: 0
# says: gave 2 back, gets 2 while it holds 3
class OrderedLock:
    local = threading.local()

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        if not hasattr(self.local, "ranks"):
            self.local.ranks = []
        if self.local.ranks and self.local.ranks[-1] >= self.rank:
            raise LockOrderError("out of order")
        self.lock.acquire()
        self.local.ranks.append(self.rank)

    def release(self):
        self.local.ranks.pop()
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: remembers the lock that was refused
# points: 0
# says: LockOrderError
class OrderedLock:
    local = threading.local()

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        if not hasattr(self.local, "ranks"):
            self.local.ranks = []
        before = list(self.local.ranks)
        self.local.ranks.append(self.rank)
        if any(rank >= self.rank for rank in before):
            raise LockOrderError("out of order")
        self.lock.acquire()

    def release(self):
        self.local.ranks.remove(self.rank)
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: keeps the lock that it refuses
# points: 0
# says: deadlock: MainThread waits for
class OrderedLock:
    local = threading.local()

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        if not hasattr(self.local, "ranks"):
            self.local.ranks = []
        self.lock.acquire()
        if any(rank >= self.rank for rank in self.local.ranks):
            raise LockOrderError("out of order")
        self.local.ranks.append(self.rank)

    def release(self):
        self.local.ranks.remove(self.rank)
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: only a higher rank is a violation
# points: 5
# says: deadlock: MainThread waits for
class OrderedLock:
    local = threading.local()

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        if not hasattr(self.local, "ranks"):
            self.local.ranks = []
        if any(rank > self.rank for rank in self.local.ranks):
            raise LockOrderError("out of order")
        self.lock.acquire()
        self.local.ranks.append(self.rank)

    def release(self):
        self.local.ranks.remove(self.rank)
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: itself is let in again, without a lock
# points: 5
# says: a thread that holds 1 gets 1 again
class OrderedLock:
    local = threading.local()

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.RLock()

    def acquire(self):
        if not hasattr(self.local, "ranks"):
            self.local.ranks = []
        if any(rank > self.rank for rank in self.local.ranks):
            raise LockOrderError("out of order")
        self.lock.acquire()
        self.local.ranks.append(self.rank)

    def release(self):
        self.local.ranks.remove(self.rank)
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: keeps the order, and nobody out
# points: 1
# says: lost update: the lock lets two threads in at once
class OrderedLock:
    local = threading.local()

    def __init__(self, rank):
        self.rank = rank

    def acquire(self):
        if not hasattr(self.local, "ranks"):
            self.local.ranks = []
        if any(rank >= self.rank for rank in self.local.ranks):
            raise LockOrderError("out of order")
        self.local.ranks.append(self.rank)

    def release(self):
        self.local.ranks.remove(self.rank)

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: the other way round
# points: 0
# says: LockOrderError
class OrderedLock:
    local = threading.local()

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        if not hasattr(self.local, "ranks"):
            self.local.ranks = []
        if any(rank <= self.rank for rank in self.local.ranks):
            raise LockOrderError("out of order")
        self.lock.acquire()
        self.local.ranks.append(self.rank)

    def release(self):
        self.local.ranks.remove(self.rank)
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: forgets to take it off its list
# points: 0
# says: LockOrderError
class OrderedLock:
    local = threading.local()

    def __init__(self, rank):
        self.rank = rank
        self.lock = threading.Lock()

    def acquire(self):
        if not hasattr(self.local, "ranks"):
            self.local.ranks = []
        if any(rank >= self.rank for rank in self.local.ranks):
            raise LockOrderError("out of order")
        self.lock.acquire()
        self.local.ranks.append(self.rank)

    def release(self):
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== wrong: not written yet
# status: missing
# says: not written yet
class OrderedLock:
    def __init__(self, rank):
        raise NotImplementedError()

    def acquire(self):
        raise NotImplementedError()

    def release(self):
        raise NotImplementedError()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()
