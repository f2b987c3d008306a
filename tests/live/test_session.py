"""What is kept of a run that is watched."""

from types import SimpleNamespace

from helpers.live import Experiment, Scene
from helpers.live.session import LiveRun


def frame(now):
    ended = now - 0.05
    bars, marks = [[0, 0, "exclusive", "lock", ended - 0.1, ended]], [[0, -1, "note", "ate", ended]]
    return {"now": now, "bars": bars, "marks": marks}


def test_bars_and_marks_of_the_last_seconds_are_kept_and_no_others():
    experiment = Experiment("a lock", lambda: Scene(lambda: None), (), window_s=1.0)
    run = LiveRun(experiment, {}, 1.0, lambda frame: None)
    for now in (0.5, 1.0, 1.5, 2.0):
        run._frame(SimpleNamespace(read=lambda now=now: frame(now)))
    frozen = run.frozen()
    assert frozen["now"] == 2.0
    assert [bar[5] for bar in frozen["bars"]] == [1.45, 1.95]
    assert [mark[4] for mark in frozen["marks"]] == [1.45, 1.95]
    assert len(run._recent) == 3
