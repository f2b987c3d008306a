"""The reduced search against all interleavings: the same ends, each class of schedules once."""

import itertools
import threading

import pytest

from helpers import explore
from helpers.exploring.search import source_dpor
from tests.exploring.ends import all_ends, explored_ends
from tests.exploring.fuzzing import difference, fuzz
from tests.exploring.suite import philosophers

FUZZ_SECONDS = 60
FEWEST_FUZZED = 20


def ordered_pairs(count):
    """Return, for each seat of ordered philosophers, the two forks in the order in which they are taken."""
    pairs = [(seat, (seat + 1) % count) for seat in range(count)]
    return [*pairs[:-1], pairs[-1][::-1]]


def classes_of_philosophers(count):
    """Return the classes of ordered philosophers: who of each two neighbours has their fork first.

    Found by trying all orders in which they may eat: each has both forks at once, so a class is fixed by the
    order of the two uses of each fork.
    """
    pairs = ordered_pairs(count)
    users = {fork: [seat for seat in range(count) if fork in pairs[seat]] for fork in range(count)}
    return {
        tuple(min(users[fork], key=order.index) for fork in range(count))
        for order in itertools.permutations(range(count))
    }


def recording_philosophers(count, seen=None, planted=None):
    """Return ordered philosophers that note who uses each fork first; the planted class is a bug."""

    def program():
        forks = [threading.Lock() for _ in range(count)]
        first = [None] * count

        def eat(seat):
            one, other = ordered_pairs(count)[seat]
            with forks[one], forks[other]:
                for fork in (one, other):
                    if first[fork] is None:
                        first[fork] = seat

        threads = tuple([threading.Thread(target=eat, args=(n,), name=f"P{n}") for n in range(count)])
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert tuple(first) != planted
        return tuple(first)

    return program


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_each_class_of_philosophers_is_reached_once(count):
    expected = classes_of_philosophers(count)
    assert len(expected) == 2**count - 2
    ends, schedules = explored_ends(recording_philosophers(count))
    assert {end[3] for end in ends} == {repr(each) for each in expected}
    assert schedules == len(expected)


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_a_bug_in_any_single_class_is_found(count):
    for planted in classes_of_philosophers(count):
        verdict = explore(recording_philosophers(count, planted=planted))
        assert verdict.kind == "failure", planted


@pytest.mark.parametrize("count", [8, 10])
def test_larger_tables(count):
    verdict = explore(philosophers(count, ordered=True))
    assert (verdict.kind, verdict.schedules, verdict.blocked) == ("proved", 2**count - 2, 0)


def test_naive_philosophers_are_stuck_soon():
    verdict = explore(philosophers(5, ordered=False))
    assert verdict.kind == "deadlock"
    assert verdict.schedules <= 16
    assert len(verdict.trace.cycle()) == 5


@pytest.mark.parametrize(
    ("count", "interleavings"), [(3, 142), pytest.param(4, 64_000, marks=pytest.mark.slow)]
)
def test_classes_by_eating_are_those_of_every_interleaving_of_the_locks(count, interleavings):
    ends, schedules = all_ends(recording_philosophers(count), 100_000, accesses=False)
    assert {end[3] for end in ends} == {repr(each) for each in classes_of_philosophers(count)}
    assert schedules == interleavings


def test_random_programs_end_as_in_every_interleaving():
    compared, differences = fuzz(range(1_000_000), want=250, deadline_s=FUZZ_SECONDS)
    assert not differences
    assert compared >= FEWEST_FUZZED


@pytest.mark.parametrize("seed", [99, 948, 1380, 2237])
def test_programs_that_once_differed(seed):
    assert difference(seed) == ""


def test_the_comparison_sees_a_search_that_misses_something(monkeypatch):
    """Broken on purpose, the search misses ends, and the comparison says so."""
    monkeypatch.setattr(source_dpor.SourceDpor, "_on_race", lambda *_: None)
    _, differences = fuzz(range(100), want=40, deadline_s=FUZZ_SECONDS)
    assert differences
