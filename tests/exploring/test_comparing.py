"""The fuzzers' loop: it stops in time, leaves out what is too large, and reports what differs."""

import sys

import pytest

from tests.exploring import fuzzing, fuzzing_loops
from tests.exploring.comparing import TooLarge, compare, main


def source_of(seed):
    return f"program {seed}"


def odd_ones_differ(seed):
    return "odd" if seed % 2 else ""


def test_it_compares_as_many_as_are_wanted_and_tells_which_differ(capsys):
    compared, differences = compare(source_of, odd_ones_differ, range(100), want=5, deadline_s=60)
    assert compared == 5
    assert differences == ["seed 1: odd\nprogram 1", "seed 3: odd\nprogram 3"]
    assert capsys.readouterr().out == "seed 1: odd\nprogram 1\nseed 3: odd\nprogram 3\n"


def test_what_is_too_large_does_not_count():
    def difference(seed):
        if seed < 10:
            raise TooLarge
        return ""

    assert compare(source_of, difference, range(12), want=5, deadline_s=60) == (2, [])


def test_an_assertion_in_the_machinery_is_a_difference():
    def difference(seed):
        assert seed != 1, "out of order"
        return ""

    compared, differences = compare(source_of, difference, range(3), want=3, deadline_s=60)
    assert compared == 3
    assert len(differences) == 1
    assert differences[0].startswith("seed 1: AssertionError: out of order")
    assert differences[0].endswith("\nprogram 1")


def test_when_the_time_is_up_nothing_is_begun():
    assert compare(source_of, odd_ones_differ, range(100), want=5, deadline_s=-1) == (0, [])


@pytest.mark.parametrize(
    ("result", "failed"), [((3, []), False), ((3, ["seed 1: odd"]), True), ((2, []), True)]
)
def test_the_command_fails_where_one_differs_or_too_few_were_compared(monkeypatch, result, failed):
    asked = []
    monkeypatch.setattr(sys, "argv", ["fuzz", "--programs", "3", "--from-seed", "7", "--deadline", "9"])

    def fuzz(*arguments):
        asked.append(arguments)
        return result

    with pytest.raises(SystemExit) as exit:
        main(fuzz, "", programs=5)
    assert bool(exit.value.code) is failed
    assert asked == [(range(7, 1_000_007), 3, 9.0)]


@pytest.mark.parametrize("fuzzer", [fuzzing, fuzzing_loops])
def test_each_fuzzer_compares_programs_of_its_own(fuzzer):
    assert fuzzer.fuzz.func is compare
    assert fuzzer.fuzz.args == (fuzzer.source_of, fuzzer.difference)
