"""Exercise 05.1: which of Coffman's conditions does each change take away?"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ...learners import chance_of, current_learner
from ...properties import Chosen, Item
from ...question import Question

OPTIONS = ("mutual exclusion", "hold and wait", "no preemption", "circular wait", "none")
LETTERS = "ABCDEF"


@dataclass(frozen=True)
class Change:
    """What somebody does against the deadlock of the philosophers.

    Args:
        name: what it is called; what it takes away stands under this name in the key.
        says: what it is, in a sentence.
        code: what each philosopher does now.
    """

    name: str
    says: str
    code: str


CIRCULAR_WAIT = (
    Change(
        "highest first",
        "The forks are numbered, and everybody takes the one with the higher number first.",
        """
first, second = sorted((seat, (seat + 1) % seats), reverse=True)
with forks[first], forks[second]:
    eat()
""",
    ),
    Change(
        "one seat less",
        "`chairs = threading.Semaphore(seats - 1)` lets all but one sit down.",
        """
with chairs, left, right:
    eat()
""",
    ),
    Change(
        "waiter",
        "`waiter` is one more lock, which a philosopher holds while it takes its forks.",
        """
with waiter:
    left.acquire()
    right.acquire()
eat()
right.release()
left.release()
""",
    ),
)
HOLD_AND_WAIT = (
    Change(
        "both at once",
        "`taken` says of each fork whether somebody has it, and `put_back` is a `threading.Condition`.",
        """
mine = seat, (seat + 1) % seats
with put_back:
    put_back.wait_for(lambda: not any(taken[fork] for fork in mine))
    for fork in mine:
        taken[fork] = True
eat()
with put_back:
    for fork in mine:
        taken[fork] = False
    put_back.notify_all()
""",
    ),
    Change(
        "one after the other",
        "Everybody eats with one fork: half of the meal with the left one, then half with the right one.",
        """
with left:
    eat()
with right:
    eat()
""",
    ),
)
NO_PREEMPTION = (
    Change(
        "time limit",
        "Who does not get the right fork in time gives the left one back, and begins again later.",
        """
while True:
    left.acquire()
    if right.acquire(timeout=0.05):
        break
    left.release()
    time.sleep(random.choice((0.01, 0.02)))
eat()
right.release()
left.release()
""",
    ),
    Change(
        "try",
        "Who is refused the right fork gives the left one back, and begins again later.",
        """
while True:
    left.acquire()
    if right.acquire(blocking=False):
        break
    left.release()
    time.sleep(random.choice((0.01, 0.02)))
eat()
right.release()
left.release()
""",
    ),
)
MUTUAL_EXCLUSION = (
    Change(
        "readers",
        "In place of the forks lie sheets of paper, each with a reader-writer lock, and all only read.",
        """
with sheets[seat].gen_rlock(), sheets[(seat + 1) % seats].gen_rlock():
    eat()
""",
    ),
    Change(
        "own forks",
        "Everybody brings two forks along.",
        """
left, right = threading.Lock(), threading.Lock()
with left, right:
    eat()
""",
    ),
)
NONE = (
    Change(
        "asks again",
        "Nobody waits for the right fork without a limit any more.",
        """
with left:
    while not right.acquire(timeout=0.05):
        print("still waiting")
    eat()
    right.release()
""",
    ),
    Change(
        "releases",
        "The forks are given back in the order in which they were taken.",
        """
left.acquire()
right.acquire()
eat()
left.release()
right.release()
""",
    ),
    Change(
        "reentrant",
        "`forks = [threading.RLock() for _ in range(seats)]`: each fork is a reentrant lock.",
        """
with left, right:
    eat()
""",
    ),
)


def my_changes() -> dict[str, Change]:
    """Return the changes that you are asked about, by letter; they depend on the name told to `learner`."""
    return _drawn(chance_of(current_learner(), "05.1"))


def _drawn(numbers: Random) -> dict[str, Change]:
    changes = numbers.sample(CIRCULAR_WAIT, 2)
    changes += [numbers.choice(group) for group in (HOLD_AND_WAIT, NO_PREEMPTION, MUTUAL_EXCLUSION, NONE)]
    numbers.shuffle(changes)
    return dict(zip(LETTERS, changes, strict=True))


def _asked(numbers: Random) -> list[Item]:
    return [
        Item(
            letter,
            f"{change.says}\n\n```python\n{change.code.strip()}\n```",
            key=change.name,
            options=OPTIONS,
        )
        for letter, change in _drawn(numbers).items()
    ]


CONDITIONS = Question(
    "05.1",
    "Which condition is gone?",
    stars=1,
    minutes=10,
    answer_name="conditions",
    properties=(Chosen("05.1", _asked, count=len(LETTERS)),),
)
