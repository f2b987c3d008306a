# ==== right: waits for the one that refused
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    first, second = a, b
    while first.acquire(timeout=max(0, end - time.monotonic())):
        if second.acquire(blocking=False):
            return True
        first.release()
        if time.monotonic() >= end:
            return False
        first, second = second, first
    return False


# ==== right: tries both, and pauses with empty hands
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    while True:
        if a.acquire(blocking=False):
            if b.acquire(blocking=False):
                return True
            a.release()
        if time.monotonic() >= end:
            return False
        time.sleep(0.001)


# ==== right: pauses of 10 ms, never longer than what is left
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    while True:
        got_a = a.acquire(blocking=False)
        got_b = b.acquire(blocking=False)
        if got_a and got_b:
            return True
        if got_a:
            a.release()
        if got_b:
            b.release()
        left = end - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(left, 0.01))


# ==== right: waits for b to be free, then begins again
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout

    def left():
        return max(0.0, end - time.monotonic())

    while True:
        if not a.acquire(timeout=left()):
            return False
        if b.acquire(blocking=False):
            return True
        a.release()
        if left() == 0 or not b.acquire(timeout=left()):
            return False
        if a.acquire(blocking=False):
            return True
        b.release()
        if left() == 0:
            return False


# ==== right: calls itself with the time that is left
def acquire_both(a, b, timeout):
    began = time.monotonic()
    if not a.acquire(timeout=timeout):
        return False
    if b.acquire(blocking=False):
        return True
    a.release()
    left = timeout - (time.monotonic() - began)
    return left > 0 and acquire_both(b, a, left)


# ==== wrong: waits for both, one after the other
# points: 0
# says: deadlock: MainThread waits for a, held by MainThread
def acquire_both(a, b, timeout):
    a.acquire()
    b.acquire()
    return True


# ==== wrong: holds a while it waits for b
# points: 5
# says: hold and wait: T1 holds a while it waits for b
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    if not a.acquire(timeout=timeout):
        return False
    if b.acquire(timeout=max(0, end - time.monotonic())):
        return True
    a.release()
    return False


# ==== wrong: keeps a where b is refused
# points: 0
# says: got without release: it returned False, and a is still held
def acquire_both(a, b, timeout):
    if not a.acquire(timeout=timeout):
        return False
    return b.acquire(blocking=False)


# ==== wrong: releases both where one is refused
# points: 0
# says: release without got: a was released, which somebody else held
def acquire_both(a, b, timeout):
    if a.acquire(timeout=timeout) and b.acquire(blocking=False):
        return True
    for lock in (a, b):
        if lock.locked():
            lock.release()
    return False


# ==== wrong: tries once, and never waits
# points: 6
# says: it gave up, though a was free after half of the timeout: wait for a
def acquire_both(a, b, timeout):
    if not a.acquire(blocking=False):
        return False
    if b.acquire(blocking=False):
        return True
    a.release()
    return False


# ==== wrong: waits for a, but not for b
# points: 6
# says: it gave up, though b was free after half of the timeout: wait for b
def acquire_both(a, b, timeout):
    if not a.acquire(timeout=timeout):
        return False
    if b.acquire(blocking=False):
        return True
    a.release()
    return False


# ==== wrong: the whole timeout for each
# points: 3
# says: hold and wait
def acquire_both(a, b, timeout):
    if a.acquire(timeout=timeout):
        if b.acquire(timeout=timeout):
            return True
        a.release()
    return False


# ==== wrong: waits anew for the whole timeout
# points: 6
# says: a timeout of 0.02 s in all, and it came back after 0.03 s
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    first, second = a, b
    while first.acquire(timeout=timeout):
        if second.acquire(blocking=False):
            return True
        first.release()
        if time.monotonic() >= end:
            return False
        first, second = second, first
    return False


# ==== wrong: looks, then takes
# points: 2
# says: deadlock: T1 waits for
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    while a.locked() or b.locked():
        if time.monotonic() >= end:
            return False
        time.sleep(0.001)
    a.acquire()
    b.acquire()
    return True


# ==== wrong: always True
# points: 0
# says: with a held by somebody else, it must return False, not True
def acquire_both(a, b, timeout):
    a.acquire(timeout=timeout)
    b.acquire(timeout=timeout)
    return True


# ==== wrong: always False
# points: 0
# says: with both locks free and a timeout of 0.02, it must return True, not False
def acquire_both(a, b, timeout):
    return False


# ==== wrong: says nothing
# points: 0
# says: it must return True, not None
def acquire_both(a, b, timeout):
    with a, b:
        pass


# ==== wrong: True with nothing held
# points: 0
# says: where it returns True, both locks must be held, and a is free
def acquire_both(a, b, timeout):
    if a.acquire(timeout=timeout):
        a.release()
        if b.acquire(timeout=timeout):
            b.release()
            return True
    return False


# ==== wrong: begins again for ever
# points: 0
# says: deadlock: MainThread waits for a
def acquire_both(a, b, timeout):
    while True:
        a.acquire()
        if b.acquire(blocking=False):
            return True
        a.release()


# ==== wrong: spins until it has both
# points: 0
# says: spinning: it tried for a 100 times in 0.02 s
def acquire_both(a, b, timeout):
    while True:
        if a.acquire(blocking=False):
            if b.acquire(blocking=False):
                return True
            a.release()


# ==== wrong: goes round with its eyes shut
# points: 0
# says: infinite loop
def acquire_both(a, b, timeout):
    while True:
        pass


# ==== wrong: does not see that no time is left
# points: 1
# says: with a timeout of 0 it tries again and again: look at the clock after each refusal
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    first, second = a, b
    while first.acquire(timeout=max(0, end - time.monotonic())):
        if second.acquire(blocking=False):
            return True
        first.release()
        first, second = second, first
    return False


# ==== wrong: a timeout below 0
# points: 0
# says: ValueError
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    first, second = a, b
    while first.acquire(timeout=end - time.monotonic() - 0.001):
        if second.acquire(blocking=False):
            return True
        first.release()
        if time.monotonic() >= end:
            return False
        first, second = second, first
    return False


# ==== wrong: releases the wrong one
# points: 0
# says: release without got
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    first, second = a, b
    while first.acquire(timeout=max(0, end - time.monotonic())):
        if second.acquire(blocking=False):
            return True
        second.release()
        if time.monotonic() >= end:
            return False
        first, second = second, first
    return False


# ==== wrong: never swaps
# points: 0
# says: spinning: it tried for b 100 times
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    first, second = a, b
    while first.acquire(timeout=max(0, end - time.monotonic())):
        if second.acquire(blocking=False):
            return True
        first.release()
        if time.monotonic() >= end:
            return False
    return False


# ==== wrong: pauses with one lock in hand
# points: 5
# says: hold and wait: T1 holds a while it waits for b
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    if not a.acquire(timeout=timeout):
        return False
    while not b.acquire(blocking=False):
        if time.monotonic() >= end:
            a.release()
            return False
        time.sleep(0.001)
    return True


# ==== wrong: in the order of their numbers
# status: refused
# says: may not use id: an id differs from run to run
def acquire_both(a, b, timeout):
    end = time.monotonic() + timeout
    first, second = sorted((a, b), key=id)
    if not first.acquire(timeout=timeout):
        return False
    if second.acquire(timeout=max(0, end - time.monotonic())):
        return True
    first.release()
    return False


# ==== wrong: not written yet
# status: missing
# says: not written yet
def acquire_both(a, b, timeout):
    raise NotImplementedError()
