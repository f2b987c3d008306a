# ==== right: read from the tables
locks = {"A": "Lock", "B": "RWLockWrite", "C": "RWLockRead", "D": "RWLockFair"}


# ==== right: computed, in other letters
def lock_of(letter):
    rows = [row for row in my_trace(letter).rows if row.thread != "MainThread"]
    readers = [row.acquired for row in rows if row.mode == "shared"]
    order = [row.acquired for row in rows]
    if order == sorted(order):
        return "lock" if len(set(order)) == len(order) else "rwlockfair"
    last_writer = max(row.acquired for row in rows if row.mode == "exclusive")
    return "rwlockwrite" if min(readers) > last_writer else "rwlockread"


locks = {letter: lock_of(letter) for letter in "ABCD"}


# ==== wrong: Lock and Fair taken for each other
# points: 2
# says: A: under RWLockFair R3 would get in at 140 ms; here it gets in at 180 ms
# says: D: under Lock R3 would get in at 220 ms; here it gets in at 180 ms
locks = {"A": "RWLockFair", "B": "RWLockWrite", "C": "RWLockRead", "D": "Lock"}


# ==== wrong: Read and Write taken for each other
# points: 2
# says: B: under RWLockRead R1 would get in at 60 ms; here it gets in at 140 ms
# says: C: under RWLockWrite R1 would get in at 100 ms; here it gets in at 60 ms
locks = {"A": "Lock", "B": "RWLockRead", "C": "RWLockWrite", "D": "RWLockFair"}


# ==== wrong: the same for all
# points: 1
# says: A: under RWLockFair R3 would
locks = dict.fromkeys("ABCD", "RWLockFair")


# ==== wrong: a class in the place of its name
# status: refused
# says: this question asks for values: numbers, texts in quotes
locks = {"A": RWLockFair, "B": RWLockWrite, "C": RWLockRead, "D": RWLockFair}


# ==== wrong: a lock that is not asked for
# points: 3
# says: B: 'RWLockWriteD' is none of RWLockFair, RWLockRead, RWLockWrite, Lock
locks = {"A": "Lock", "B": "RWLockWriteD", "C": "RWLockRead", "D": "RWLockFair"}


# ==== wrong: one left out
# points: 3
# says: D: not answered yet
locks = {"A": "Lock", "B": "RWLockWrite", "C": "RWLockRead"}


# ==== wrong: a letter too many
# points: 0
# says: there is no item 'E'
locks = {"A": "Lock", "B": "RWLockWrite", "C": "RWLockRead", "D": "RWLockFair", "E": "Lock"}


# ==== wrong: not answered yet
# status: missing
# says: A: not answered yet
locks = {"A": ..., "B": ..., "C": ..., "D": ...}
