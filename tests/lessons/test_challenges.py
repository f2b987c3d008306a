"""Every challenge of every lesson: its solution reaches the goal, and the first schedule does not."""

from importlib import import_module

import pytest

from helpers.live.stepping import Model
from helpers.live.stepping.challenges import Challenge, Challenges
from helpers.live.stepping.goals import ends_in

LESSONS = (
    "mutual_exclusion",
    "reentrancy",
    "try_lock",
    "reader_writer_locks",
    "deadlock",
    "starvation",
    "livelock",
)
OF_LESSON = {lesson: import_module(f"helpers.lessons.{lesson}.challenges").CHALLENGES for lesson in LESSONS}
ALL = [
    pytest.param(challenge, id=f"{lesson}-{number}")
    for lesson, challenges in OF_LESSON.items()
    for number, challenge in enumerate(challenges, start=1)
]


def test_there_are_enough_and_the_last_ones_are_hard():
    assert len(ALL) >= 16
    for challenges in OF_LESSON.values():
        stars = [challenge.stars for challenge in challenges]
        assert 3 <= len(stars) <= 5
        assert stars == sorted(stars)
        assert stars[0] == 1
        assert stars[-1] >= 2


@pytest.mark.parametrize("challenge", ALL)
def test_the_solution_reaches_the_goal_with_its_last_turn(challenge):
    model = Model(challenge.program, challenge.goal)
    for name in challenge.solution.split():
        assert not model.is_reached, "it is reached earlier"
        model.move(name)
    assert model.is_reached


@pytest.mark.parametrize("challenge", ALL)
def test_the_first_schedule_does_not_reach_the_goal(challenge):
    model = Model(challenge.program, challenge.goal)
    model.finish()
    assert not model.is_reached
    while model.turns:
        model.undo()
        assert not model.is_reached


@pytest.mark.parametrize("number", [0, 2, "1"])
def test_a_challenge_that_is_not_there_is_refused(number):
    with pytest.raises(ValueError, match="numbers 1 to 1"):
        Challenges([Challenge("Make it fail.", print, ends_in("failure"), "")]).step(number)


def test_a_challenge_is_stepped_with_its_goal():
    stepper = OF_LESSON["try_lock"].step(1)
    assert stepper.view["goal"]["text"] == "Make them deadlock."
