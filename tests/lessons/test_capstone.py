"""Lesson 08: its cases are what they are said to be, its referee tells good from bad, its measures fit."""

import threading
import time
from dataclasses import replace

import pytest

from helpers import explore, run
from helpers.lessons.capstone import (
    LOADS,
    bad_runs,
    cpu_chart,
    gain,
    gains,
    jobs_chart,
    referee,
    signs_of,
    throughput,
    watch_all,
)
from helpers.lessons.capstone.cases import CASES, WORKERS
from helpers.lessons.capstone.explored import (
    MATCHES,
    a_busy_day,
    change_the_rate,
    fill_and_wait,
    get_and_put,
    put_and_report,
    two_hits,
    two_raises_and_a_get,
    two_swaps,
)
from helpers.lessons.capstone.knobs import Load, load
from helpers.lessons.capstone.measures import diagnose, suspects
from helpers.lessons.capstone.pricing import GUARDS, PriceTable
from helpers.lessons.capstone.programs import BrokenCache, HitsFirst, MendedCache, start_and_join

METHODS = {
    two_hits: "get",
    put_and_report: "report",
    fill_and_wait: "wait_until_filled",
    change_the_rate: "__init__",
    two_swaps: "swap",
}


@pytest.mark.parametrize(
    ("jobs", "busy", "suspected"),
    [
        ([1, 9], 0.0, "slow"),
        ([0, 9], 0.9, "starvation"),
        ([0, 0], 0.9, "livelock"),
        ([0, 0], 0.01, "deadlock"),
    ],
)
def test_progress_comes_before_processor_time(jobs, busy, suspected):
    assert diagnose(jobs, busy) == suspected


@pytest.mark.parametrize("number", CASES)
def test_in_each_case_all_get_jobs_done_at_first(number):
    signs = signs_of(run(CASES[number]))
    assert sorted(signs) == sorted(WORKERS)
    assert all(each.jobs_before for each in signs.values())


def test_each_case_is_suspected_of_what_its_docstring_says():
    suspected = suspects(watch_all())
    said = {number: case.__doc__.split(":")[0].lower() for number, case in CASES.items()}
    assert suspected == said


def test_the_charts_have_a_bar_for_each_worker_of_each_trace():
    traces = watch_all(0.1)
    for chart in (jobs_chart(traces), cpu_chart(traces)):
        assert chart.x == ("trace 1", "trace 2", "trace 3", "trace 4")
        assert list(chart.series) == list(WORKERS)
    signs = signs_of(traces["1"])["A"]
    assert jobs_chart(traces).medians("A")[0] == signs.jobs_after
    assert cpu_chart(traces).medians("A")[0] == signs.cpu_ms


def test_in_the_starvation_only_the_writer_gets_nothing():
    signs = signs_of(run(CASES["3"]))
    assert {name for name, each in signs.items() if not each.jobs_after} == {"E"}


def test_watching_leaves_no_thread_behind():
    before = threading.active_count()
    watch_all(0.05)
    assert threading.active_count() == before


def test_the_referee_tells_good_from_bad(capsys):
    verdicts = referee(BrokenCache, MATCHES)
    kinds = ["failure", "deadlock", "lost wake-up", "starvation", "livelock"]
    assert [verdict.kind for verdict in verdicts.values()] == kinds
    assert capsys.readouterr().out.endswith("BrokenCache: 0 of 5 proved\n")
    assert all(verdict.kind == "proved" for verdict in referee(MendedCache, MATCHES).values())
    assert capsys.readouterr().out.endswith("MendedCache: 5 of 5 proved\n")


@pytest.mark.parametrize("match", MATCHES, ids=lambda match: match.__name__)
def test_each_mended_method_is_needed(match):
    """With one method as it was, the match that is about it is lost."""
    broken = {METHODS[match]: getattr(BrokenCache, METHODS[match])}
    assert explore(match(type("AlmostMended", (MendedCache,), broken))).is_bad


def test_the_order_of_the_locks_matters_to_get_too():
    assert explore(two_hits(HitsFirst)).kind == "proved"
    assert explore(get_and_put(HitsFirst)).kind == "deadlock"
    assert explore(get_and_put(MendedCache)).kind == "proved"


def test_the_busy_day_passes_only_while_the_threads_keep_apart():
    def busier(make_cache):
        cache = make_cache()

        def office():
            cache.swap("rye", "tea")
            cache.report("tea")

        start_and_join(lambda: cache.put("tea", 7), office)

    assert explore(a_busy_day(BrokenCache)).kind == "proved"
    assert explore(lambda: busier(BrokenCache)).kind == "deadlock"


def test_the_mended_cache_swaps_a_price_with_itself():
    def program():
        cache = MendedCache()
        cache.swap("tea", "tea")
        return cache.prices

    trace = run(program)
    assert trace.finished
    assert trace.result == {"tea": 3, "rye": 2}


def test_filling_puts_the_prices_in():
    cache = MendedCache()
    cache.fill(tea=5, rye=4)
    assert (cache.prices, cache.is_filled) == ({"tea": 5, "rye": 4}, True)


def test_runs_that_go_wrong_are_counted():
    def fails():
        raise AssertionError

    def gets_stuck():
        lock = threading.Lock()
        lock.acquire()
        lock.acquire()

    assert [bad_runs(program, runs=2) for program in (fails, gets_stuck, lambda: None)] == [2, 2, 0]


class NoLock:
    """A guard that guards nothing."""

    def reading(self, key):
        return threading.Lock()

    writing = reading


def test_a_table_without_a_lock_loses_an_update():
    assert explore(two_raises_and_a_get(NoLock)).kind == "failure"


@pytest.mark.parametrize("name", GUARDS)
def test_a_table_loses_nothing_on_real_threads(name):
    table = PriceTable(GUARDS[name](), lambda: time.sleep(0.001))
    start_and_join(*[lambda: [table.raise_price(1) for _ in range(5)]] * 4)
    assert table.get(1) == 20


def test_stripes_part_the_keys():
    stripes = GUARDS["striped"]()
    assert stripes.reading(1) is stripes.writing(9)
    assert stripes.reading(1) is not stripes.reading(2)


def test_a_load_counts_its_operations():
    assert run(load(GUARDS["one lock"], Load(run_s=0.05)), trace=False).result >= 8


def test_throughput_is_told_for_each_lock_and_load():
    loads = {name: replace(each, run_s=0.02) for name, each in LOADS.items()}
    result = throughput(loads=loads, repetitions=1)
    assert result.x == tuple(LOADS)
    assert set(result.series) == set(GUARDS)
    told = gains(result)
    assert set(told.series) == set(GUARDS) - {"one lock"}
    assert told.medians("striped")[1] == gain(result, "striped", 1)
