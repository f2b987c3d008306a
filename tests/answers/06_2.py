# ==== right: a turnstile in which the writer stops
class Gate:
    def __init__(self):
        self.turnstile, self.changed = threading.Lock(), threading.Condition()
        self.readers, self.writing = 0, False

    def enter_read(self):
        with self.turnstile, self.changed:
            self.changed.wait_for(lambda: not self.writing)
            self.readers += 1

    def leave_read(self):
        with self.changed:
            self.readers -= 1
            if self.readers == 0:
                self.changed.notify_all()

    def enter_write(self):
        with self.turnstile, self.changed:
            self.changed.wait_for(lambda: not self.writing and not self.readers)
            self.writing = True

    def leave_write(self):
        with self.changed:
            self.writing = False
            self.changed.notify_all()


# ==== right: three locks, the writer keeps the turnstile
class Gate:
    def __init__(self):
        self.turnstile, self.room, self.counting = threading.Lock(), threading.Lock(), threading.Lock()
        self.readers = 0

    def enter_read(self):
        with self.turnstile:
            with self.counting:
                self.readers += 1
                if self.readers == 1:
                    self.room.acquire()

    def leave_read(self):
        with self.counting:
            self.readers -= 1
            if self.readers == 0:
                self.room.release()

    def enter_write(self):
        self.turnstile.acquire()
        self.room.acquire()

    def leave_write(self):
        self.room.release()
        self.turnstile.release()


# ==== right: a Condition for each side
class Gate:
    def __init__(self):
        lock = threading.Lock()
        self.may_read, self.may_write = threading.Condition(lock), threading.Condition(lock)
        self.inside, self.writers_waiting = 0, 0

    def enter_read(self):
        with self.may_read:
            while self.inside < 0 or self.writers_waiting > 0:
                self.may_read.wait()
            self.inside += 1

    def leave_read(self):
        with self.may_read:
            self.inside -= 1
            if self.inside == 0:
                self.may_write.notify()

    def enter_write(self):
        with self.may_write:
            self.writers_waiting += 1
            while self.inside != 0:
                self.may_write.wait()
            self.writers_waiting -= 1
            self.inside = -1

    def leave_write(self):
        with self.may_write:
            self.inside = 0
            self.may_write.notify()
            self.may_read.notify_all()


# ==== right: everybody in the order in which they came
class Gate:
    def __init__(self):
        self.changed = threading.Condition()
        self.readers, self.next, self.serving = 0, 0, 0

    def enter_read(self):
        with self.changed:
            mine = self.next
            self.next += 1
            while self.serving != mine:
                self.changed.wait()
            self.readers += 1
            self.serving += 1
            self.changed.notify_all()

    def leave_read(self):
        with self.changed:
            self.readers -= 1
            self.changed.notify_all()

    def enter_write(self):
        with self.changed:
            mine = self.next
            self.next += 1
            while self.serving != mine or self.readers:
                self.changed.wait()

    def leave_write(self):
        with self.changed:
            self.serving += 1
            self.changed.notify_all()


# ==== right: made of the library's lock
class Gate:
    def __init__(self):
        self.lock = RWLockFair()
        self.reading = []

    def enter_read(self):
        handle = self.lock.gen_rlock()
        handle.acquire()
        self.reading.append(handle)

    def leave_read(self):
        self.reading.pop().release()

    def enter_write(self):
        handle = self.lock.gen_wlock()
        handle.acquire()
        self.writing = handle

    def leave_write(self):
        self.writing.release()


# ==== wrong: the gate that was given
# points: 2
# says: starvation: these
# says: W1 never gets on. Somebody always reads, and so the writer never gets in
# says: R3 came when W1 waited already, and got in ahead of it
class Gate:
    def __init__(self):
        self.readers, self.writing = 0, False
        self.changed = threading.Condition()

    def enter_read(self):
        with self.changed:
            while self.writing:
                self.changed.wait()
            self.readers += 1

    def leave_read(self):
        with self.changed:
            self.readers -= 1
            self.changed.notify_all()

    def enter_write(self):
        with self.changed:
            while self.writing or self.readers:
                self.changed.wait()
            self.writing = True

    def leave_write(self):
        with self.changed:
            self.writing = False
            self.changed.notify_all()


# ==== wrong: does nothing
# points: 1
# says: writes while another writer is inside
class Gate:
    def enter_read(self):
        pass

    def leave_read(self):
        pass

    def enter_write(self):
        pass

    def leave_write(self):
        pass


# ==== wrong: a lock for everybody
# points: 0
# says: Two readers must be able to be inside at the same time
class Gate:
    def __init__(self):
        self.lock = threading.Lock()

    def enter_read(self):
        self.lock.acquire()

    def leave_read(self):
        self.lock.release()

    def enter_write(self):
        self.lock.acquire()

    def leave_write(self):
        self.lock.release()


# ==== wrong: the writer never stops waiting in the books
# points: 0
# says: lost wake-up
class Gate:
    def __init__(self):
        self.readers, self.writing, self.waiting = 0, False, 0
        self.changed = threading.Condition()

    def enter_read(self):
        with self.changed:
            while self.writing or self.waiting:
                self.changed.wait()
            self.readers += 1

    def leave_read(self):
        with self.changed:
            self.readers -= 1
            self.changed.notify_all()

    def enter_write(self):
        with self.changed:
            self.waiting += 1
            while self.writing or self.readers:
                self.changed.wait()
            self.writing = True

    def leave_write(self):
        with self.changed:
            self.writing = False
            self.changed.notify_all()


# ==== wrong: forgets to wake the writer
# points: 1
# says: lost wake-up
class Gate:
    def __init__(self):
        self.readers, self.writing, self.waiting = 0, False, 0
        self.changed = threading.Condition()

    def enter_read(self):
        with self.changed:
            while self.writing or self.waiting:
                self.changed.wait()
            self.readers += 1

    def leave_read(self):
        with self.changed:
            self.readers -= 1

    def enter_write(self):
        with self.changed:
            self.waiting += 1
            while self.writing or self.readers:
                self.changed.wait()
            self.waiting -= 1
            self.writing = True

    def leave_write(self):
        with self.changed:
            self.writing = False
            self.changed.notify_all()


# ==== wrong: notify wakes the wrong one
# points: 1
# says: lost wake-up
class Gate:
    def __init__(self):
        self.readers, self.writing, self.waiting = 0, False, 0
        self.changed = threading.Condition()

    def enter_read(self):
        with self.changed:
            while self.writing or self.waiting:
                self.changed.wait()
            self.readers += 1

    def leave_read(self):
        with self.changed:
            self.readers -= 1
            self.changed.notify()

    def enter_write(self):
        with self.changed:
            self.waiting += 1
            while self.writing or self.readers:
                self.changed.wait()
            self.waiting -= 1
            self.writing = True

    def leave_write(self):
        with self.changed:
            self.writing = False
            self.changed.notify()


# ==== wrong: if instead of while
# points: 1
# says: writes while another writer is inside
class Gate:
    def __init__(self):
        self.readers, self.writing, self.waiting = 0, False, 0
        self.changed = threading.Condition()

    def enter_read(self):
        with self.changed:
            if self.writing or self.waiting:
                self.changed.wait()
            self.readers += 1

    def leave_read(self):
        with self.changed:
            self.readers -= 1
            self.changed.notify_all()

    def enter_write(self):
        with self.changed:
            self.waiting += 1
            if self.writing or self.readers:
                self.changed.wait()
            self.waiting -= 1
            self.writing = True

    def leave_write(self):
        with self.changed:
            self.writing = False
            self.changed.notify_all()


# ==== wrong: readers and writers do not look at each other
# points: 1
# says: while a reader is inside
class Gate:
    def __init__(self):
        self.readers, self.writing, self.waiting = 0, False, 0
        self.changed = threading.Condition()

    def enter_read(self):
        with self.changed:
            self.readers += 1

    def leave_read(self):
        with self.changed:
            self.readers -= 1
            self.changed.notify_all()

    def enter_write(self):
        with self.changed:
            while self.writing:
                self.changed.wait()
            self.writing = True

    def leave_write(self):
        with self.changed:
            self.writing = False
            self.changed.notify_all()


# ==== wrong: a flag for the waiting writers, which the first one in takes down
# points: 1
# says: lost wake-up
class Gate:
    def __init__(self):
        self.readers, self.writing, self.wanted = 0, False, False
        self.changed = threading.Condition()

    def enter_read(self):
        with self.changed:
            while self.writing or self.wanted:
                self.changed.wait()
            self.readers += 1

    def leave_read(self):
        with self.changed:
            self.readers -= 1
            self.changed.notify_all()

    def enter_write(self):
        with self.changed:
            self.wanted = True
            while self.writing or self.readers:
                self.changed.wait()
            self.writing = True

    def leave_write(self):
        with self.changed:
            self.writing, self.wanted = False, False


# ==== wrong: looks again every millisecond
# points: 2
# says: got in ahead
class Gate:
    def __init__(self):
        self.readers, self.writing = 0, False
        self.changed = threading.Condition()

    def enter_read(self):
        with self.changed:
            while self.writing:
                self.changed.wait()
            self.readers += 1

    def leave_read(self):
        with self.changed:
            self.readers -= 1
            self.changed.notify_all()

    def enter_write(self):
        with self.changed:
            while self.writing or self.readers:
                self.changed.wait(timeout=0.001)
            self.writing = True

    def leave_write(self):
        with self.changed:
            self.writing = False
            self.changed.notify_all()


# ==== wrong: not written yet
# status: missing
# says: not written yet
class Gate:
    def __init__(self):
        raise NotImplementedError()
