# ==== right: a dictionary of locks
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = {number: threading.Lock() for number in range(len(accounts))}

    def deposit(self, number, amount):
        with self.locks[number]:
            balance = self.accounts[number].read()
            self.accounts[number].write(balance + amount)


# ==== right: pairs of account and lock, acquire and release
class Bank:
    def __init__(self, accounts):
        self.pairs = [(account, threading.RLock()) for account in accounts]

    def deposit(self, number, amount):
        account, lock = self.pairs[number]
        lock.acquire()
        try:
            account.write(account.read() + amount)
        finally:
            lock.release()


# ==== right: locks made when they are needed, under a lock of their own
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.guard = threading.Lock()
        self.locks = {}

    def deposit(self, number, amount):
        with self.guard:
            lock = self.locks.setdefault(number, threading.Lock())
        with lock:
            self.accounts[number].write(self.accounts[number].read() + amount)


# ==== right: looks up under a lock of its own, and counts under it
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.guard = threading.Lock()
        self.locks = {}
        self.done = 0

    def deposit(self, number, amount):
        with self.guard:
            lock = self.locks.setdefault(number, threading.Lock())
        with lock:
            self.accounts[number].write(self.accounts[number].read() + amount)
        with self.guard:
            self.done += 1


# ==== right: a wrapper around each account
class Safe:
    def __init__(self, account):
        self.account = account
        self.lock = threading.Lock()

    def add(self, amount):
        with self.lock:
            self.account.write(self.account.read() + amount)


class Bank:
    def __init__(self, accounts):
        self.safes = [Safe(account) for account in accounts]

    def deposit(self, number, amount):
        self.safes[number].add(amount)


# ==== right: tries until it gets the lock
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = [threading.Lock() for _ in accounts]

    def deposit(self, number, amount):
        while not self.locks[number].acquire(timeout=1):
            pass
        self.accounts[number].write(self.accounts[number].read() + amount)
        self.locks[number].release()


# ==== wrong: no lock at all
# points: 1
# says: lost update: account 0 holds 15, not 20
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts

    def deposit(self, number, amount):
        self.accounts[number].write(self.accounts[number].read() + amount)


# ==== wrong: one lock for the bank
# points: 4
# says: each account needs a lock of its own
# says: deadlock
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.lock = threading.Lock()

    def deposit(self, number, amount):
        with self.lock:
            self.accounts[number].write(self.accounts[number].read() + amount)


# ==== wrong: one lock, many times in a list
# points: 4
# says: each account needs a lock of its own
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = [threading.Lock()] * len(accounts)

    def deposit(self, number, amount):
        with self.locks[number]:
            self.accounts[number].write(self.accounts[number].read() + amount)


# ==== wrong: a lock made for each call
# points: 1
# says: lost update
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts

    def deposit(self, number, amount):
        with threading.Lock():
            self.accounts[number].write(self.accounts[number].read() + amount)


# ==== wrong: locks only the read
# points: 1
# says: lost update
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = [threading.Lock() for _ in accounts]

    def deposit(self, number, amount):
        with self.locks[number]:
            balance = self.accounts[number].read()
        self.accounts[number].write(balance + amount)


# ==== wrong: locks only the write
# points: 1
# says: lost update
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = [threading.Lock() for _ in accounts]

    def deposit(self, number, amount):
        balance = self.accounts[number].read()
        with self.locks[number]:
            self.accounts[number].write(balance + amount)


# ==== wrong: a global lock for the read, the account's for the write
# points: 1
# says: lost update
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.lock = threading.Lock()
        self.locks = [threading.Lock() for _ in accounts]

    def deposit(self, number, amount):
        with self.lock:
            balance = self.accounts[number].read()
        with self.locks[number]:
            self.accounts[number].write(balance + amount)


# ==== wrong: locks made when they are needed, without a lock
# points: 1
# says: lost update
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = {}

    def deposit(self, number, amount):
        if number not in self.locks:
            self.locks[number] = threading.Lock()
        with self.locks[number]:
            self.accounts[number].write(self.accounts[number].read() + amount)


# ==== wrong: a lock for each thread
# points: 1
# says: lost update
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.guard = threading.Lock()
        self.locks = {}

    def deposit(self, number, amount):
        with self.guard:
            lock = self.locks.setdefault(threading.get_ident(), threading.Lock())
        with lock:
            self.accounts[number].write(self.accounts[number].read() + amount)


# ==== wrong: goes on without the lock where it is taken
# points: 1
# says: lost update
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = [threading.Lock() for _ in accounts]

    def deposit(self, number, amount):
        got = self.locks[number].acquire(blocking=False)
        self.accounts[number].write(self.accounts[number].read() + amount)
        if got:
            self.locks[number].release()


# ==== wrong: does nothing where the lock is taken
# points: 1
# says: lost update
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = [threading.Lock() for _ in accounts]

    def deposit(self, number, amount):
        if self.locks[number].acquire(blocking=False):
            self.accounts[number].write(self.accounts[number].read() + amount)
            self.locks[number].release()


# ==== wrong: never gives the lock back
# points: 0
# says: deadlock: MainThread waits for bank.locks[0], held by MainThread
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = [threading.Lock() for _ in accounts]

    def deposit(self, number, amount):
        self.locks[number].acquire()
        self.accounts[number].write(self.accounts[number].read() + amount)


# ==== wrong: asks for the locks of all accounts
# points: 4
# says: each account needs a lock of its own
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = [threading.Lock() for _ in accounts]

    def deposit(self, number, amount):
        for lock in self.locks:
            lock.acquire()
        self.accounts[number].write(self.accounts[number].read() + amount)
        for lock in self.locks:
            lock.release()


# ==== wrong: the same account each time
# points: 0
# says: to account 0, which held 10, make 22, not 12
class Bank:
    def __init__(self, accounts):
        self.account = accounts[0]
        self.lock = threading.Lock()

    def deposit(self, number, amount):
        with self.lock:
            self.account.write(self.account.read() + amount)


# ==== wrong: reads apart, but writes under one lock for all
# points: 4
# says: each account needs a lock of its own
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = [threading.Lock() for _ in accounts]
        self.books = threading.Lock()

    def deposit(self, number, amount):
        with self.locks[number]:
            balance = self.accounts[number].read()
            with self.books:
                self.accounts[number].write(balance + amount)


# ==== wrong: two locks, however many accounts there are
# points: 0
# says: IndexError
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.locks = [threading.Lock(), threading.Lock()]

    def deposit(self, number, amount):
        with self.locks[number]:
            self.accounts[number].write(self.accounts[number].read() + amount)


# ==== wrong: does nothing
# points: 0
# says: deposits of 5 and -3 to account 0, which held 10, make 10, not 12
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts

    def deposit(self, number, amount):
        pass


# ==== wrong: locks by the parity of the number
# points: 4
# says: each account needs a lock of its own
class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.even, self.odd = threading.Lock(), threading.Lock()

    def deposit(self, number, amount):
        with self.odd if number % 2 else self.even:
            self.accounts[number].write(self.accounts[number].read() + amount)
