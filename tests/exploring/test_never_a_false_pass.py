"""explore never says "proved" of what can go wrong, and says why where it does not know."""

import asyncio
import concurrent.futures
import datetime
import itertools
import random
import subprocess
import sys
import threading
import time
import uuid
from os import urandom

import pytest

from helpers import explore
from tests.exploring import sly
from tests.exploring.suite import philosophers, start_and_join

SLY = {program.__name__: program for program in sly.EXPECTED}


@pytest.mark.parametrize("name", SLY)
def test_sly_programs(name):
    program = SLY[name]
    verdict = explore(program)
    assert verdict.kind in sly.EXPECTED[program], verdict.explain()


def one_thread(body):
    def program():
        start_and_join(body)

    return program


def many_numbers():
    for _ in range(312):
        random.random()


def run_a_loop():
    loop = asyncio.new_event_loop()
    try:
        loop.run_forever()
    finally:
        loop.close()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (random.random, "random"),
        (lambda: random.choice([1, 2]), "random"),
        (many_numbers, "random"),
        (lambda: random.Random().random(), "random"),
        (lambda: urandom(1), "random"),
        (uuid.uuid4, "random"),
        (lambda: datetime.datetime.now(), "the clock"),
        (lambda: threading.enumerate(), "enumerate"),
        (run_a_loop, "asyncio"),
        (lambda: subprocess.run([sys.executable, "-c", ""], check=True), "a subprocess"),
        (lambda: concurrent.futures.ThreadPoolExecutor(1).submit(len, "a"), "an executor"),
    ],
)
def test_what_no_schedule_controls(body, what):
    verdict = explore(one_thread(body))
    assert verdict.kind == "unknown"
    assert what in verdict.reason
    assert not verdict.complete


def test_a_seeded_generator_of_its_own_is_fine():
    def program():
        numbers = random.Random(1)
        start_and_join(lambda: numbers.random())

    assert explore(program).kind == "proved"


def test_random_is_left_as_it_was_found():
    before = random.getstate()
    explore(one_thread(lambda: random.choice([1, 2])))
    assert random.getstate() == before


CHANGES = itertools.count()


def test_a_program_that_varies():
    def program():
        if next(CHANGES) % 2:
            start_and_join(time.sleep, time.sleep)

    verdict = explore(program)
    assert verdict.kind == "unknown"
    assert "varies from one run to the next" in verdict.reason


def test_a_result_that_varies():
    verdict = explore(lambda: next(CHANGES))
    assert verdict.kind == "unknown"
    assert "what it returns or prints" in verdict.reason


def test_too_few_schedules():
    verdict = explore(philosophers(5, ordered=True), max_schedules=10)
    assert (verdict.kind, verdict.complete) == ("unknown", False)
    assert "10 schedules were not enough (max_schedules)" in verdict.reason


def test_too_few_steps():
    verdict = explore(philosophers(5, ordered=True), max_steps=20)
    assert (verdict.kind, verdict.complete) == ("unknown", False)
    assert "cut after 20 steps (max_steps)" in verdict.reason


def test_a_failure_that_is_found_counts_although_a_limit_runs_out():
    verdict = explore(philosophers(5, ordered=False), max_schedules=20, find="all")
    assert verdict.kind == "deadlock"
    assert "max_schedules" in verdict.reason


def test_a_loop_whose_states_never_come_back_is_not_proved():
    done = False

    def wait():
        rounds = 0
        while not done:
            rounds += 1

    def finish():
        nonlocal done
        done = True

    verdict = explore(lambda: start_and_join(wait, finish), max_schedules=300)
    assert verdict.kind == "unknown"
    assert "max_s" in verdict.reason


def test_a_loop_over_what_cannot_be_compared_is_not_proved():
    lock = threading.Lock()

    def count():
        for _ in itertools.count():
            with lock:
                pass

    verdict = explore(lambda: start_and_join(count, count), max_schedules=50)
    assert verdict.kind == "unknown"
    assert "max_s" in verdict.reason


def test_a_lock_that_cannot_be_replaced():
    locks = {threading.Lock()}
    with pytest.raises(ValueError, match="cannot be replaced"):
        explore(lambda: [lock.acquire() for lock in locks])


_HIDDEN = threading.Lock()


def test_a_lock_that_is_not_found_does_not_hang():
    def enter():
        with getattr(sys.modules[__name__], "_HID" + "DEN"):
            pass

    verdict = explore(lambda: start_and_join(enter, enter))
    assert verdict.kind == "unknown"
    assert "a lock that could not be replaced" in verdict.reason


def test_code_without_points_is_said_to_be_assumed():
    import textwrap

    def program():
        start_and_join(lambda: textwrap.dedent(" a"))

    verdict = explore(program)
    assert verdict.kind == "proved"
    assert any("textwrap" in assumed for assumed in verdict.assumes)
