# ==== right: with RWLockRead, value by value
class Cache:
    def __init__(self, table, load):
        self.table = table
        self.load = load
        self.rw = RWLockRead()

    def get(self, key):
        with self.rw.gen_rlock():
            found = self.table.look_up(key)
        if found is None:
            with self.rw.gen_wlock():
                found = self.table.look_up(key)
                if found is None:
                    found = self.load(key)
                    self.table.store(key, found)
        return found

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== right: acquire and finally, RWLockWrite
class Cache:
    def __init__(self, table, load):
        self.table = table
        self.load = load
        self.rw = RWLockWrite()

    def look_up(self, key):
        handle = self.rw.gen_rlock()
        handle.acquire()
        try:
            return self.table.look_up(key)
        finally:
            handle.release()

    def get(self, key):
        value = self.look_up(key)
        if value is not None:
            return value
        handle = self.rw.gen_wlock()
        handle.acquire()
        try:
            if self.table.look_up(key) is None:
                self.table.store(key, self.load(key))
            return self.table.look_up(key)
        finally:
            handle.release()

    def put(self, key, value):
        handle = self.rw.gen_wlock()
        handle.acquire()
        try:
            self.table.store(key, value)
        finally:
            handle.release()


# ==== right: a second lock for those who load
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()
        self.changing = threading.Lock()

    def look_up(self, key):
        with self.rw.gen_rlock():
            return self.table.look_up(key)

    def store(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)

    def get(self, key):
        value = self.look_up(key)
        if value is None:
            with self.changing:
                value = self.look_up(key)
                if value is None:
                    value = self.load(key)
                    self.store(key, value)
        return value

    def put(self, key, value):
        with self.changing:
            self.store(key, value)


# ==== right: loads with no handle held, one thread for each key, and looks again before it stores
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFairD()
        self.loading = {}
        self.guard = threading.Lock()

    def look_up(self, key):
        with self.rw.gen_rlock():
            return self.table.look_up(key)

    def get(self, key):
        value = self.look_up(key)
        if value is not None:
            return value
        with self.guard:
            lock = self.loading.setdefault(key, threading.Lock())
        with lock:
            value = self.look_up(key)
            if value is not None:
                return value
            loaded = self.load(key)
            with self.rw.gen_wlock():
                value = self.table.look_up(key)
                if value is None:
                    value = loaded
                    self.table.store(key, value)
            return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== wrong: no lock at all
# points: 1
# says: another thread writes the table while T2 reads it
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load

    def get(self, key):
        value = self.table.look_up(key)
        if value is None:
            value = self.load(key)
            self.table.store(key, value)
        return value

    def put(self, key, value):
        self.table.store(key, value)


# ==== wrong: a plain lock
# points: 3
# says: deadlock: R1 waits
# says: readers must share
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.lock = threading.Lock()

    def get(self, key):
        with self.lock:
            value = self.table.look_up(key)
            if value is None:
                value = self.load(key)
                self.table.store(key, value)
            return value

    def put(self, key, value):
        with self.lock:
            self.table.store(key, value)


# ==== wrong: get always takes a writer's handle
# points: 3
# says: readers must share
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()

    def get(self, key):
        with self.rw.gen_wlock():
            value = self.table.look_up(key)
            if value is None:
                value = self.load(key)
                self.table.store(key, value)
            return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== wrong: asks to write while it reads
# points: 0
# says: deadlock: MainThread waits for cache.rw, held by MainThread
# says: before you ask for the writer's
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()

    def get(self, key):
        with self.rw.gen_rlock():
            value = self.table.look_up(key)
            if value is None:
                with self.rw.gen_wlock():
                    value = self.load(key)
                    self.table.store(key, value)
            return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== wrong: does not look again
# points: 1
# says: 2 threads found no value, and each loaded it
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()

    def get(self, key):
        with self.rw.gen_rlock():
            value = self.table.look_up(key)
        if value is None:
            with self.rw.gen_wlock():
                value = self.load(key)
                self.table.store(key, value)
        return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== wrong: loads before it asks to write
# points: 1
# says: each loaded it
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()

    def get(self, key):
        with self.rw.gen_rlock():
            value = self.table.look_up(key)
        if value is None:
            value = self.load(key)
            with self.rw.gen_wlock():
                if self.table.look_up(key) is None:
                    self.table.store(key, value)
        return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== wrong: stores with a reader's handle
# points: 1
# says: another thread writes the table while T2 reads it
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()

    def get(self, key):
        with self.rw.gen_rlock():
            value = self.table.look_up(key)
        if value is None:
            with self.rw.gen_rlock():
                value = self.table.look_up(key)
                if value is None:
                    value = self.load(key)
                    self.table.store(key, value)
        return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== wrong: put with a reader's handle
# points: 2
# says: another thread writes the table
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()

    def get(self, key):
        with self.rw.gen_rlock():
            value = self.table.look_up(key)
        if value is None:
            with self.rw.gen_wlock():
                value = self.table.look_up(key)
                if value is None:
                    value = self.load(key)
                    self.table.store(key, value)
        return value

    def put(self, key, value):
        with self.rw.gen_rlock():
            self.table.store(key, value)


# ==== wrong: put takes no lock
# points: 2
# says: a write
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()

    def get(self, key):
        with self.rw.gen_rlock():
            value = self.table.look_up(key)
        if value is None:
            with self.rw.gen_wlock():
                value = self.table.look_up(key)
                if value is None:
                    value = self.load(key)
                    self.table.store(key, value)
        return value

    def put(self, key, value):
        self.table.store(key, value)


# ==== wrong: the first look takes no lock
# points: 1
# says: the table
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()

    def get(self, key):
        value = self.table.look_up(key)
        if value is None:
            with self.rw.gen_wlock():
                value = self.table.look_up(key)
                if value is None:
                    value = self.load(key)
                    self.table.store(key, value)
        return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== wrong: one handle for all readers, one for all writers
# points: 1
# says: RuntimeError
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        rw = RWLockFair()
        self.reading, self.writing = rw.gen_rlock(), rw.gen_wlock()

    def get(self, key):
        with self.reading:
            value = self.table.look_up(key)
        if value is None:
            with self.writing:
                value = self.table.look_up(key)
                if value is None:
                    value = self.load(key)
                    self.table.store(key, value)
        return value

    def put(self, key, value):
        with self.writing:
            self.table.store(key, value)


# ==== wrong: one handle for all readers, those errors dropped
# points: 1
# says: deadlock
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()
        self.reading = self.rw.gen_rlock()

    def get(self, key):
        self.reading.acquire()
        value = self.table.look_up(key)
        try:
            self.reading.release()
        except RuntimeError:
            pass
        if value is None:
            with self.rw.gen_wlock():
                value = self.table.look_up(key)
                if value is None:
                    value = self.load(key)
                    self.table.store(key, value)
        return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== wrong: a lock of its own for each call
# points: 1
# says: the table
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load

    def get(self, key):
        rw = RWLockFair()
        with rw.gen_rlock():
            value = self.table.look_up(key)
        if value is None:
            with rw.gen_wlock():
                value = self.table.look_up(key)
                if value is None:
                    value = self.load(key)
                    self.table.store(key, value)
        return value

    def put(self, key, value):
        with RWLockFair().gen_wlock():
            self.table.store(key, value)


# ==== wrong: the writer's handle is not given back where the value is there by now
# points: 1
# says: deadlock
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()

    def get(self, key):
        with self.rw.gen_rlock():
            value = self.table.look_up(key)
        if value is not None:
            return value
        handle = self.rw.gen_wlock()
        handle.acquire()
        value = self.table.look_up(key)
        if value is not None:
            return value
        value = self.load(key)
        self.table.store(key, value)
        handle.release()
        return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== wrong: reads again while it reads
# points: 1
# says: deadlock
class Cache:
    def __init__(self, table, load):
        self.table, self.load = table, load
        self.rw = RWLockFair()

    def look_up(self, key):
        with self.rw.gen_rlock():
            return self.table.look_up(key)

    def get(self, key):
        with self.rw.gen_rlock():
            value = self.look_up(key)
        if value is None:
            with self.rw.gen_wlock():
                value = self.table.look_up(key)
                if value is None:
                    value = self.load(key)
                    self.table.store(key, value)
        return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.table.store(key, value)


# ==== wrong: a dictionary of its own in the place of the table
# points: 2
# says: the table holds None
class Cache:
    def __init__(self, table, load):
        self.values, self.load = {}, load
        self.rw = RWLockFair()

    def get(self, key):
        with self.rw.gen_rlock():
            value = self.values.get(key)
        if value is None:
            with self.rw.gen_wlock():
                value = self.values.get(key)
                if value is None:
                    value = self.values[key] = self.load(key)
        return value

    def put(self, key, value):
        with self.rw.gen_wlock():
            self.values[key] = value


# ==== wrong: not written yet
# status: missing
# says: not written yet
class Cache:
    def __init__(self, table, load):
        raise NotImplementedError()

    def get(self, key):
        raise NotImplementedError()

    def put(self, key, value):
        raise NotImplementedError()
