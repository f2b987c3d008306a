"""explore against a brute-force search of the graph of states: the same kinds of bad ends and loops."""

import importlib

from helpers.exploring.liveness import fairness
from tests.exploring.fuzzing_loops import fuzz

FUZZ_SECONDS = 30
FEWEST_FUZZED = 20


def test_random_programs_go_round_as_brute_force_says():
    compared, differences = fuzz(range(1_000_000), want=250, deadline_s=FUZZ_SECONDS)
    assert not differences
    assert compared >= FEWEST_FUZZED


def test_the_comparison_sees_loops_that_are_not_fair(monkeypatch):
    """Broken on purpose, explore takes any loop for one that goes on for ever, and the comparison says so."""
    loops = importlib.import_module("helpers.exploring.liveness.loops")  # the package has a function `loops`
    monkeypatch.setattr(loops, "fair_parts", fairness.parts)
    _, differences = fuzz(range(1_000_000), want=40, deadline_s=FUZZ_SECONDS)
    assert differences
