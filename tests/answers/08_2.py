# ==== right: the total first, everywhere
class MendedStock(Stock):
    def add(self, name):
        with self.total_lock, self.box_locks[name]:
            self.boxes[name] += 1
            self.total += 1

    def take(self, name):
        with self.total_lock, self.box_locks[name]:
            if self.boxes[name] > 0:
                self.boxes[name] -= 1
                self.total -= 1
                return True
        return False

    def count(self, name):
        with self.total_lock:
            with self.box_locks[name]:
                return self.boxes[name], self.total


# ==== right: the total's lock only where a box is taken
class MendedStock(Stock):
    def take(self, name):
        with self.box_locks[name]:
            if self.boxes[name] == 0:
                return False
            with self.total_lock:
                self.boxes[name] -= 1
                self.total -= 1
            return True

    def count(self, name):
        self.box_locks[name].acquire()
        self.total_lock.acquire()
        try:
            return self.boxes[name], self.total
        finally:
            self.total_lock.release()
            self.box_locks[name].release()


# ==== right: one lock for everything
class MendedStock(Stock):
    def add(self, name):
        with self.total_lock:
            self.boxes[name] += 1
            self.total += 1

    def take(self, name):
        with self.total_lock:
            if self.boxes[name] == 0:
                return False
            self.boxes[name] -= 1
            self.total -= 1
            return True

    def count(self, name):
        with self.total_lock:
            return self.boxes[name], self.total


# ==== wrong: the stock as it was
# points: 1
# says: lost update: 0 boxes are left, and the total is 1
# says: Which lock does everybody hold who changes that number?
# says: deadlock: T1 waits for stock.total_lock, held by T2; T2 waits for stock.box_locks['tea'], held by T1
class MendedStock(Stock):
    def size(self):
        return self.total


# ==== wrong: only the lost update is mended
# points: 3
# says: deadlock: T1 waits for stock.total_lock, held by T2
class MendedStock(Stock):
    def take(self, name):
        with self.box_locks[name], self.total_lock:
            if self.boxes[name] == 0:
                return False
            self.boxes[name] -= 1
            self.total -= 1
            return True


# ==== wrong: only the deadlock is mended
# points: 4
# says: lost update: 0 boxes are left, and the total is 1
class MendedStock(Stock):
    def count(self, name):
        with self.box_locks[name], self.total_lock:
            return self.boxes[name], self.total


# ==== wrong: take the other way round
# points: 3
# says: deadlock
class MendedStock(Stock):
    def take(self, name):
        with self.total_lock, self.box_locks[name]:
            if self.boxes[name] == 0:
                return False
            self.boxes[name] -= 1
            self.total -= 1
            return True

    def count(self, name):
        with self.box_locks[name], self.total_lock:
            return self.boxes[name], self.total


# ==== wrong: one lock after the other
# points: 3
# says: count saw
class MendedStock(Stock):
    def take(self, name):
        with self.box_locks[name]:
            if self.boxes[name] == 0:
                return False
            self.boxes[name] -= 1
        with self.total_lock:
            self.total -= 1
        return True

    def count(self, name):
        with self.box_locks[name], self.total_lock:
            return self.boxes[name], self.total


# ==== wrong: count without two locks at once
# points: 3
# says: count saw
class MendedStock(Stock):
    def take(self, name):
        with self.box_locks[name], self.total_lock:
            if self.boxes[name] == 0:
                return False
            self.boxes[name] -= 1
            self.total -= 1
            return True

    def count(self, name):
        with self.box_locks[name]:
            boxes = self.boxes[name]
        with self.total_lock:
            return boxes, self.total


# ==== wrong: no locks at all
# points: 1
# says: lost update
class MendedStock(Stock):
    def take(self, name):
        if self.boxes[name] == 0:
            return False
        self.boxes[name] -= 1
        self.total -= 1
        return True

    def count(self, name):
        return self.boxes[name], self.total


# ==== wrong: keeps the locks where nothing is left
# points: 0
# says: deadlock: MainThread waits for stock.box_locks['tea'], held by MainThread
class MendedStock(Stock):
    def take(self, name):
        self.box_locks[name].acquire()
        self.total_lock.acquire()
        if self.boxes[name] == 0:
            return False
        self.boxes[name] -= 1
        self.total -= 1
        self.total_lock.release()
        self.box_locks[name].release()
        return True

    def count(self, name):
        with self.box_locks[name], self.total_lock:
            return self.boxes[name], self.total


# ==== right: gives back and tries again
class MendedStock(Stock):
    def take(self, name):
        with self.box_locks[name], self.total_lock:
            if self.boxes[name] == 0:
                return False
            self.boxes[name] -= 1
            self.total -= 1
            return True

    def count(self, name):
        while True:
            with self.total_lock:
                if self.box_locks[name].acquire(blocking=False):
                    seen = self.boxes[name], self.total
                    self.box_locks[name].release()
                    return seen


# ==== wrong: looks for a box before it locks
# points: 4
# says: lost update: 1 in the stock, 2 taken
class MendedStock(Stock):
    def take(self, name):
        if self.boxes[name] == 0:
            return False
        with self.box_locks[name], self.total_lock:
            self.boxes[name] -= 1
            self.total -= 1
        return True

    def count(self, name):
        with self.box_locks[name], self.total_lock:
            return self.boxes[name], self.total


# ==== wrong: not written yet
# status: missing
# says: not written yet
class MendedStock(Stock):
    def take(self, name):
        raise NotImplementedError()

    def count(self, name):
        raise NotImplementedError()
