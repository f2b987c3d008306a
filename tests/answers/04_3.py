# ==== right: RWLockWriteD
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.lock = RWLockWriteD()

    def publish(self, line, announce):
        writing = self.lock.gen_wlock()
        writing.acquire()
        self.sheet.write(line)
        reading = writing.downgrade()
        try:
            announce(self.sheet.read())
        finally:
            reading.release()

    def read(self):
        handle = self.lock.gen_rlock()
        handle.acquire()
        line = self.sheet.read()
        handle.release()
        return line


# ==== right: reads what it wrote before it goes over
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.lock = RWLockFairD()

    def publish(self, line, announce):
        handle = self.lock.gen_wlock()
        handle.acquire()
        try:
            self.sheet.write(line)
            written = self.sheet.read()
            handle = handle.downgrade()
            announce(written)
        finally:
            handle.release()

    def read(self):
        with self.lock.gen_rlock():
            return self.sheet.read()


# ==== right: a reader's handle, and a lock among those who publish
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.lock = RWLockFair()
        self.publishing = threading.Lock()

    def publish(self, line, announce):
        with self.publishing:
            with self.lock.gen_wlock():
                self.sheet.write(line)
            with self.lock.gen_rlock():
                announce(self.sheet.read())

    def read(self):
        with self.lock.gen_rlock():
            return self.sheet.read()


# ==== wrong: no lock at all
# points: 1
# says: it uses no reader-writer lock
class Board:
    def __init__(self, sheet):
        self.sheet = sheet

    def publish(self, line, announce):
        self.sheet.write(line)
        announce(self.sheet.read())

    def read(self):
        return self.sheet.read()


# ==== wrong: a lock that nobody takes
# points: 2
# says: another thread writes while T1 announces
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        self.sheet.write(line)
        announce(self.sheet.read())

    def read(self):
        return self.sheet.read()


# ==== wrong: release, then ask to read
# points: 2
# says: a gap for a writer
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        with self.rw.gen_wlock():
            self.sheet.write(line)
        with self.rw.gen_rlock():
            announce(self.sheet.read())

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: release and ask at once, in one line each
# points: 2
# says: a gap for a writer
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        handle = self.rw.gen_wlock()
        handle.acquire()
        self.sheet.write(line)
        handle.release()
        handle = self.rw.gen_rlock()
        handle.acquire()
        try:
            announce(self.sheet.read())
        finally:
            handle.release()

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: writes until announce has returned
# points: 5
# says: keeps readers out
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        with self.rw.gen_wlock():
            self.sheet.write(line)
            announce(self.sheet.read())

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: reads under the lock, announces with nothing held
# points: 2
# says: it holds the lock no longer
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        with self.rw.gen_wlock():
            self.sheet.write(line)
            written = self.sheet.read()
        announce(written)

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: announces the line that it was given, with nothing held
# points: 2
# says: it holds the lock no longer
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        with self.rw.gen_wlock():
            self.sheet.write(line)
        announce(line)

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: asks to read while it writes
# points: 0
# says: deadlock: MainThread waits for board.rw, held by MainThread
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        with self.rw.gen_wlock():
            self.sheet.write(line)
            with self.rw.gen_rlock():
                announce(self.sheet.read())

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: the downgrade of RWLockReadD has a gap
# points: 1
# says: lets a writer that waits in while it downgrades
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockReadD()

    def publish(self, line, announce):
        handle = self.rw.gen_wlock()
        handle.acquire()
        try:
            self.sheet.write(line)
            handle = handle.downgrade()
            announce(self.sheet.read())
        finally:
            handle.release()

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: releases the writer's handle, which was downgraded
# points: 0
# says: RuntimeError
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        handle = self.rw.gen_wlock()
        with handle:
            self.sheet.write(line)
            handle.downgrade()
            announce(self.sheet.read())

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: the reader's handle is not given back
# points: 0
# says: deadlock: MainThread waits for board.rw, held by MainThread
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        handle = self.rw.gen_wlock()
        handle.acquire()
        self.sheet.write(line)
        handle.downgrade()
        announce(self.sheet.read())

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: after an error the reader's handle is not given back
# points: 0
# says: on every way out
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        handle = self.rw.gen_wlock()
        handle.acquire()
        self.sheet.write(line)
        handle = handle.downgrade()
        announce(self.sheet.read())
        handle.release()

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: keeps the error of announce to itself
# points: 0
# says: does not let its caller know
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        handle = self.rw.gen_wlock()
        handle.acquire()
        self.sheet.write(line)
        handle = handle.downgrade()
        try:
            announce(self.sheet.read())
        except Exception:
            pass
        handle.release()

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: read takes no lock
# points: 4
# says: the sheet
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        handle = self.rw.gen_wlock()
        handle.acquire()
        try:
            self.sheet.write(line)
            handle = handle.downgrade()
            announce(self.sheet.read())
        finally:
            handle.release()

    def read(self):
        return self.sheet.read()


# ==== wrong: read asks to write
# points: 5
# says: keeps readers out
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        handle = self.rw.gen_wlock()
        handle.acquire()
        try:
            self.sheet.write(line)
            handle = handle.downgrade()
            announce(self.sheet.read())
        finally:
            handle.release()

    def read(self):
        with self.rw.gen_wlock():
            return self.sheet.read()


# ==== wrong: writes with a reader's handle
# points: 2
# says: another thread writes while T1 announces
class Board:
    def __init__(self, sheet):
        self.sheet = sheet
        self.rw = RWLockFairD()

    def publish(self, line, announce):
        with self.rw.gen_rlock():
            self.sheet.write(line)
            announce(self.sheet.read())

    def read(self):
        with self.rw.gen_rlock():
            return self.sheet.read()


# ==== wrong: not written yet
# status: missing
# says: not written yet
class Board:
    def __init__(self, sheet):
        raise NotImplementedError()

    def publish(self, line, announce):
        raise NotImplementedError()

    def read(self):
        raise NotImplementedError()
