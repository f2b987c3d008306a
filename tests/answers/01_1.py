# ==== right: with, and two returns
def sell(shop):
    with shop.lock:
        if shop.left > 0:
            shop.left -= 1
            return True
        return False


# ==== right: acquire, try, finally
def sell(shop):
    shop.lock.acquire()
    try:
        if shop.left == 0:
            return False
        shop.left = shop.left - 1
        return True
    finally:
        shop.lock.release()


# ==== right: tries until it gets the lock
def sell(shop):
    while not shop.lock.acquire(blocking=False):
        time.sleep(0.001)
    sold = shop.left > 0
    if sold:
        shop.left -= 1
    shop.lock.release()
    return sold


# ==== wrong: no lock at all
# points: 1
# says: race condition: 1 ticket to sell, 2 sold
def sell(shop):
    if shop.left > 0:
        shop.left -= 1
        return True
    return False


# ==== wrong: a lock of its own for each call
# points: 1
# says: race condition
# says: must be one critical section
def sell(shop):
    lock = threading.Lock()
    with lock:
        if shop.left > 0:
            shop.left -= 1
            return True
        return False


# ==== wrong: looks before it locks
# points: 1
# says: race condition
def sell(shop):
    if shop.left == 0:
        return False
    with shop.lock:
        shop.left -= 1
        return True


# ==== wrong: two critical sections
# points: 1
# says: race condition
def sell(shop):
    with shop.lock:
        is_left = shop.left > 0
    if not is_left:
        return False
    with shop.lock:
        shop.left -= 1
    return True


# ==== wrong: keeps the lock where no ticket is left
# points: 0
# says: give the lock back, on every way out
def sell(shop):
    shop.lock.acquire()
    if shop.left == 0:
        return False
    shop.left -= 1
    shop.lock.release()
    return True


# ==== wrong: takes the lock twice
# points: 0
# says: deadlock: MainThread waits for shop.lock, held by MainThread
def sell(shop):
    with shop.lock:
        if shop.left == 0:
            return False
        with shop.lock:
            shop.left -= 1
        return True


# ==== wrong: goes round for ever
# points: 0
# says: infinite loop
def sell(shop):
    while shop.left:
        pass
    return True


# ==== wrong: releases in a finally what it may not have got
# points: 1
# says: RuntimeError: release unlocked lock
def sell(shop):
    try:
        shop.lock.acquire(blocking=False)
        if shop.left == 0:
            return False
        shop.left -= 1
        return True
    finally:
        shop.lock.release()


# ==== wrong: sells none where the lock is taken
# points: 1
# says: race condition: 2 tickets to sell, 1 sold
def sell(shop):
    if not shop.lock.acquire(blocking=False):
        return False
    try:
        if shop.left == 0:
            return False
        shop.left -= 1
        return True
    finally:
        shop.lock.release()


# ==== wrong: looks again at a number that it read before
# points: 1
# says: race condition
def sell(shop):
    left = shop.left
    with shop.lock:
        if left == 0:
            return False
        shop.left = left - 1
        return True


# ==== wrong: not written yet
# status: missing
# says: not written yet
def sell(shop):
    raise NotImplementedError()


# ==== wrong: evaluates a text
# status: refused
# says: may not use eval
def sell(shop):
    return eval("True")
