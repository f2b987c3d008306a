# ==== right: a generator
@contextmanager
def try_acquire(lock):
    if lock.acquire(blocking=False):
        try:
            yield True
        finally:
            lock.release()
    else:
        yield False


# ==== right: a class
class try_acquire:
    def __init__(self, lock):
        self.lock = lock

    def __enter__(self):
        self.got = self.lock.acquire(blocking=False)
        return self.got

    def __exit__(self, *error):
        if self.got:
            self.lock.release()


# ==== right: a function that makes a class, timeout 0
class Try:
    def __init__(self, lock):
        self.lock = lock
        self.got = False

    def __enter__(self):
        self.got = self.lock.acquire(timeout=0)
        return self.got

    def __exit__(self, kind, value, traceback):
        if self.got:
            self.got = False
            self.lock.release()
        return False


def try_acquire(lock):
    return Try(lock)


# ==== right: asks when it is made
class try_acquire:
    def __init__(self, lock):
        self.lock = lock
        self.got = lock.acquire(False)

    def __enter__(self):
        return self.got

    def __exit__(self, *error):
        if self.got:
            self.lock.release()


# ==== wrong: releases in any case
# points: 0
# says: release without got: after the block the lock of somebody else is free
@contextmanager
def try_acquire(lock):
    got = lock.acquire(blocking=False)
    try:
        yield got
    finally:
        lock.release()


# ==== wrong: releases what is locked, by whom ever
# points: 0
# says: release without got
@contextmanager
def try_acquire(lock):
    got = lock.acquire(blocking=False)
    try:
        yield got
    finally:
        if lock.locked():
            lock.release()


# ==== wrong: no finally
# points: 0
# says: got without release: after an error in the block the lock is still held
@contextmanager
def try_acquire(lock):
    got = lock.acquire(blocking=False)
    yield got
    if got:
        lock.release()


# ==== wrong: never releases
# points: 0
# says: got without release: after the block the lock is still held
@contextmanager
def try_acquire(lock):
    yield lock.acquire(blocking=False)


# ==== wrong: waits
# points: 0
# says: deadlock: MainThread waits for held, held by MainThread
@contextmanager
def try_acquire(lock):
    with lock:
        yield True


# ==== wrong: waits for a while
# points: 0
# says: try_acquire must not wait, not even for a while
@contextmanager
def try_acquire(lock):
    got = lock.acquire(timeout=0.1)
    try:
        yield got
    finally:
        if got:
            lock.release()


# ==== wrong: looks, then waits
# points: 4
# says: deadlock: T2 waits for
# says: a try looks at the lock and takes it in one step
@contextmanager
def try_acquire(lock):
    if lock.locked():
        yield False
    else:
        with lock:
            yield True


# ==== wrong: hides errors
# points: 0
# says: an error in the block must go through
class try_acquire:
    def __init__(self, lock):
        self.lock = lock

    def __enter__(self):
        self.got = self.lock.acquire(blocking=False)
        return self.got

    def __exit__(self, *error):
        if self.got:
            self.lock.release()
        return True


# ==== wrong: hides errors, in a generator
# points: 0
# says: an error in the block must go through
@contextmanager
def try_acquire(lock):
    got = lock.acquire(blocking=False)
    try:
        yield got
    except LookupError:
        pass
    finally:
        if got:
            lock.release()


# ==== wrong: an error where it does not get the lock
# points: 0
# says: RuntimeError
@contextmanager
def try_acquire(lock):
    if lock.acquire(blocking=False):
        try:
            yield True
        finally:
            lock.release()


# ==== wrong: yields itself
# points: 0
# says: as got must be True where the lock was free
class try_acquire:
    def __init__(self, lock):
        self.lock = lock

    def __enter__(self):
        self.got = self.lock.acquire(blocking=False)
        return self

    def __exit__(self, *error):
        if self.got:
            self.lock.release()


# ==== wrong: one answer for all threads
# points: 0
# says: got without release
class try_acquire:
    got = False

    def __init__(self, lock):
        self.lock = lock

    def __enter__(self):
        try_acquire.got = self.lock.acquire(blocking=False)
        return try_acquire.got

    def __exit__(self, *error):
        if try_acquire.got:
            self.lock.release()


# ==== wrong: gives the lock back before the block
# points: 0
# says: inside of the block the lock must be held
@contextmanager
def try_acquire(lock):
    got = lock.acquire(blocking=False)
    if got:
        lock.release()
    yield got


# ==== wrong: always True
# points: 0
# says: as got must be False where the lock was held, not True
@contextmanager
def try_acquire(lock):
    got = lock.acquire(blocking=False)
    try:
        yield True
    finally:
        if got:
            lock.release()


# ==== wrong: a generator without contextmanager
# points: 0
# says: TypeError
def try_acquire(lock):
    got = lock.acquire(blocking=False)
    try:
        yield got
    finally:
        if got:
            lock.release()


# ==== wrong: remembers the lock and not the answer
# points: 0
# says: as got must be False where the thread itself holds the lock, not True
held = {}


@contextmanager
def try_acquire(lock):
    if lock.acquire(blocking=False):
        held[lock] = True
    try:
        yield held.get(lock, False)
    finally:
        if held.pop(lock, False):
            lock.release()


# ==== wrong: not written yet
# status: missing
# says: not written yet
@contextmanager
def try_acquire(lock):
    raise NotImplementedError()
