"""Each lesson's experiment runs with each of its choices, and shows what the lesson says."""

from importlib import import_module

import pytest

from helpers import Live
from helpers.live import Choice, Experiment, Scene, Slider

LESSONS = {
    "mutual_exclusion": "COUNTER",
    "reentrancy": "RECURSION",
    "try_lock": "TILL",
    "reader_writer_locks": "READERS_WRITERS",
    "deadlock": "PHILOSOPHERS",
    "starvation": "WRITER_AMONG_READERS",
    "livelock": "POLITE_DINNER",
}


def experiment(lesson):
    return getattr(import_module(f"helpers.lessons.{lesson}.live"), LESSONS[lesson])


CASES = [
    (lesson, option)
    for lesson in LESSONS
    for knob in experiment(lesson).knobs
    if isinstance(knob, Choice)
    for option in knob.options
]


@pytest.mark.parametrize(("lesson", "option"), CASES, ids=lambda value: value)
def test_each_choice_runs(lesson, option):
    live = Live(experiment(lesson))
    choice = next(knob for knob in live.experiment.knobs if isinstance(knob, Choice))
    live.run(seconds=0.4, **{choice.name: option})
    frozen = live.frozen
    assert frozen["ending"] in ("time is up", "deadlock"), frozen["error"]
    # on a busy machine a thread may wait for itself before another one has begun
    assert len(frozen["lanes"]) > 1 or len(frozen["cycle"]) == 1
    assert any(character.isdigit() for character in frozen["tells"])


def test_updates_are_lost_without_a_lock_only():
    live = Live(experiment("mutual_exclusion"))
    lost = {}
    for lock in ("none", "one for all"):
        live.run(seconds=1, lock=lock, hold_ms=20, think_ms=10)
        lost[lock] = live.frozen["tells"].rpartition(": ")[2]
    assert lost["one for all"] == "0 are lost"
    assert lost["none"] != "0 are lost"


def test_a_lock_taken_again_by_its_holder_is_a_deadlock():
    live = Live(experiment("reentrancy"))
    live.run(seconds=5, lock="Lock")
    assert live.frozen["cycle"] == [["T1", "guard", "T1"]]
    live.run(seconds=0.5, lock="RLock", depth=3, level_ms=10)
    assert live.frozen["levels"] == 3


def test_five_philosophers_deadlock_and_a_rule_prevents_it():
    live = Live(experiment("deadlock"))
    live.run(seconds=20, pause_ms=100, eat_ms=100, think_ms=0)
    assert live.frozen["ending"] == "deadlock"
    assert len(live.frozen["cycle"]) == 5
    live.run(seconds=1, fix="in order", pause_ms=100, eat_ms=100, think_ms=0)
    assert live.frozen["ending"] == "time is up"


def test_the_writer_starves_under_one_lock_only():
    live = Live(experiment("starvation"))
    written = {}
    for lock in ("RWLockRead", "RWLockWrite"):
        live.run(seconds=1.5, lock=lock, rest_ms=100)
        written[lock] = live.frozen["sums"][-1][1]
    assert written["RWLockRead"] == 0
    assert written["RWLockWrite"] > 0


@pytest.mark.parametrize(
    ("knobs", "problem"),
    [
        ((Slider("n", "n", 9, 1, 5),), "n must be a number from 1 to 5, not 9"),
        ((Slider("n", "n", 1, 1, 5), Choice("n", "n", ("a",))), "a name of its own"),
    ],
)
def test_knobs_that_cannot_be_are_refused(knobs, problem):
    with pytest.raises(ValueError, match=problem):
        Experiment("broken", Scene, knobs)
