# ==== right: randint, acquire and release
def dine(left, right, meal):
    done = False
    while not done:
        left.acquire()
        if right.acquire(timeout=1):
            meal()
            right.release()
            done = True
        left.release()
        if not done:
            time.sleep(random.randint(1, 4) / 10)


# ==== right: from random import choice, positional arguments
from random import choice


def dine(left, right, meal):
    while True:
        left.acquire()
        try:
            if right.acquire(True, 0.05):
                try:
                    return meal()
                finally:
                    right.release()
        finally:
            left.release()
        time.sleep(choice([0, 0.02, 0.03, 0.1, 0.25]))


# ==== right: a timeout for both forks
def dine(left, right, meal):
    while True:
        if left.acquire(timeout=0.01):
            got = right.acquire(timeout=0.01)
            if got:
                meal()
                right.release()
            left.release()
            if got:
                return
        time.sleep(0.01 * random.randrange(1, 3))


# ==== right: a longer pause after each refusal, drawn each time
def dine(left, right, meal):
    longest = 2
    while True:
        with left:
            if right.acquire(timeout=0.01):
                meal()
                right.release()
                return
        time.sleep(0.01 * random.randint(1, longest))
        longest = min(4, longest + 1)


# ==== right: takes the forks in turns, the other one first the next time
def dine(left, right, meal):
    while True:
        with left:
            if right.acquire(timeout=0.01):
                meal()
                right.release()
                return
        time.sleep(random.choice((0.01, 0.02)))
        left, right = right, left


# ==== wrong: the same pause for all
# points: 3
# says: livelock
# says: let chance decide each time how long you wait
def dine(left, right, meal):
    while True:
        with left:
            if right.acquire(timeout=0.01):
                meal()
                right.release()
                return
        time.sleep(0.02)


# ==== wrong: no pause at all
# points: 3
# says: livelock
def dine(left, right, meal):
    while True:
        with left:
            if right.acquire(timeout=0.01):
                meal()
                right.release()
                return


# ==== wrong: chance is asked once
# points: 3
# says: livelock
def dine(left, right, meal):
    pause = random.choice((0.01, 0.02))
    while True:
        with left:
            if right.acquire(timeout=0.01):
                meal()
                right.release()
                return
        time.sleep(pause)


# ==== wrong: the left fork stays in hand
# points: 3
# says: livelock
# says: Give the first fork back
def dine(left, right, meal):
    with left:
        while not right.acquire(timeout=0.01):
            time.sleep(random.choice((0.01, 0.02)))
        meal()
        right.release()


# ==== wrong: sleeps with the left fork in hand, then begins again
# points: 3
# says: livelock
def dine(left, right, meal):
    while True:
        with left:
            if right.acquire(timeout=0.01):
                meal()
                right.release()
                return
            time.sleep(0.01)


# ==== wrong: no timeout
# points: 1
# says: it never asks for a fork with a timeout
def dine(left, right, meal):
    while True:
        with left:
            if right.acquire():
                meal()
                right.release()
                return
        time.sleep(random.choice((0.01, 0.02)))


# ==== wrong: tries, and has no timeout
# points: 1
# says: it never asks for a fork with a timeout
def dine(left, right, meal):
    while True:
        with left:
            if right.acquire(blocking=False):
                meal()
                right.release()
                return
        time.sleep(random.choice((0.01, 0.02)))


# ==== wrong: the time limit is on the wrong fork
# points: 3
# says: deadlock: P0 waits for
# says: Nobody may wait for a fork without a limit while holding one
def dine(left, right, meal):
    while not left.acquire(timeout=0.01):
        time.sleep(random.choice((0.01, 0.02)))
    with right:
        meal()
    left.release()


# ==== wrong: eats, whether it got the fork or not
# points: 2
# says: failure: RuntimeError: release unlocked lock
def dine(left, right, meal):
    with left:
        right.acquire(timeout=0.01)
        meal()
        right.release()


# ==== wrong: eats without the right fork
# points: 2
# says: eat with the same fork
def dine(left, right, meal):
    with left:
        got = right.acquire(timeout=0.01)
        meal()
        if got:
            right.release()
        else:
            time.sleep(random.choice((0.01, 0.02)))


# ==== wrong: gives up after three refusals
# points: 2
# says: eats 0 times
def dine(left, right, meal):
    for _ in range(3):
        with left:
            if right.acquire(timeout=0.01):
                meal()
                right.release()
                return
        time.sleep(random.choice((0.01, 0.02)))


# ==== wrong: eats on
# points: 0
# says: a philosopher who is alone eats 2 times
def dine(left, right, meal):
    meals = 0
    while meals < 2:
        with left:
            if right.acquire(timeout=0.01):
                meal()
                meals += 1
                right.release()
        time.sleep(random.choice((0.01, 0.02)))


# ==== wrong: keeps the right fork
# points: 0
# says: after the meal a fork is still held
def dine(left, right, meal):
    while True:
        with left:
            if right.acquire(timeout=0.01):
                meal()
                return
        time.sleep(random.choice((0.01, 0.02)))


# ==== wrong: takes no fork
# points: 0
# says: meal is called without both forks
def dine(left, right, meal):
    meal()


# ==== wrong: a pause that can have any length
# points: 1
# says: random.uniform has more outcomes than can be played: draw the pause with random.choice or random.randint
def dine(left, right, meal):
    while True:
        with left:
            if right.acquire(timeout=0.01):
                meal()
                right.release()
                return
        time.sleep(random.uniform(0.01, 0.02))


# ==== wrong: a pause among a thousand
# points: 2
# says: Draw the pause with random.choice or random.randint, among a few values
def dine(left, right, meal):
    while True:
        with left:
            if right.acquire(timeout=0.01):
                meal()
                right.release()
                return
        time.sleep(random.randint(1, 1000) / 1000)


# ==== wrong: not written yet
# status: missing
# says: not written yet
def dine(left, right, meal):
    raise NotImplementedError()
