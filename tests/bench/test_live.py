"""Watching is measured in a kernel of its own, in each way."""

import pytest

from helpers.bench import live, watched


def test_each_bench_is_a_row(monkeypatch):
    rows = live.rows(1, run_s=0.3)
    assert [row.name for row in rows] == [name for name, *_ in live.BENCHES]
    assert all(len(row.values) == 1 for row in rows)
    cpu = {row.name.rpartition(": ")[2]: row.values[0] for row in rows if "kernel" in row.name}
    assert 0 < cpu["nobody watches"] < cpu["matplotlib"]


def test_an_error_in_the_kernel_is_told():
    with live._kernel() as client, pytest.raises(RuntimeError, match="AttributeError"):
        live._measured(client, "no_such_bench", "live", 0.1)


def test_the_threads_are_those_that_are_counted():
    counts = [0]
    watched.watching("live", watched.six_threads(counts))(0.3)
    assert counts[0] > 0
