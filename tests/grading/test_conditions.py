"""The changes of exercise 05.1 do what the key says of them, as far as playing them can show it."""

import textwrap
import tomllib
from pathlib import Path

import pytest

from helpers import explore
from helpers.grading import learner
from helpers.grading.executing import executed
from helpers.grading.questions.deadlock import conditions, my_changes

GROUPS = {
    "mutual exclusion": conditions.MUTUAL_EXCLUSION,
    "hold and wait": conditions.HOLD_AND_WAIT,
    "no preemption": conditions.NO_PREEMPTION,
    "circular wait": conditions.CIRCULAR_WAIT,
    "none": conditions.NONE,
}
CHANGES = [change for group in GROUPS.values() for change in group]
KEY = tomllib.loads(
    (Path(__file__).parents[2] / "solutions/05_deadlock/key.toml").read_text(encoding="utf-8")
)
SETUP = """
import random, threading, time
from readerwriterlock.rwlock import RWLockFair
"""
DINNER = """
def dinner(seats=2):
    forks = [threading.{fork}() for _ in range(seats)]
    sheets = [RWLockFair() for _ in range(seats)]
    chairs, waiter = threading.Semaphore(seats - 1), threading.Lock()
    taken, put_back = [False] * seats, threading.Condition()

    def eat():
        pass

    def philosopher(seat):
        left, right = forks[seat], forks[(seat + 1) % seats]
{code}
    threads = [threading.Thread(target=philosopher, args=(seat,), name=f"P{{seat}}") for seat in range(seats)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


def verdict_on(change):
    fork = "RLock" if "threading.RLock" in change.says else "Lock"
    source = DINNER.format(fork=fork, code=textwrap.indent(change.code, " " * 8))
    return explore(executed(SETUP, source, "dinner")["dinner"], random_choices=True)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_what_takes_a_condition_away_is_proved_and_what_takes_none_away_is_not(change):
    kinds = {"asks again": "livelock", "releases": "deadlock", "reentrant": "deadlock"}
    assert verdict_on(change).kind == kinds.get(change.name, "proved")


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_the_key_knows_each_option_of_each_change(change):
    told = KEY[f"05.1 {change.name}"]
    assert set(told) == set(conditions.OPTIONS)
    right = {option for option, why in told.items() if not why}
    defensible = {"hold and wait", "no preemption"}
    group = next(name for name, group in GROUPS.items() if change in group)
    assert right == (defensible if group == "no preemption" else {group})


def test_a_learner_is_asked_about_every_condition():
    for name in ("", "Ada", "Bo", "Cem"):
        learner(name)
        asked = my_changes().values()
        assert len({change.name for change in asked}) == 6
        assert all(any(change in group for change in asked) for group in GROUPS.values())
    learner("")
