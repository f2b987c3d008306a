# ==== right: tickets and wait_for
class TicketLock:
    def __init__(self):
        self.changed = threading.Condition()
        self.next = self.serving = 0

    def acquire(self):
        with self.changed:
            mine, self.next = self.next, self.next + 1
            self.changed.wait_for(lambda: self.serving == mine)

    def release(self):
        with self.changed:
            self.serving += 1
            self.changed.notify_all()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, kind, error, trace):
        self.release()


# ==== right: a lock for each who waits, handed over by the holder
class TicketLock:
    def __init__(self):
        self.guard, self.held, self.queue = threading.Lock(), False, deque()

    def acquire(self):
        with self.guard:
            if not self.held:
                self.held = True
                return
            mine = threading.Lock()
            mine.acquire()
            self.queue.append(mine)
        mine.acquire()

    def release(self):
        with self.guard:
            if self.queue:
                self.queue.popleft().release()
            else:
                self.held = False

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== right: a queue of names in a Condition
class TicketLock:
    def __init__(self):
        self.changed, self.queue = threading.Condition(), []

    def acquire(self):
        me = threading.current_thread().name
        with self.changed:
            self.queue.append(me)
            while self.queue[0] != me:
                self.changed.wait()

    def release(self):
        with self.changed:
            del self.queue[0]
            self.changed.notify_all()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== right: an Event for each who waits
class TicketLock:
    def __init__(self):
        self.guard, self.queue = threading.Lock(), deque()

    def acquire(self):
        mine = threading.Event()
        with self.guard:
            self.queue.append(mine)
            if len(self.queue) == 1:
                mine.set()
        mine.wait()

    def release(self):
        with self.guard:
            self.queue.popleft()
            if self.queue:
                self.queue[0].set()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== right: each waits for the one before
class TicketLock:
    def __init__(self):
        self.guard, self.last = threading.Lock(), None
        self.mine = None

    def acquire(self):
        mine = threading.Event()
        with self.guard:
            before, self.last = self.last, mine
        if before is not None:
            before.wait()
        self.mine = mine

    def release(self):
        self.mine.set()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: a plain lock inside
# points: 3
# points: 4
# says: overtaking: T2 asked before T1, and T1 is served first
class TicketLock:
    def __init__(self):
        self.lock = threading.Lock()

    def acquire(self):
        self.lock.acquire()

    def release(self):
        self.lock.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: a plain Lock by another name
# status: refused
# says: the answer is
TicketLock = threading.Lock


# ==== wrong: barging
# points: 3
# says: overtaking: T2 asked before T1, and T1 is served first
class TicketLock:
    def __init__(self):
        self.free, self.changed = True, threading.Condition()

    def acquire(self):
        with self.changed:
            while not self.free:
                self.changed.wait()
            self.free = False

    def release(self):
        with self.changed:
            self.free = True
            self.changed.notify()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: notify wakes one, perhaps the wrong one
# points: 1
# says: lost wake-up
class TicketLock:
    def __init__(self):
        self.next, self.serving = 0, 0
        self.changed = threading.Condition()

    def acquire(self):
        with self.changed:
            mine = self.next
            self.next += 1
            while self.serving != mine:
                self.changed.wait()

    def release(self):
        with self.changed:
            self.serving += 1
            self.changed.notify()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: if instead of while
# points: 1
# says: lost update: 3 threads each added 1
class TicketLock:
    def __init__(self):
        self.next, self.serving = 0, 0
        self.changed = threading.Condition()

    def acquire(self):
        with self.changed:
            mine = self.next
            self.next += 1
            if self.serving != mine:
                self.changed.wait()

    def release(self):
        with self.changed:
            self.serving += 1
            self.changed.notify_all()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: last come, first served
# points: 3
# says: overtaking: T2 asked before T3, and T3 is served first
class TicketLock:
    def __init__(self):
        self.guard, self.held, self.queue = threading.Lock(), False, []

    def acquire(self):
        with self.guard:
            if not self.held:
                self.held = True
                return
            mine = threading.Lock()
            mine.acquire()
            self.queue.append(mine)
        mine.acquire()

    def release(self):
        with self.guard:
            if self.queue:
                self.queue.pop().release()
            else:
                self.held = False

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: draws the ticket without a lock
# points: 1
# says: lost wake-up
class TicketLock:
    def __init__(self):
        self.next, self.serving = 0, 0
        self.changed = threading.Condition()

    def acquire(self):
        mine = self.next
        self.next += 1
        with self.changed:
            while self.serving != mine:
                self.changed.wait()

    def release(self):
        with self.changed:
            self.serving += 1
            self.changed.notify_all()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: looks before it takes the Condition's lock
# points: 1
# says: lost wake-up
class TicketLock:
    def __init__(self):
        self.next, self.serving = 0, 0
        self.guard, self.changed = threading.Lock(), threading.Condition()

    def acquire(self):
        with self.guard:
            mine = self.next
            self.next += 1
        while self.serving != mine:
            with self.changed:
                self.changed.wait()

    def release(self):
        with self.changed:
            self.serving += 1
            self.changed.notify_all()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: spins
# points: 2
# says: looks again and again
class TicketLock:
    def __init__(self):
        self.guard, self.next, self.serving = threading.Lock(), 0, 0

    def acquire(self):
        with self.guard:
            mine = self.next
            self.next += 1
        while self.serving != mine:
            time.sleep(0.0001)

    def release(self):
        self.serving += 1

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: spins without a pause
# points: 2
# says: looks again and again
class TicketLock:
    def __init__(self):
        self.guard, self.next, self.serving = threading.Lock(), 0, 0

    def acquire(self):
        with self.guard:
            mine = self.next
            self.next += 1
        while self.serving != mine:
            pass

    def release(self):
        self.serving += 1

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: does nothing
# points: 1
# says: lost update
class TicketLock:
    def acquire(self):
        pass

    def release(self):
        pass

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: swallows what goes wrong inside
# points: 0
# says: an exception inside of the with does not come out of it
class TicketLock:
    def __init__(self):
        self.changed = threading.Condition()
        self.next = self.serving = 0

    def acquire(self):
        with self.changed:
            mine, self.next = self.next, self.next + 1
            self.changed.wait_for(lambda: self.serving == mine)

    def release(self):
        with self.changed:
            self.serving += 1
            self.changed.notify_all()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()
        return True


# ==== wrong: does not call the next one
# points: 0
# says: lost wake-up
class TicketLock:
    def __init__(self):
        self.changed = threading.Condition()
        self.next = self.serving = 0

    def acquire(self):
        with self.changed:
            mine, self.next = self.next, self.next + 1
            self.changed.wait_for(lambda: self.serving == mine)

    def release(self):
        with self.changed:
            self.changed.notify_all()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


# ==== wrong: not written yet
# status: missing
# says: not written yet
class TicketLock:
    def __init__(self):
        raise NotImplementedError()
