# ==== right: the thread is the owner
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== right: number and name of the thread, in one pair
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        owner = self.owner
        if owner is not None and owner[0] == threading.get_ident():
            raise RuntimeError(f"lock is already held by {owner[1]}")
        self.lock.acquire()
        self.owner = (threading.get_ident(), threading.current_thread().name)
        return True

    def release(self):
        owner = self.owner
        if owner is None:
            raise RuntimeError("release of a free lock")
        if owner[0] != threading.get_ident():
            raise RuntimeError(f"lock is held by {owner[1]}")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== right: a second lock guards the owner
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.guard = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        with self.guard:
            if self.owner is me:
                raise RuntimeError(f"{self.owner.name} would wait for itself")
        self.lock.acquire()
        with self.guard:
            self.owner = me

    def release(self):
        with self.guard:
            if self.owner is None:
                raise RuntimeError("nobody is the owner")
            if self.owner is not threading.current_thread():
                raise RuntimeError(f"the owner is {self.owner.name}")
            self.owner = None
            self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()


# ==== right: errors of a class of one's own
class NotYours(RuntimeError):
    """The rules of the lock were broken."""


class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise NotYours(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise NotYours(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== right: a subclass of nothing, with the lock's own error for a free lock
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not None and owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}")
        if owner is None:
            raise RuntimeError("release unlocked lock")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: a Lock with another name
# points: 0
# says: deadlock: Ana waits for lock.lock, held by Ana
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()

    def acquire(self):
        self.lock.acquire()

    def release(self):
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: an RLock inside
# points: 7
# says: it uses RLock, which knows an owner by itself
class OwnedLock:
    def __init__(self):
        self.lock = threading.RLock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: lets its owner in again
# points: 0
# says: acquire must raise RuntimeError where the thread holds the lock already
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            return
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: an error without a name
# points: 0
# says: the error of a second acquire must name the owner, Ana; it says 'already held'
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError("already held")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: an error of another kind
# points: 0
# says: ValueError
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise ValueError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise ValueError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: forgets its owner after it gave the lock back
# points: 1
# says: RuntimeError
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.lock.release()
        self.owner = None

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: never forgets its owner
# points: 0
# says: RuntimeError: Ana has it already
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: writes down the owner before it has the lock
# points: 1
# says: RuntimeError
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.owner = me
        self.lock.acquire()

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: anybody may release
# points: 4
# says: Ben released the lock that Ana holds: release must raise RuntimeError
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        if self.owner is None:
            raise RuntimeError("nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: the error of a foreign release names the wrong thread
# points: 6
# says: the error of Ben's release must name the owner, Ana; it says 'Ben does not hold it'
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"{threading.current_thread().name} does not hold it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: looks twice at the owner
# points: 6
# says: AttributeError
# says: the owner may change between two looks at it
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        if self.owner is None:
            raise RuntimeError("nobody holds it")
        if self.owner is not threading.current_thread():
            raise RuntimeError(f"held by {self.owner.name}")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: knows its owner by name
# points: 7
# says: two threads may share a name
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread().name
        if self.owner == me:
            raise RuntimeError(f"{me} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner != threading.current_thread().name:
            raise RuntimeError(f"held by {owner}")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: tries, and says so where the lock is held
# points: 1
# says: AttributeError
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        if not self.lock.acquire(blocking=False):
            raise RuntimeError(f"held by {self.owner.name}")
        self.owner = threading.current_thread()

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: only looks whether it is locked
# points: 0
# says: RuntimeError: Ana has it already
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        if not self.lock.locked():
            raise RuntimeError("nobody holds it")
        if self.owner is not threading.current_thread():
            owner = self.owner
            raise RuntimeError(f"held by {owner.name}")
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: with does not wait its turn
# points: 0
# says: with must make Ana the owner
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        pass

    def __exit__(self, *error):
        pass


# ==== wrong: with swallows errors
# points: 0
# says: with must let an error in its block go through
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()
        return True


# ==== wrong: with gives back only where nothing went wrong
# points: 0
# says: RuntimeError: Ana has it already
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, kind, value, traceback):
        if kind is None:
            self.release()


# ==== wrong: a flag in place of a lock
# points: 1
# says: RuntimeError
class OwnedLock:
    def __init__(self):
        self.owner = None

    def acquire(self):
        me = threading.current_thread()
        if self.owner is me:
            raise RuntimeError(f"{me.name} holds it")
        while self.owner is not None:
            time.sleep(0.001)
        self.owner = me

    def release(self):
        owner = self.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        self.owner = None

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: one owner for all locks
# points: 0
# says: RuntimeError: nobody holds it
class OwnedLock:
    def __init__(self):
        self.lock = threading.Lock()
        OwnedLock.owner = None

    def acquire(self):
        me = threading.current_thread()
        if OwnedLock.owner is me:
            raise RuntimeError(f"{me.name} has it already")
        self.lock.acquire()
        OwnedLock.owner = me

    def release(self):
        owner = OwnedLock.owner
        if owner is not threading.current_thread():
            raise RuntimeError(f"held by {owner.name}" if owner else "nobody holds it")
        OwnedLock.owner = None
        self.lock.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.release()


# ==== wrong: not written yet
# status: missing
# says: not written yet
class OwnedLock:
    def __init__(self):
        raise NotImplementedError()
