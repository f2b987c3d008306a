# ==== right: by an if, acquire and finally
def transfer(source, target, amount):
    first, second = source, target
    if first.number > second.number:
        first, second = second, first
    first.lock.acquire()
    if second is not first:
        second.lock.acquire()
    try:
        if amount > source.balance:
            return False
        source.balance -= amount
        target.balance += amount
        return True
    finally:
        first.lock.release()
        if second is not first:
            second.lock.release()


# ==== right: an ExitStack, highest number first
from contextlib import ExitStack


def transfer(source, target, amount):
    with ExitStack() as stack:
        for account in sorted({source, target}, key=lambda each: each.number, reverse=True):
            stack.enter_context(account.lock)
        if source.balance >= amount:
            source.balance = source.balance - amount
            target.balance = target.balance + amount
            return True
    return False


# ==== right: a lock for all transfers, beside those of the accounts
all_transfers = threading.Lock()


def transfer(source, target, amount):
    with all_transfers:
        accounts = [source] if source is target else [source, target]
        for account in accounts:
            account.lock.acquire()
        enough = source.balance >= amount
        if enough:
            source.balance -= amount
            target.balance += amount
        for account in accounts:
            account.lock.release()
    return enough


# ==== right: tries both locks, and begins again with empty hands
def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    while True:
        with first.lock:
            if first is second or second.lock.acquire(blocking=False):
                enough = source.balance >= amount
                if enough:
                    source.balance -= amount
                    target.balance += amount
                if first is not second:
                    second.lock.release()
                return enough
        time.sleep(0.001)


# ==== wrong: no lock at all
# points: 1
# says: one of the two transfers is possible, and they return [True, True]
def transfer(source, target, amount):
    if source.balance < amount:
        return False
    source.balance -= amount
    target.balance += amount
    return True


# ==== wrong: the lock of the source first
# points: 3
# says: deadlock: T1 waits for accounts[1].lock, held by T2
# says: deadlock: MainThread waits for ana.lock, held by MainThread. The first lock and the second one are the same.
def transfer(source, target, amount):
    with source.lock, target.lock:
        if source.balance < amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True


# ==== wrong: in order, and twice the same lock
# points: 5
# says: The first lock and the second one are the same
def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        if source.balance < amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True


# ==== wrong: looks at the balance before it locks
# points: 1
# says: saw enough money: the balance is -100
def transfer(source, target, amount):
    if source.balance < amount:
        return False
    if source is target:
        return True
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        source.balance -= amount
        target.balance += amount
    return True


# ==== wrong: looks, lets go, and locks again
# points: 1
# says: saw enough money
def transfer(source, target, amount):
    with source.lock:
        if source.balance < amount:
            return False
    if source is target:
        return True
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        source.balance -= amount
        target.balance += amount
    return True


# ==== wrong: the balance says who is first
# points: 3
# says: deadlock
def transfer(source, target, amount):
    if source is target:
        return source.balance >= amount
    first, second = (source, target) if source.balance >= target.balance else (target, source)
    with first.lock, second.lock:
        if source.balance < amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True


# ==== wrong: one lock for all, and none of the accounts'
# points: 1
# says: lost update
everything = threading.Lock()


def transfer(source, target, amount):
    with everything:
        if source.balance < amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True


# ==== wrong: only the source is locked
# points: 1
# says: lost update
def transfer(source, target, amount):
    with source.lock:
        if source.balance < amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True


# ==== wrong: one lock at a time
# points: 5
# says: half a transfer: T2 holds both locks, and 30 are missing
def transfer(source, target, amount):
    with source.lock:
        if source.balance < amount:
            return False
        source.balance -= amount
    with target.lock:
        target.balance += amount
    return True


# ==== wrong: keeps the locks where there is not enough
# points: 0
# says: a lock is still held
def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    first.lock.acquire()
    if second is not first:
        second.lock.acquire()
    if source.balance < amount:
        return False
    source.balance -= amount
    target.balance += amount
    first.lock.release()
    if second is not first:
        second.lock.release()
    return True


# ==== wrong: may not empty an account
# points: 0
# says: transfer of 30 from an account with 30 returns False instead of True
def transfer(source, target, amount):
    if source is target:
        return source.balance > amount
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        if source.balance <= amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True


# ==== wrong: to oneself, always enough
# points: 5
# says: a transfer of 101 from an account with 100 to itself returns True instead of False
def transfer(source, target, amount):
    if source is target:
        return True
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        if source.balance < amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True


# ==== wrong: to oneself, looks without the lock
# points: 5
# says: the balance is looked at without the lock
def transfer(source, target, amount):
    if source is target:
        return source.balance >= amount
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        if source.balance < amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True


# ==== wrong: gives up where it has to wait
# points: 3
# says: a transfer of 10 from an account with at least 90 returns False
def transfer(source, target, amount):
    if source is target:
        return source.balance >= amount
    first, second = sorted((source, target), key=lambda account: account.number)
    if not first.lock.acquire(timeout=0):
        return False
    try:
        with second.lock:
            if source.balance < amount:
                return False
            source.balance -= amount
            target.balance += amount
            return True
    finally:
        first.lock.release()


# ==== wrong: goes round until there is enough
# points: 0
# says: infinite loop
def transfer(source, target, amount):
    while source.balance < amount:
        pass
    with source.lock:
        source.balance -= amount
        target.balance += amount
    return True


# ==== wrong: not written yet
# status: missing
# says: not written yet
def transfer(source, target, amount):
    raise NotImplementedError()


# ==== wrong: ordered by where the objects are
# status: refused
# says: may not use id
def transfer(source, target, amount):
    first, second = sorted((source, target), key=id)
    with first.lock, second.lock:
        if source.balance < amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True
