# ==== right: the last one takes the other fork first, and waits
def eat(seat, forks, meal):
    left, right = forks[seat], forks[(seat + 1) % len(forks)]
    if seat == len(forks) - 1:
        left, right = right, left
    with left:
        with right:
            meal()


# ==== right: even and odd seats
def eat(seat, forks, meal):
    mine = [forks[seat], forks[(seat + 1) % len(forks)]]
    if seat % 2:
        mine.reverse()
    for fork in mine:
        fork.acquire()
    meal()
    for fork in mine:
        fork.release()


# ==== right: the higher number first, and a finally
def eat(seat, forks, meal):
    numbers = sorted([seat, (seat + 1) % len(forks)], reverse=True)
    with contextlib.ExitStack() as held:
        for number in numbers:
            held.enter_context(forks[number])
        meal()


# ==== wrong: the polite ones
# points: 2
# says: livelock
# says: Nothing keeps them from going on like that for ever
def eat(seat, forks, meal):
    left, right = forks[seat], forks[(seat + 1) % len(forks)]
    while True:
        with left:
            if right.acquire(blocking=False):
                meal()
                right.release()
                return


# ==== wrong: waits with the left fork in hand
# points: 2
# says: deadlock: P0 waits for table.forks[1], held by P1; P1 waits for table.forks[0], held by P0
def eat(seat, forks, meal):
    with forks[seat], forks[(seat + 1) % len(forks)]:
        meal()


# ==== wrong: differing pauses
# points: 2
# says: whatever the pauses
def eat(seat, forks, meal):
    left, right = forks[seat], forks[(seat + 1) % len(forks)]
    while True:
        with left:
            if right.acquire(blocking=False):
                meal()
                right.release()
                return
        time.sleep(0.001 * (seat + 1))


# ==== wrong: waits for the fork that it was refused, next time
# points: 2
# says: livelock
def eat(seat, forks, meal):
    first, second = forks[seat], forks[(seat + 1) % len(forks)]
    while True:
        with first:
            if second.acquire(blocking=False):
                meal()
                second.release()
                return
        first, second = second, first


# ==== wrong: the first one insists, the others give way
# points: 5
# says: starvation
def eat(seat, forks, meal):
    left, right = forks[seat], forks[(seat + 1) % len(forks)]
    while True:
        with left:
            if right.acquire(blocking=seat == 0):
                meal()
                right.release()
                return


# ==== wrong: an order, but with tries
# points: 5
# says: starvation
def eat(seat, forks, meal):
    first, second = sorted((seat, (seat + 1) % len(forks)))
    while True:
        with forks[first]:
            if forks[second].acquire(blocking=False):
                meal()
                forks[second].release()
                return


# ==== wrong: one lock for the whole table
# points: 5
# says: P0 and P2 share no fork, and yet one keeps the other out
table = threading.Lock()


def eat(seat, forks, meal):
    with table, forks[seat], forks[(seat + 1) % len(forks)]:
        meal()


# ==== wrong: sorted by a number that is the same for two
# points: 2
# says: deadlock
def eat(seat, forks, meal):
    first, second = seat, seat + 1
    if first > second:
        first, second = second, first
    with forks[first], forks[second % len(forks)]:
        meal()


# ==== wrong: chance
# points: 1
# says: this cure has to do without chance
def eat(seat, forks, meal):
    left, right = forks[seat], forks[(seat + 1) % len(forks)]
    while True:
        with left:
            if right.acquire(blocking=False):
                meal()
                right.release()
                return
        time.sleep(random.choice((0.001, 0.002)))


# ==== wrong: eats without forks
# points: 0
# says: P0 eats, and nobody holds fork 0
def eat(seat, forks, meal):
    meal()


# ==== wrong: keeps the second fork
# points: 0
# says: P0 has eaten, and fork 1 is still held
def eat(seat, forks, meal):
    first, second = sorted((seat, (seat + 1) % len(forks)))
    with forks[first]:
        forks[second].acquire()
        meal()


# ==== wrong: eats nothing
# points: 0
# says: P0 ate 0 times in one call
def eat(seat, forks, meal):
    pass


# ==== wrong: looks whether both are free, then waits
# points: 2
# says: deadlock
def eat(seat, forks, meal):
    left, right = forks[seat], forks[(seat + 1) % len(forks)]
    while left.locked() or right.locked():
        time.sleep(0.001)
    with left, right:
        meal()


# ==== wrong: not written yet
# status: missing
# says: not written yet
def eat(seat, forks, meal):
    raise NotImplementedError()
