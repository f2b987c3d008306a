"""explore says of each program of the suite what it must, and shows a schedule that can be replayed."""

import dataclasses

import pytest

from helpers import explore, replay
from tests.exploring import loops  # noqa: F401 - its programs are entered in EXPECTED
from tests.exploring.suite import EXPECTED

BY_NAME = {program.__name__: program for program in EXPECTED}


@pytest.mark.parametrize("name", BY_NAME)
def test_kind(name):
    program = BY_NAME[name]
    verdict = explore(program)
    assert verdict.kind == EXPECTED[program], verdict.explain()
    assert verdict.is_bad == (verdict.trace is not None)
    if verdict.is_bad and verdict.kind != "infinite loop":
        again = dataclasses.replace(verdict.trace, loop=None, victim="")
        assert replay(program, verdict.schedule) == again


def test_there_are_enough_programs():
    assert len(BY_NAME) == len(EXPECTED) >= 40
