import sys

import pytest

from helpers import measuring
from helpers.measuring import cost_ns, cost_ratio, costs_ns, gil_is_on


@pytest.fixture
def clock(monkeypatch):
    """A processor clock that only the toy operations move."""

    class Clock:
        now_ns = 0

    monkeypatch.setattr(measuring, "thread_time_ns", lambda: Clock.now_ns)
    return Clock


def operation(clock, *batch_costs_ns):
    """Costs what is listed, a number for each batch, the last one for all that follow; in ns an operation."""
    costs = list(batch_costs_ns)

    def operate(n):
        clock.now_ns += n * (costs.pop(0) if len(costs) > 1 else costs[0])

    return operate


def test_cost_is_the_median_and_the_first_batch_does_not_count(clock):
    assert cost_ns(operation(clock, 900, 10, 30, 20), batches=3, operations=7) == 20


def test_one_slow_batch_does_not_move_the_cost(clock):
    assert cost_ns(operation(clock, 10, 10, 10, 5000, 10)) == 10


def test_ratio_is_the_median_of_the_rounds_ratios(clock):
    above, below = operation(clock, 1, 30, 40, 600), operation(clock, 1, 10, 20, 100)
    assert cost_ratio(above, below, batches=3) == 3


def test_a_machine_that_slows_down_does_not_move_the_ratio(clock):
    slowing = range(10, 110, 10)
    above, below = operation(clock, *(2 * each for each in slowing)), operation(clock, *slowing)
    assert cost_ratio(above, below) == 2


def test_operations_take_turns(clock):
    calls = []

    def named(name):
        def operate(n):
            calls.append((name, n))
            clock.now_ns += n

        return operate

    costs = costs_ns({"a": named("a"), "b": named("b")}, batches=2, operations=5)
    assert costs == {"a": [1, 1], "b": [1, 1]}
    assert calls == [("a", 5), ("b", 5)] * 3


def test_a_real_operation_costs_something():
    assert cost_ns(lambda n: sum(range(n)), batches=3) > 0


@pytest.mark.parametrize("count", [0, -1])
@pytest.mark.parametrize("word", ["batches", "operations"])
def test_a_count_below_one_is_refused(word, count):
    with pytest.raises(ValueError, match=f"{word} must be a whole number of at least 1, not {count}"):
        cost_ns(range, **{word: count})


@pytest.mark.parametrize("count", [2.0, True, "9", None])
def test_what_is_no_count_is_refused(count):
    with pytest.raises(TypeError, match="batches must be a whole number"):
        cost_ratio(range, range, batches=count)


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="not 5"):
        cost_ratio(range, 5)


def test_a_batch_that_the_clock_does_not_see_is_refused(clock):
    with pytest.raises(RuntimeError, match="3 operations are too few"):
        cost_ns(operation(clock, 0), operations=3)


def test_the_gil_is_on_unless_python_says_that_it_is_off(monkeypatch):
    monkeypatch.setattr(sys, "_is_gil_enabled", lambda: False, raising=False)
    assert not gil_is_on()
    monkeypatch.delattr(sys, "_is_gil_enabled")
    assert gil_is_on()
