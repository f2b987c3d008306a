"""Lesson 00: what reads its results, the scripts it runs, and the table of lessons that it shows."""

import json
import re

import pytest

from helpers.lessons.start_here import (
    as_script,
    cores_used,
    most_holding_at_once,
    spoke_first,
    times_failed,
)
from helpers.lessons.start_here.knobs import box_office, greetings, soup, threads_at_once
from helpers.running import run
from helpers.trace import ThreadRecord, Trace
from tools.check_notebooks import ROOT


def prints_and_fails():
    print("before")
    raise SystemExit(3)


def test_a_script_tells_what_it_printed_and_how_it_ended():
    script = as_script(prints_and_fails)
    assert (script.stdout, script.stderr, script.exit_code) == ("before\n", "", 3)


def test_cores_used_adds_the_processor_time_of_all_threads():
    threads = (ThreadRecord("T1", 0.0, 500.0, cpu_s=0.2), ThreadRecord("T2", 0.0, 500.0, cpu_s=0.3))
    assert cores_used(Trace((), threads, 500.0)) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("stdout", "name"), [("hello from Ann\nhello from Ben\n", "Ann"), ("BenAnn\n\n", "Ben")]
)
def test_who_spoke_first_even_where_lines_run_together(stdout, name):
    assert spoke_first(Trace((), (), 1.0, stdout=stdout)) == name


@pytest.mark.parametrize(("held_back", "first"), [("Ann", "Ben"), ("Ben", "Ann")])
def test_who_is_held_back_speaks_last(held_back, first):
    assert spoke_first(run(greetings(held_back=held_back))) == first


@pytest.mark.parametrize(("patience_s", "table"), [(None, ["soup"]), (0.0, [])])
def test_patience_decides_what_is_on_the_table(patience_s, table):
    assert run(soup(cook_s=0.1, patience_s=patience_s)).result == table


@pytest.mark.parametrize(("clerks", "tickets"), [(1, 3), (2, 6), (4, 6)])
def test_clerks_sell_no_more_than_six_seats_and_three_each(clerks, tickets):
    trace = run(box_office(clerks=clerks, look_s=0.001, greet_s=0.001))
    assert len(trace.result) == tickets
    assert most_holding_at_once(trace) == 1


def test_the_sweep_measures_each_number_of_threads():
    sweep = threads_at_once(threads=(1, 2), repetitions=2)
    assert sweep.x == (1, 2)
    assert set(sweep.series) == {"sleeping", "computing"}
    assert sweep.repetitions() == 2
    assert all(number > 0 for name in sweep.series for number in sweep.medians(name))


def test_failed_runs_are_counted():
    runs = iter(range(6))

    def fails_every_third_time():
        assert next(runs) % 3

    assert times_failed(fails_every_third_time, runs=6) == 2


def test_only_a_failed_assertion_counts_as_a_failed_run():
    def broken():
        raise KeyError("typo")

    with pytest.raises(KeyError, match="typo"):
        times_failed(broken, runs=1)


def test_the_notebook_shows_the_readmes_table_of_lessons():
    cells = json.loads((ROOT / "notebooks" / "00_start_here.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = next("".join(cell["source"]) for cell in cells if cell["id"] == "lessons")
    readme = (ROOT / "README.md").read_text(encoding="utf-8").replace("(notebooks/", "(")
    row = re.compile(r"^\| \[\d\d .*$", re.MULTILINE)
    assert row.findall(shown) == row.findall(readme)
