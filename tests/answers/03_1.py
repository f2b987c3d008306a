# ==== right: the try begins after the answer was True
def borrow(shelf):
    if shelf.lock.acquire(blocking=False):
        try:
            shelf.take()
        finally:
            shelf.lock.release()
        return True
    return False


# ==== right: a finally that looks at the answer
def borrow(shelf):
    got = shelf.lock.acquire(blocking=False)
    try:
        if got:
            shelf.take()
        return got
    finally:
        if got:
            shelf.lock.release()


# ==== right: a timeout of 0, and an except for the error
def borrow(shelf):
    if not shelf.lock.acquire(timeout=0):
        return False
    try:
        shelf.take()
    except LookupError:
        shelf.lock.release()
        raise
    shelf.lock.release()
    return True


# ==== right: looks before it takes
def borrow(shelf):
    if not shelf.lock.acquire(False):
        return False
    if shelf.books == 0:
        shelf.lock.release()
        raise LookupError("no book")
    shelf.take()
    shelf.lock.release()
    return True


# ==== wrong: as it was
# points: 0
# says: got without release: after the error of take the lock is still held
def borrow(shelf):
    got = shelf.lock.acquire(blocking=False)
    if got:
        shelf.take()
    shelf.lock.release()
    return got


# ==== wrong: releases in a finally around the try
# points: 0
# says: release without got: borrow released a lock that somebody else holds
def borrow(shelf):
    try:
        got = shelf.lock.acquire(blocking=False)
        if got:
            shelf.take()
        return got
    finally:
        shelf.lock.release()


# ==== wrong: keeps the lock after an error
# points: 0
# says: got without release: after the error of take
def borrow(shelf):
    got = shelf.lock.acquire(blocking=False)
    if got:
        shelf.take()
        shelf.lock.release()
    return got


# ==== wrong: never gives it back
# points: 0
# says: got without release: borrow must give back the lock that it got
def borrow(shelf):
    if not shelf.lock.acquire(blocking=False):
        return False
    shelf.take()
    return True


# ==== wrong: hides the error
# points: 0
# says: borrow must let the LookupError of take go through
def borrow(shelf):
    if not shelf.lock.acquire(blocking=False):
        return False
    try:
        shelf.take()
    except LookupError:
        pass
    finally:
        shelf.lock.release()
    return True


# ==== wrong: waits
# points: 0
# says: deadlock: MainThread waits for shelf.lock, held by MainThread
def borrow(shelf):
    with shelf.lock:
        shelf.take()
    return True


# ==== wrong: waits for a while
# points: 0
# says: borrow must not wait, not even for a while
def borrow(shelf):
    if not shelf.lock.acquire(timeout=1):
        return False
    try:
        shelf.take()
    finally:
        shelf.lock.release()
    return True


# ==== wrong: looks whether it is locked, then waits
# points: 3
# says: deadlock: T2 waits for
# says: Nobody may wait here: a try looks at the lock and takes it in one step
def borrow(shelf):
    if shelf.lock.locked():
        return False
    with shelf.lock:
        shelf.take()
    return True


# ==== wrong: looks whether it is locked, and does not take it
# points: 2
# says: race condition
def borrow(shelf):
    if shelf.lock.locked():
        return False
    shelf.take()
    return True


# ==== wrong: releases if the lock is held, by whom ever
# points: 0
# says: release without got
def borrow(shelf):
    got = shelf.lock.acquire(blocking=False)
    try:
        if got:
            shelf.take()
        return got
    finally:
        if shelf.lock.locked():
            shelf.lock.release()


# ==== wrong: takes without the lock
# points: 0
# says: borrow must return False where somebody else holds the lock
def borrow(shelf):
    shelf.take()
    return True


# ==== wrong: hands the error of a wrong release away
# points: 0
# says: release without got
def borrow(shelf):
    got = shelf.lock.acquire(blocking=False)
    try:
        if got:
            shelf.take()
    finally:
        try:
            shelf.lock.release()
        except RuntimeError:
            pass
    return got


# ==== wrong: takes, then says that it did not
# points: 0
# says: borrow must return True where it got the lock
def borrow(shelf):
    if shelf.lock.acquire(blocking=False):
        try:
            shelf.take()
        finally:
            shelf.lock.release()
    return False


# ==== wrong: takes after it has given the lock back
# points: 2
# says: race condition
def borrow(shelf):
    if not shelf.lock.acquire(blocking=False):
        return False
    shelf.lock.release()
    shelf.take()
    return True


# ==== wrong: does nothing
# points: 0
# says: borrow must return True
def borrow(shelf):
    return False


# ==== wrong: not written yet
# status: missing
# says: not written yet
def borrow(shelf):
    raise NotImplementedError()
