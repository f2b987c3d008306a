# ==== right: randint, and a loop that ends
def take_both(first, second):
    first.acquire()
    while not second.acquire(blocking=False):
        first.release()
        time.sleep(random.randint(1, 3) / 1000)
        first.acquire()


# ==== right: a second function, and randrange
def tries_both(first, second):
    first.acquire()
    if second.acquire(False):
        return True
    first.release()
    return False


def take_both(first, second):
    while not tries_both(first, second):
        time.sleep(0.001 * random.randrange(4))


# ==== right: chance decides which one is first (Lehmann and Rabin)
def take_both(first, second):
    while True:
        one, other = random.choice(((first, second), (second, first)))
        one.acquire()
        if other.acquire(blocking=False):
            return
        one.release()


# ==== right: ten pauses to choose from
def take_both(first, second):
    while True:
        first.acquire()
        if second.acquire(timeout=0):
            break
        first.release()
        time.sleep(random.randint(1, 10) * 0.001)


# ==== wrong: equal pauses
# points: 1
# says: no pause is drawn from a few
def take_both(first, second):
    while True:
        first.acquire()
        if second.acquire(blocking=False):
            return
        first.release()
        time.sleep(0.001)


# ==== wrong: tosses a coin, and does not look at it
# points: 4
# says: livelock
# says: No outcome of chance leads out of this loop.
def take_both(first, second):
    while True:
        first.acquire()
        if second.acquire(blocking=False):
            return
        first.release()
        random.choice((0.001, 0.002))
        time.sleep(0.001)


# ==== wrong: tosses the coin once
# points: 4
# says: livelock
def take_both(first, second):
    pause = random.choice((0.001, 0.002))
    while True:
        first.acquire()
        if second.acquire(blocking=False):
            return
        first.release()
        time.sleep(pause)


# ==== wrong: keeps the first lock while it pauses
# points: 3
# says: T1 must give the first lock back before it pauses
def take_both(first, second):
    first.acquire()
    while not second.acquire(blocking=False):
        time.sleep(random.choice((0.001, 0.002)))


# ==== wrong: gives the first one back after the pause
# points: 4
# says: livelock
def take_both(first, second):
    while True:
        first.acquire()
        if second.acquire(blocking=False):
            return
        time.sleep(random.choice((0.001, 0.002)))
        first.release()


# ==== wrong: waits for the second one
# points: 3
# says: deadlock
# says: T1 must give the first lock back before it pauses
def take_both(first, second):
    time.sleep(random.choice((0.001, 0.002)))
    first.acquire()
    second.acquire()


# ==== wrong: gives both back before it returns
# points: 0
# says: take_both returns, and the first lock is not held
def take_both(first, second):
    while True:
        with first:
            if second.acquire(blocking=False):
                second.release()
                return
        time.sleep(random.choice((0.001, 0.002)))


# ==== wrong: does not look whether it got the second one
# points: 0
# says: the second lock is not held
def take_both(first, second):
    first.acquire()
    second.acquire(blocking=False)
    first.release()
    time.sleep(random.choice((0.001, 0.002)))
    first.acquire()
    second.release()


# ==== wrong: tries only once
# points: 2
# says: release unlocked lock
def take_both(first, second):
    first.acquire()
    if not second.acquire(blocking=False):
        first.release()
        time.sleep(random.choice((0.001, 0.002)))


# ==== wrong: waits with a random timeout, and begins again at once
# points: 4
# says: livelock
def take_both(first, second):
    while True:
        first.acquire()
        if second.acquire(timeout=random.choice((0.001, 0.002))):
            return
        first.release()


# ==== wrong: a pause of any length
# points: 1
# says: use random.choice, randint or randrange
def take_both(first, second):
    while True:
        first.acquire()
        if second.acquire(blocking=False):
            return
        first.release()
        time.sleep(random.uniform(0.001, 0.002))


# ==== wrong: pauses that grow
# points: 3
# says: not decided
def take_both(first, second):
    longest = 1
    while True:
        first.acquire()
        if second.acquire(blocking=False):
            return
        first.release()
        time.sleep(random.choice((1, 2)) * longest / 1000)
        longest *= 2


# ==== wrong: not written yet
# status: missing
# says: not written yet
def take_both(first, second):
    raise NotImplementedError()
