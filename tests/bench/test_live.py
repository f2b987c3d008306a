"""Watching is measured in a kernel of its own, in each way."""

import pytest

from helpers.bench import live, watched
from helpers.live import Experiment, Scene
from helpers.live.pacing import by_sleeping


def test_each_bench_is_a_row():
    rows = live.rows(1, run_s=dict.fromkeys(live.RUN_S, 2.0) | {"cpu_percent": 0.5})
    assert [row.name for row in rows] == [name for name, *_ in live.BENCHES]
    assert all(len(row.values) == 1 for row in rows)
    cpu = {row.name.rpartition(": ")[2]: row.values[0] for row in rows if "kernel" in row.name}
    assert 0 < cpu["nobody watches"] < cpu["matplotlib"]


def test_an_error_in_the_kernel_is_told():
    with live._kernel() as client, pytest.raises(RuntimeError, match="AttributeError"):
        live._measured(client, "no_such_bench", "live", 0.1)


def test_a_run_is_left_alone_and_watched_in_turns():
    computed, shown = watched.Computed(), []
    experiment = Experiment("bench", lambda: Scene(watched.one_computes(computed)), ())
    alternating = watched._Alternating(experiment, 2.0, shown.append, by_sleeping, computed)
    alternating.perform()
    watched_windows, alone = (alternating.windows[each] for each in (True, False))
    assert abs(len(watched_windows) - len(alone)) <= 1
    assert all(window.speed > 0 and 0 < window.on_processor < 1.5 for window in watched_windows + alone)
    ended = len(watched_windows)
    assert ended * watched.FRAMES <= len(shown) <= (ended + 1) * watched.FRAMES


def test_the_loss_is_the_median_of_what_a_watched_window_lacks():
    experiment = Experiment("bench", lambda: Scene(lambda: None), ())
    alternating = watched._Alternating(experiment, 1.0, None, by_sleeping, watched.Computed())
    alternating.windows = {
        True: [watched._Window(80, 0.9), watched._Window(50, 0.5), watched._Window(90, 0.6)],
        False: [watched._Window(100, 1.0), watched._Window(100, 1.0), watched._Window(100, 1.0)],
    }
    assert alternating.lost_percent("speed") == pytest.approx(20)
    assert alternating.lost_percent("on_processor") == pytest.approx(40)


def test_what_fails_while_it_is_watched_is_told():
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'update'"):
        watched.loss_percent("matplotlib", 1.0)  # there is no notebook to show its pictures
