"""The order with the fewest context switches, against all orders that respect happens-before."""

import itertools
import random

import pytest

from helpers.exploring import shortest as module
from helpers.exploring.search.events import Event, happens_before, join
from helpers.exploring.shortest import shortest
from helpers.exploring.steps import Step


def events_of(seed):
    """Return seven events of three tasks, some of which happen before others."""
    chance = random.Random(seed)
    events, newest = [], {}
    for index in range(7):
        task = chance.randrange(3)
        clock = list(events[newest[task]].clock) if task in newest else [-1] * 3
        if events and chance.random() < 0.4:
            join(clock, chance.choice(events).clock)
        clock[task] = index
        newest[task] = index
        events.append(Event(task, Step("write", None), None, clock))
    return events


def is_allowed(order, events):
    return all(
        not happens_before(later, events[later].task, events[earlier].clock)
        for earlier, later in itertools.combinations(order, 2)
    )


def switches(order, events):
    return sum(events[one].task != events[other].task for one, other in itertools.pairwise(order))


@pytest.mark.parametrize("seed", range(12))
def test_no_allowed_order_has_fewer_switches(seed):
    events = events_of(seed)
    order = shortest(events, [True] * len(events))
    assert sorted(order) == list(range(len(events)))
    assert is_allowed(order, events)
    allowed = (each for each in itertools.permutations(range(len(events))) if is_allowed(each, events))
    assert switches(order, events) == min(switches(each, events) for each in allowed)


@pytest.mark.parametrize("most", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("seed", range(12))
def test_past_the_limit_the_order_is_allowed_and_whole(seed, most, monkeypatch):
    monkeypatch.setattr(module, "MAX_STATES", most)
    events = events_of(seed)
    order = shortest(events, [True] * len(events))
    assert sorted(order) == list(range(len(events)))
    assert is_allowed(order, events)
