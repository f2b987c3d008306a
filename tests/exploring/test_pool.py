"""On which CPU a program is played: on that of the caller, so that two explorations do not meet on one."""

import os

import pytest

from helpers.exploring import pool
from helpers.exploring.looking import look

pytestmark = pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="nothing can be pinned here")


def cpus_of_a_program():
    return look(lambda: os.sched_getaffinity(0), goes_on=True).trace.result


def test_the_callers_cpu_is_one_of_those_that_may_be_used():
    assert pool.cpu_here() in os.sched_getaffinity(0)


def test_a_program_is_played_on_that_cpu(monkeypatch):
    for cpu in os.sched_getaffinity(0):
        monkeypatch.setattr(pool, "cpu_here", lambda cpu=cpu: cpu)
        assert cpus_of_a_program() == {cpu}


def test_where_nobody_says_which_it_is_nothing_is_pinned(monkeypatch):
    monkeypatch.setattr(pool, "cpu_here", lambda: None)
    assert cpus_of_a_program() == os.sched_getaffinity(0)
