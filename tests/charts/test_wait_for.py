"""What `wait_for` draws: threads, arrows, and a cycle that stands out."""

import math

import pytest
from matplotlib.patches import Circle, FancyArrowPatch

from helpers.charts import alt_text, wait_for
from tests.charts.traces import contended, deadlocked, hold, self_deadlocked, trace_of


def circles(ax):
    return {
        patch.get_gid().removeprefix("thread "): patch for patch in ax.patches if isinstance(patch, Circle)
    }


def arrows(ax, gid):
    return [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch) and patch.get_gid() == gid]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def path_of(arrow):
    return arrow._path_original  # what get_path gives has the arrow's head in it


def one_waits():
    rows = [hold("T1", "lock", 0.0, 0.0, None), hold("T2", "lock", 1.0, None, None)]
    return trace_of(rows, ["T1", "T2"], 10.0, finished=False)


def test_a_deadlock_is_a_cycle_of_strong_arrows_and_called_so():
    ax = wait_for(deadlocked())
    assert set(circles(ax)) == {"T1", "T2"}
    assert len(arrows(ax, "cycle")) == 2
    assert arrows(ax, "wait") == []
    assert {"T1", "T2", "waits for a", "waits for b", "a cycle of 2: deadlock"} == set(texts(ax))


def test_arrows_run_from_who_waits_to_who_holds():
    ax = wait_for(one_waits())
    (arrow,) = arrows(ax, "wait")
    start, end = path_of(arrow).vertices[0], path_of(arrow).vertices[-1]
    centres = {name: circle.center for name, circle in circles(ax).items()}
    assert math.dist(start, centres["T2"]) < math.dist(start, centres["T1"])
    assert math.dist(end, centres["T1"]) < math.dist(end, centres["T2"])


def test_a_wait_without_cycle_is_weaker_than_one_in_a_cycle():
    (weak,) = arrows(wait_for(one_waits()), "wait")
    strong = arrows(wait_for(deadlocked()), "cycle")[0]
    assert weak.get_linewidth() < strong.get_linewidth()
    assert weak.get_edgecolor() != strong.get_edgecolor()
    assert weak.get_linestyle() != strong.get_linestyle()
    assert "no cycle" in texts(wait_for(one_waits()))


def test_a_thread_that_waits_for_itself_has_a_loop_that_stays_in_the_picture():
    ax = wait_for(self_deadlocked())
    (loop,) = arrows(ax, "cycle")
    first, *_, last = path_of(loop).vertices
    assert first[0] < last[0]
    assert path_of(loop).get_extents().y1 < ax.get_ylim()[1]
    assert path_of(loop).get_extents().y1 > circles(ax)["T1"].center[1] + circles(ax)["T1"].radius
    assert "a cycle of one: the thread waits for itself" in texts(ax)


def test_who_waits_at_a_cycle_from_outside_is_not_part_of_it():
    joined = hold("MainThread", "T1", 0.5, None, None, kind="join", mode="wait")
    trace = trace_of([*deadlocked().rows, joined], ["MainThread", "T1", "T2"], 10.0, finished=False)
    ax = wait_for(trace)
    assert len(arrows(ax, "cycle")) == 2
    assert len(arrows(ax, "wait")) == 1
    faces = {name: circle.get_facecolor() for name, circle in circles(ax).items()}
    assert faces["T1"] == faces["T2"] != faces["MainThread"]
    assert alt_text(ax).startswith("Wait-for graph at the end: MainThread waits for end of T1, T1 waits")


def test_one_whom_all_wait_for_stands_in_the_middle():
    rows = [hold("T0", "lock", 0, 0, None)] + [
        hold(f"T{number}", "lock", 1, None, None) for number in range(1, 7)
    ]
    ax = wait_for(trace_of(rows, [f"T{number}" for number in range(7)], 5.0, finished=False))
    centres = {name: circle.center for name, circle in circles(ax).items()}
    assert centres["T0"] == (0.0, 0.0)
    distances = [math.hypot(*centres[f"T{number}"]) for number in range(1, 7)]
    assert max(distances) == pytest.approx(min(distances))
    assert (
        min(math.dist(centres["T1"], centres[f"T{number}"]) for number in range(2, 7))
        > 2 * circles(ax)["T1"].radius
    )


def test_no_wait_is_said():
    ax = wait_for(contended())
    assert texts(ax) == ["no thread waits for another"]
    assert ax.patches[:] == []


def test_the_graph_of_a_moment_shows_who_waited_then():
    assert set(texts(wait_for(contended(), at=2.0))) >= {"waits for lock", "waits for end of T1"}
    assert "waits for lock" not in texts(wait_for(contended(), at=6.0))


def test_the_title_says_when():
    assert wait_for(contended(), at=2.0).get_title(loc="left") == "Who waits for whom, at 2 ms"
    assert wait_for(contended()).get_title(loc="left") == "Who waits for whom, at the end"


def test_alt_text_tells_the_cycle():
    told = alt_text(wait_for(deadlocked()))
    assert told.startswith("Wait-for graph at the end: T1 waits for b held by T2, T2 waits for a held by T1.")
    assert told.endswith("The cycle T1 → T2 → T1 is a deadlock.")


def test_no_warning_is_logged_when_the_picture_is_drawn(caplog):
    wait_for(deadlocked()).figure.png()
    assert caplog.records == []


@pytest.mark.parametrize("at", [-1.0, 10.5, float("nan")])
def test_a_moment_outside_the_trace_is_named(at):
    with pytest.raises(ValueError, match=f"at={at!r} is outside the trace, which lasts from 0 to 10 ms"):
        wait_for(deadlocked(), at=at)


def test_what_is_no_trace_is_named():
    told = r"wait_for draws a Trace, not None \(NoneType\); a verdict has a trace only where explore found"
    with pytest.raises(TypeError, match=told):
        wait_for(None)
