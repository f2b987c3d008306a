# ==== right: written out, without private methods
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.lock:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== right: acquire, try, finally
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        self.lock.acquire()
        try:
            if not self._take(source, number):
                return False
            self.pieces[target] = self.pieces[target] + number
            return True
        finally:
            self.lock.release()

    def _take(self, place, number):
        enough = self.pieces[place] >= number
        if enough:
            self.pieces[place] -= number
        return enough


# ==== right: a plain stock inside of a locked one
class Plain:
    def __init__(self, pieces):
        self.pieces = pieces

    def count(self, place):
        return self.pieces[place]

    def total(self):
        return sum(self.count(place) for place in self.pieces)

    def add(self, place, number):
        self.pieces[place] += number

    def take(self, place, number):
        if self.count(place) < number:
            return False
        self.add(place, -number)
        return True

    def move(self, source, target, number):
        if not self.take(source, number):
            return False
        self.add(target, number)
        return True


class Stock:
    def __init__(self, pieces):
        self.plain = Plain(pieces)
        self.lock = threading.Lock()

    def count(self, place):
        with self.lock:
            return self.plain.count(place)

    def total(self):
        with self.lock:
            return self.plain.total()

    def add(self, place, number):
        with self.lock:
            self.plain.add(place, number)

    def take(self, place, number):
        with self.lock:
            return self.plain.take(place, number)

    def move(self, source, target, number):
        with self.lock:
            return self.plain.move(source, target, number)


# ==== right: a decorator that locks
import functools


def locked(method):
    @functools.wraps(method)
    def call(self, *arguments):
        with self.lock:
            return method(self, *arguments)

    return call


class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    @locked
    def count(self, place):
        return self.pieces[place]

    @locked
    def total(self):
        return sum(self.pieces.values())

    @locked
    def add(self, place, number):
        self.pieces[place] += number

    @locked
    def take(self, place, number):
        if self.pieces[place] < number:
            return False
        self.pieces[place] -= number
        return True

    @locked
    def move(self, source, target, number):
        if self.pieces[source] < number:
            return False
        self.pieces[source] -= number
        self.pieces[target] += number
        return True


# ==== right: a lock for each place, in one order
import contextlib


class Stock:
    def __init__(self, pieces):
        self.pieces = pieces
        self.locks = {place: threading.Lock() for place in sorted(pieces)}

    def count(self, place):
        with self.locks[place]:
            return self.pieces[place]

    def total(self):
        with contextlib.ExitStack() as stack:
            for lock in self.locks.values():
                stack.enter_context(lock)
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.locks[place]:
            self.pieces[place] += number

    def take(self, place, number):
        with self.locks[place]:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        first, second = sorted((source, target))
        with self.locks[first], self.locks[second]:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== right: a new class below the old one
class Stock:
    def __init__(self, pieces):
        self.lock = threading.RLock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.count(place) for place in self.pieces)

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.count(place) < number:
                return False
            self.add(place, -number)
            return True

    def move(self, source, target, number):
        with self.lock:
            if not self.take(source, number):
                return False
            self.add(target, number)
            return True


class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.lock:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== wrong: built on the old class
# points: 0
# says: it uses RLock
class Stock:
    def __init__(self, pieces):
        self.lock = threading.RLock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.count(place) for place in self.pieces)

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.count(place) < number:
                return False
            self.add(place, -number)
            return True

    def move(self, source, target, number):
        with self.lock:
            if not self.take(source, number):
                return False
            self.add(target, number)
            return True


class Stock(Stock):
    def total(self):
        return sum(self.pieces.values())


# ==== wrong: the RLock is still there
# points: 0
# says: it uses RLock: a plain Lock is enough where no method acquires it twice
class Stock:
    def __init__(self, pieces):
        self.lock = threading.RLock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.count(place) for place in self.pieces)

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.count(place) < number:
                return False
            self.add(place, -number)
            return True

    def move(self, source, target, number):
        with self.lock:
            if not self.take(source, number):
                return False
            self.add(target, number)
            return True


# ==== wrong: an RLock by another name
# points: 0
# says: it uses RLock
from threading import RLock as Lock


class Stock:
    def __init__(self, pieces):
        self.lock = Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.count(place) for place in self.pieces)

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.count(place) < number:
                return False
            self.add(place, -number)
            return True

    def move(self, source, target, number):
        with self.lock:
            if not self.take(source, number):
                return False
            self.add(target, number)
            return True


# ==== wrong: a Condition, which has an RLock inside
# points: 0
# says: it uses Condition
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Condition()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.count(place) for place in self.pieces)

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.count(place) < number:
                return False
            self.add(place, -number)
            return True

    def move(self, source, target, number):
        with self.lock:
            if not self.take(source, number):
                return False
            self.add(target, number)
            return True


# ==== wrong: an RLock of one's own
# points: 0
# says: it uses get_ident
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces
        self.owner = None

    def count(self, place):
        with self:
            return self.pieces[place]

    def total(self):
        with self:
            return sum(self.count(place) for place in self.pieces)

    def add(self, place, number):
        with self:
            self.pieces[place] += number

    def take(self, place, number):
        with self:
            if self.count(place) < number:
                return False
            self.add(place, -number)
            return True

    def move(self, source, target, number):
        with self:
            if not self.take(source, number):
                return False
            self.add(target, number)
            return True

    def __enter__(self):
        self.lock.acquire()
        self.owner = threading.get_ident()

    def __exit__(self, *error):
        self.lock.release()


# ==== wrong: only the word changed
# points: 1
# says: deadlock: MainThread waits for stock.lock, held by MainThread
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.count(place) for place in self.pieces)

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.count(place) < number:
                return False
            self.add(place, -number)
            return True

    def move(self, source, target, number):
        with self.lock:
            if not self.take(source, number):
                return False
            self.add(target, number)
            return True


# ==== wrong: no lock
# points: 0
# says: it uses no lock: make one with threading.Lock()
class Stock:
    def __init__(self, pieces):
        self.pieces = pieces

    def count(self, place):
        return self.pieces[place]

    def total(self):
        return sum(self.pieces.values())

    def add(self, place, number):
        self.pieces[place] += number

    def take(self, place, number):
        if self.pieces[place] < number:
            return False
        self.pieces[place] -= number
        return True

    def move(self, source, target, number):
        if self.pieces[source] < number:
            return False
        self.pieces[source] -= number
        self.pieces[target] += number
        return True


# ==== wrong: a lock that is never acquired
# points: 2
# says: lost update: shop and cellar hold
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        return self.pieces[place]

    def total(self):
        return sum(self.pieces.values())

    def add(self, place, number):
        self.pieces[place] += number

    def take(self, place, number):
        if self.pieces[place] < number:
            return False
        self.pieces[place] -= number
        return True

    def move(self, source, target, number):
        if self.pieces[source] < number:
            return False
        self.pieces[source] -= number
        self.pieces[target] += number
        return True


# ==== wrong: move locks nothing itself
# points: 5
# says: total sees a move half done: 1 of 3 pieces
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        if not self.take(source, number):
            return False
        self.add(target, number)
        return True


# ==== wrong: take looks first, then locks
# points: 6
# says: race condition: 4 of 3 pieces were taken, and -1 are left
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        if self.count(place) < number:
            return False
        self.add(place, -number)
        return True

    def move(self, source, target, number):
        with self.lock:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== wrong: total adds up counts
# points: 5
# says: total sees a move half done
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        return sum(self.count(place) for place in self.pieces)

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.lock:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== wrong: total does not lock
# points: 5
# says: total sees a move half done
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.lock:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== wrong: count does not lock
# points: 5
# says: count sees a move half done: shop 1, then cellar 0
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.lock:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== wrong: add does not lock
# points: 2
# says: lost update
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.lock:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== wrong: private methods lock, public ones too
# points: 1
# says: deadlock: MainThread waits for stock.lock, held by MainThread
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.lock:
            if not self._take(source, number):
                return False
            self._add(target, number)
            return True

    def _take(self, place, number):
        with self.lock:
            self.pieces[place] -= number
            return True

    def _add(self, place, number):
        with self.lock:
            self.pieces[place] += number


# ==== wrong: keeps the lock where too few are there
# points: 1
# says: deadlock: MainThread waits for stock.lock, held by MainThread
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        self.lock.acquire()
        if self.pieces[source] < number:
            return False
        self.pieces[source] -= number
        self.pieces[target] += number
        self.lock.release()
        return True


# ==== wrong: an error keeps the lock
# points: 1
# says: deadlock: MainThread waits for stock.lock
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        self.lock.acquire()
        self.pieces[place] += number
        self.lock.release()

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.lock:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== wrong: gives the lock back in the middle of a move
# points: 5
# says: total sees a move half done
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.lock:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
        with self.lock:
            self.pieces[target] += number
        return True


# ==== wrong: goes on where it does not get the lock
# points: 2
# says: lost update
import contextlib


class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self._mine():
            return self.pieces[place]

    def total(self):
        with self._mine():
            return sum(self.count(place) for place in self.pieces)

    def add(self, place, number):
        with self._mine():
            self.pieces[place] += number

    def take(self, place, number):
        with self._mine():
            if self.count(place) < number:
                return False
            self.add(place, -number)
            return True

    def move(self, source, target, number):
        with self._mine():
            if not self.take(source, number):
                return False
            self.add(target, number)
            return True

    @contextlib.contextmanager
    def _mine(self):
        got = self.lock.acquire(blocking=False)
        try:
            yield
        finally:
            if got:
                self.lock.release()


# ==== wrong: a lock for each place, source first
# points: 3
# says: deadlock: T1 waits for stock.locks['cellar'], held by T2; T2 waits for stock.locks['shop'], held by T1
class Stock:
    def __init__(self, pieces):
        self.pieces = pieces
        self.locks = {place: threading.Lock() for place in pieces}

    def count(self, place):
        with self.locks[place]:
            return self.pieces[place]

    def total(self):
        with self.locks["shop"], self.locks["cellar"]:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.locks[place]:
            self.pieces[place] += number

    def take(self, place, number):
        with self.locks[place]:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.locks[source], self.locks[target]:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== wrong: move takes what is not there
# points: 1
# says: move must return False where too few are there
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number
            return True

    def move(self, source, target, number):
        with self.lock:
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== wrong: take says nothing
# points: 1
# says: take must return True where it took
class Stock:
    def __init__(self, pieces):
        self.lock = threading.Lock()
        self.pieces = pieces

    def count(self, place):
        with self.lock:
            return self.pieces[place]

    def total(self):
        with self.lock:
            return sum(self.pieces.values())

    def add(self, place, number):
        with self.lock:
            self.pieces[place] += number

    def take(self, place, number):
        with self.lock:
            if self.pieces[place] < number:
                return False
            self.pieces[place] -= number

    def move(self, source, target, number):
        with self.lock:
            if self.pieces[source] < number:
                return False
            self.pieces[source] -= number
            self.pieces[target] += number
            return True


# ==== wrong: not written yet
# status: missing
# says: not written yet
raise NotImplementedError()
