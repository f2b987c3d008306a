"""Watching is measured in a kernel of its own, in each way."""

import pytest

from helpers.bench import live, watched
from helpers.live import Experiment, Scene


def test_each_bench_is_a_row(monkeypatch):
    rows = live.rows(1, run_s={"cpu_percent": 0.5, "loss_percent": 2.0})
    assert [row.name for row in rows] == [name for name, *_ in live.BENCHES]
    assert all(len(row.values) == 1 for row in rows)
    cpu = {row.name.rpartition(": ")[2]: row.values[0] for row in rows if "kernel" in row.name}
    assert 0 < cpu["nobody watches"] < cpu["matplotlib"]


def test_an_error_in_the_kernel_is_told():
    with live._kernel() as client, pytest.raises(RuntimeError, match="AttributeError"):
        live._measured(client, "no_such_bench", "live", 0.1)


def test_a_run_is_left_alone_and_watched_in_turns():
    counts, shown = [0], []
    experiment = Experiment("bench", lambda: Scene(watched.one_computes(counts)), ())
    alternating = watched._Alternating(experiment, 2.0, shown.append, counts)
    alternating.perform()
    watched_windows, alone = (alternating.speeds[each] for each in (True, False))
    assert abs(len(watched_windows) - len(alone)) <= 1
    assert all(speed > 0 for speed in watched_windows + alone)
    ended = len(watched_windows)
    assert ended * watched.FRAMES <= len(shown) <= (ended + 1) * watched.FRAMES


def test_what_fails_while_it_is_watched_is_told():
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'update'"):
        watched.loss_percent("matplotlib", 1.0)  # there is no notebook to show its pictures
