"""Virtual time: when a wait runs out, and what a clock shows."""

import threading
import time

import pytest

from helpers import enabled, explore, replay
from helpers.exploring.clock import EPOCH_NS, LOOKS_AT_ONE_INSTANT, NS_PER_S, TICK_S, Clock
from helpers.exploring.steps import Sleep
from tests.exploring.suite import start_and_join


def test_the_clock_moves_to_the_nearest_deadline():
    clock, steps = Clock(), [Sleep(0.5), Sleep(0.2), Sleep(0.5)]
    for step in steps:
        clock.start(step)
    clock.move(steps)
    assert (clock.now, [step.expired for step in steps]) == (NS_PER_S // 5, [False, True, False])
    clock.move(steps)
    assert (clock.now, [step.expired for step in steps]) == (NS_PER_S // 2, [True, True, True])


def test_early_waits_run_out_at_any_moment():
    step = Sleep(1.0)
    Clock(early=True).start(step)
    assert step.expired


def test_who_only_looks_at_the_clock_sees_it_move():
    def program():
        looks = []

        def look():
            for _ in range(3 * LOOKS_AT_ONE_INSTANT):
                looks.append(time.monotonic())

        start_and_join(look)
        assert looks[:LOOKS_AT_ONE_INSTANT] == [EPOCH_NS / NS_PER_S] * LOOKS_AT_ONE_INSTANT
        assert round(looks[-1] - looks[0], 6) == 2 * TICK_S

    assert explore(program).kind == "proved"


def test_looking_at_the_clock_does_not_overtake_a_sleeper():
    woken = []

    def look():
        end = time.monotonic() + 0.1
        while time.monotonic() < end:
            pass
        woken.append("look")

    def sleep():
        time.sleep(0.05)
        woken.append("sleep")

    def program():
        start_and_join(look, sleep)
        assert woken == ["sleep", "look"]

    assert explore(program).kind == "proved"


@pytest.mark.parametrize("seconds", [[1], [2, 1], [1e-9, 0], [3, 0.5, 1e6], [0.1, 0.3, 0.2, 0.4]])
def test_sleepers_wake_in_the_order_of_their_sleeps(seconds):
    woken = []

    def sleep(number):
        time.sleep(seconds[number])
        woken.append(number)

    def program():
        start_and_join(*[lambda n=n: sleep(n) for n in range(len(seconds))])
        assert sorted(seconds) == [seconds[n] for n in woken]

    assert explore(program).kind == "proved"


def test_a_sleep_of_an_hour_takes_no_time():
    began = time.monotonic()
    assert explore(lambda: start_and_join(lambda: time.sleep(3600))).kind == "proved"
    assert time.monotonic() - began < 60


def test_a_sleep_may_be_over_early_only_where_it_is_said():
    ready = []

    def use():
        time.sleep(1)
        assert ready

    def program():
        start_and_join(lambda: ready.append(1), use)

    assert explore(program).kind == "proved"
    early = explore(program, early_timers=True)
    assert early.kind == "failure"
    assert any("at any moment" in assumed for assumed in early.assumes)
    assert replay(program, early.schedule, early_timers=True) == early.trace


def test_what_is_proved_of_time_says_under_which_assumption():
    verdict = explore(lambda: start_and_join(lambda: time.sleep(1)))
    assert verdict.explain().startswith("proved, assuming steps take no time")
    assert "proved</span> assuming steps take no time" in verdict._repr_html_()


def test_a_clock_with_early_timers_is_unknown():
    verdict = explore(lambda: start_and_join(lambda: time.monotonic()), early_timers=True)
    assert (verdict.kind, "the clock, with early_timers" in verdict.reason) == ("unknown", True)


@pytest.mark.parametrize("clock", [time.time, time.monotonic, time.perf_counter, time.time_ns])
def test_every_clock_shows_virtual_time_however_it_is_named(clock):
    per_second = NS_PER_S if clock is time.time_ns else 1

    def measure(read=clock):
        began = read()
        time.sleep(2)
        assert read() - began == 2 * per_second

    assert explore(lambda: start_and_join(measure)).kind == "proved"


def test_the_clocks_are_real_afterwards():
    before = time.time, time.monotonic, time.perf_counter
    explore(lambda: start_and_join(lambda: time.sleep(1)))
    assert (time.time, time.monotonic, time.perf_counter) == before


def test_time_passes_by_itself_when_a_schedule_is_stepped_through():
    def program():
        start_and_join(lambda: time.sleep(1), lambda: time.sleep(2))

    schedule = []
    while (choices := enabled(program, schedule)).ready:
        schedule.append(choices.ready[0])
    assert choices.kind == "ended"


def test_both_ways_out_of_a_timed_wait_at_the_instant_of_its_end():
    condition = threading.Condition()
    woken = []

    def wait():
        with condition:
            woken.append(condition.wait(0.1))

    def notify():
        time.sleep(0.1)
        with condition:
            condition.notify()

    def program():
        start_and_join(wait, notify)
        assert woken == [expected]

    for expected in (True, False):
        assert explore(program).kind == "failure", f"wait can also return {not expected}"
