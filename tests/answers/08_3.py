# ==== right: a lock for each name
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== right: one Condition, and a list of what is being loaded
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.loading = load, {}, []
        self.changed = threading.Condition()

    def get(self, name):
        with self.changed:
            while name in self.loading:
                self.changed.wait()
            if name in self.prices:
                return self.prices[name]
            self.loading.append(name)
        try:
            price = self.load(name)
            with self.changed:
                return self.prices.setdefault(name, price)
        finally:
            with self.changed:
                self.loading.remove(name)
                self.changed.notify_all()

    def put(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def swap(self, one, other):
        with self.changed:
            self.prices[one], self.prices[other] = self.prices[other], self.prices[one]

    def wait_for(self, name):
        with self.changed:
            self.changed.wait_for(lambda: name in self.prices)
            return self.prices[name]


# ==== right: an entry with a lock and an Event for each name
class Price:
    def __init__(self):
        self.lock, self.here, self.value = threading.Lock(), threading.Event(), 0


class Cache:
    def __init__(self, load):
        self.load, self.guard, self.entries = load, threading.Lock(), {}

    def entry(self, name):
        with self.guard:
            if name not in self.entries:
                self.entries[name] = Price()
            return self.entries[name]

    def get(self, name):
        entry = self.entry(name)
        with entry.lock:
            if not entry.here.is_set():
                entry.value = self.load(name)
                entry.here.set()
            return entry.value

    def put(self, name, price):
        entry = self.entry(name)
        with entry.lock:
            entry.value = price
            entry.here.set()

    def swap(self, one, other):
        if one == other:
            return
        first, second = self.entry(min(one, other)), self.entry(max(one, other))
        with first.lock:
            with second.lock:
                first.value, second.value = second.value, first.value

    def wait_for(self, name):
        entry = self.entry(name)
        entry.here.wait()
        with entry.lock:
            return entry.value


# ==== wrong: one lock for everything
# points: 8
# says: Whoever loads one price keeps those out who use another one
class Cache:
    def __init__(self, load):
        self.load, self.prices = load, {}
        self.changed = threading.Condition()

    def get(self, name):
        with self.changed:
            if name not in self.prices:
                self.prices[name] = self.load(name)
                self.changed.notify_all()
            return self.prices[name]

    def put(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def swap(self, one, other):
        with self.changed:
            self.prices[one], self.prices[other] = self.prices[other], self.prices[one]

    def wait_for(self, name):
        with self.changed:
            self.changed.wait_for(lambda: name in self.prices)
            return self.prices[name]


# ==== wrong: no locks at all
# points: 1
# says: tea at once, and it was loaded twice
class Cache:
    def __init__(self, load):
        self.load, self.prices = load, {}

    def get(self, name):
        if name not in self.prices:
            self.prices[name] = self.load(name)
        return self.prices[name]

    def put(self, name, price):
        self.prices[name] = price

    def swap(self, one, other):
        self.prices[one], self.prices[other] = self.prices[other], self.prices[one]

    def wait_for(self, name):
        while name not in self.prices:
            time.sleep(0.001)
        return self.prices[name]


# ==== wrong: swaps in the order of its arguments
# points: 8
# says: deadlock: T1 waits for
# says: held by T2
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = one, other
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: swaps by giving back and trying again
# points: 8
# says: livelock
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            first, second = one, other
            while True:
                with self.lock_of(first):
                    if self.lock_of(second).acquire(blocking=False):
                        old = self.prices[one]
                        self.keep(one, self.prices[other])
                        self.keep(other, old)
                        self.lock_of(second).release()
                        return

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: swaps a name with itself, and waits for itself
# points: 0
# says: deadlock: MainThread waits for
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if True:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: makes the locks without a lock
# points: 1
# says: loaded twice
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        if name not in self.locks:
            self.locks[name] = threading.Lock()
        return self.locks[name]

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: a lock of its own for each call
# points: 1
# says: loaded twice
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return threading.Lock()

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: loads without a lock
# points: 1
# says: loaded twice
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.loading = load, {}, []
        self.changed = threading.Condition()

    def get(self, name):
        with self.changed:
            while name in self.loading:
                self.changed.wait()
            if name in self.prices:
                return self.prices[name]
        try:
            price = self.load(name)
            with self.changed:
                return self.prices.setdefault(name, price)
        finally:
            with self.changed:
                self.changed.notify_all()

    def put(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def swap(self, one, other):
        with self.changed:
            self.prices[one], self.prices[other] = self.prices[other], self.prices[one]

    def wait_for(self, name):
        with self.changed:
            self.changed.wait_for(lambda: name in self.prices)
            return self.prices[name]


# ==== wrong: what is loaded overwrites what was put
# points: 1
# says: lost update: somebody put 9 for tea, and its price is 3
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.loading = load, {}, []
        self.changed = threading.Condition()

    def get(self, name):
        with self.changed:
            while name in self.loading:
                self.changed.wait()
            if name in self.prices:
                return self.prices[name]
            self.loading.append(name)
        try:
            price = self.load(name)
            with self.changed:
                self.prices[name] = price
                return price
        finally:
            with self.changed:
                self.loading.remove(name)
                self.changed.notify_all()

    def put(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def swap(self, one, other):
        with self.changed:
            self.prices[one], self.prices[other] = self.prices[other], self.prices[one]

    def wait_for(self, name):
        with self.changed:
            self.changed.wait_for(lambda: name in self.prices)
            return self.prices[name]


# ==== wrong: puts without the lock of the name
# points: 1
# says: lost update
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: swaps one after the other
# points: 1
# says: lost update: tea 3 and rye 2 were swapped while 9 was put for rye
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            first, second = self.get(one), self.get(other)
            self.put(one, second)
            self.put(other, first)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: a load that fails stays in the list
# points: 0
# says: and nobody is left to wake it
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.loading = load, {}, []
        self.changed = threading.Condition()

    def get(self, name):
        with self.changed:
            while name in self.loading:
                self.changed.wait()
            if name in self.prices:
                return self.prices[name]
            self.loading.append(name)
        price = self.load(name)
        with self.changed:
            self.loading.remove(name)
            self.changed.notify_all()
            return self.prices.setdefault(name, price)

    def put(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def swap(self, one, other):
        with self.changed:
            self.prices[one], self.prices[other] = self.prices[other], self.prices[one]

    def wait_for(self, name):
        with self.changed:
            self.changed.wait_for(lambda: name in self.prices)
            return self.prices[name]


# ==== wrong: a load that fails keeps the lock
# points: 0
# says: deadlock: MainThread waits for
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        lock = self.lock_of(name)
        lock.acquire()
        if name not in self.prices:
            self.keep(name, self.load(name))
        lock.release()
        return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: looks before it waits
# points: 9
# says: KeyError
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        if name not in self.prices:
            with self.changed:
                self.changed.wait()
        return self.prices[name]


# ==== wrong: if instead of while
# points: 9
# says: KeyError
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            if name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: a load tells nobody
# points: 9
# says: lost wake-up
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.prices[name] = self.load(name)
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: looks before it waits, and again after it
# points: 9
# says: lost wake-up
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        while name not in self.prices:
            with self.changed:
                self.changed.wait()
        return self.prices[name]


# ==== wrong: calls one of those who wait
# points: 9
# says: lost wake-up: T
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: holds the Condition's lock while it loads
# points: 8
# says: Whoever loads one price keeps those out
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed = threading.Condition()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.lock_of(name):
            if name not in self.prices:
                with self.changed:
                    self.prices[name] = self.load(name)
                    self.changed.notify_all()
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name):
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: readers shut out who puts
# points: 9
# says: starvation
class Cache:
    def __init__(self, load):
        self.load, self.prices, self.locks = load, {}, {}
        self.changed, self.door = threading.Condition(), RWLockRead()

    def lock_of(self, name):
        return self.locks.setdefault(name, threading.Lock())

    def keep(self, name, price):
        with self.changed:
            self.prices[name] = price
            self.changed.notify_all()

    def get(self, name):
        with self.door.gen_rlock():
            if name in self.prices:
                return self.prices[name]
        with self.lock_of(name):
            if name not in self.prices:
                self.keep(name, self.load(name))
            return self.prices[name]

    def put(self, name, price):
        with self.lock_of(name), self.door.gen_wlock():
            self.keep(name, price)

    def swap(self, one, other):
        if one != other:
            first, second = sorted((one, other))
            with self.lock_of(first), self.lock_of(second):
                old = self.prices[one]
                self.keep(one, self.prices[other])
                self.keep(other, old)

    def wait_for(self, name):
        with self.changed:
            while name not in self.prices:
                self.changed.wait()
            return self.prices[name]


# ==== wrong: does nothing
# points: 0
# says: get("tea") of a new cache is None, not 3
class Cache:
    def __init__(self, load):
        pass

    def get(self, name):
        pass

    def put(self, name, price):
        pass

    def swap(self, one, other):
        pass

    def wait_for(self, name):
        pass


# ==== wrong: not written yet
# status: missing
# says: not written yet
class Cache:
    def __init__(self, load):
        raise NotImplementedError()
