"""Cheats that fit the questions of the other lessons: those for values, and those for progress."""

import pytest

from helpers.grading.sandbox import Job, Sandbox
from tests.grading.needing import needs_bubblewrap

pytestmark = [needs_bubblewrap, pytest.mark.xdist_group("cheats")]

EVERYWHERE = "conditions = dict.fromkeys('ABCDEF', @)"
TRIES_ALL = """
check = check
conditions = {}
for letter in "ABCDEF":
    for option in ("mutual exclusion", "hold and wait", "no preemption", "circular wait", "none"):
        if check("05.1", {letter: option}).points:
            conditions[letter] = option
"""
EXPLORES = """
def f(explore): ...
words = {"failure": "lost update", "proved": "nothing"}
answer = {letter: words.get(explore(each).kind, explore(each).kind) for letter, each in my_programs().items()}
"""
#: A livelock that would be none if it could say itself that it gets on.
GETS_ON = """
def take_both(first, second):
    pause = random.choice([0.001, 0.002])
    while True:
        mark("has both")
        first.acquire()
        if second.acquire(blocking=False):
            return
        first.release()
        time.sleep(pause)
"""
CHEATS = {
    "tries all options": ("05.1", TRIES_ALL, "refused", None),
    "lets explore answer": ("08.1", EXPLORES, "refused", None),
    "says that it gets on": ("07.2", GETS_ON, "refused", None),
    "is another learner": ("05.1", "learner('Bo')\n" + EVERYWHERE.replace("@", "'none'"), "refused", None),
    "reads the key": ("05.1", "from helpers.grading.sealing import key_of\nconditions = {}", "refused", None),
    "a text that could be any": (
        "05.1",
        "class Any(str): ...\n" + EVERYWHERE.replace("@", "Any('none')"),
        "refused",
        None,
    ),
    "a number that cannot be written": ("05.1", EVERYWHERE.replace("@", "10 ** 5000"), "crashed", None),
    "a list in itself": ("05.1", "a = []\na.append(a)\nconditions = {'A': a}", "crashed", None),
    "a text without end": ("04.1", "locks = dict.fromkeys('ABCD', 'Lock' * 10 ** 7)", "graded", 0),
    "changes what is asked": (
        "07.1",
        "answer = {}\nfor name, each in my_services().items():\n    each.clear()\n    answer[name] = 'slow'",
        "graded",
        1,
    ),
    "changes a trace": ("06.1", "trace = my_trace()\ntrace.rows = ()\nanswer = {}", "graded", 0),
    "True for 1": ("02.1", "depths = dict.fromkeys('ABCDE', True)", "graded", 0),
    "a schedule without end": ("01.3", "schedule = [0] * 10 ** 6", "graded", 0),
    "a schedule of time alone": ("01.3", "schedule = [-1] * 100", "graded", 0),
}


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as one:
        yield one


@pytest.mark.parametrize(("question", "source", "status", "points"), CHEATS.values(), ids=CHEATS)
def test_a_cheat_gets_what_it_deserves(sandbox, question, source, status, points):
    outcome = sandbox.grade(Job(question, source, "Ada"))
    assert (outcome.status, outcome.points) == (status, points), outcome.reason


def test_the_livelock_is_one_where_it_says_nothing(sandbox):
    outcome = sandbox.grade(Job("07.2", GETS_ON.replace('        mark("has both")\n', ""), "Ada"))
    assert (outcome.status, outcome.points) == ("graded", 4)
    assert "livelock" in outcome.reason
