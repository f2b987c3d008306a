"""explore says of each program of the suite what it must, and shows a schedule that can be replayed."""

import pytest

from helpers import explore, replay
from tests.exploring.suite import EXPECTED

BY_NAME = {program.__name__: program for program in EXPECTED}


@pytest.mark.parametrize("name", BY_NAME)
def test_kind(name):
    program = BY_NAME[name]
    verdict = explore(program)
    assert verdict.kind == EXPECTED[program], verdict.explain()
    assert verdict.is_bad == (verdict.trace is not None)
    if verdict.is_bad and verdict.kind != "infinite loop":
        assert replay(program, verdict.schedule) == verdict.trace


def test_there_are_enough_programs():
    assert len(BY_NAME) == len(EXPECTED) >= 40
