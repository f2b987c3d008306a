"""Timelines under one another: one scale, a title each, and nothing explained twice."""

import pytest

from helpers.charts import alt_text, timelines
from tests.charts.traces import contended, done, hold, lost_update, trace_of


def alone(duration=20.0):
    """T1 holds a reader-writer lock, shared, and a lock inside it; then it waits for an event."""
    rows = [
        hold("T1", "rw", 0.0, 0.0, 5.0, mode="shared", kind="rw"),
        hold("T1", "inner", 0.0, 0.0, 1.0),
        done("T1", "event", "go", "wait", 6.0, 9.0),
    ]
    return trace_of(rows, ["T1"], duration)


def legends(axes):
    return [
        [] if ax.get_legend() is None else [text.get_text() for text in ax.get_legend().get_texts()]
        for ax in axes
    ]


def test_they_have_one_scale_and_a_title_each():
    last = timelines({"short": contended(), "long": alone()})
    above, below = last.figure.axes
    assert below is last
    assert above.get_xlim() == below.get_xlim()
    assert below.get_xlim()[1] == pytest.approx(20, rel=0.01)
    assert [ax.get_title(loc="left") for ax in (above, below)] == ["short", "long"]
    assert [ax.get_xlabel() for ax in (above, below)] == ["", "time (ms)"]


def test_the_alternative_text_tells_each_under_its_title():
    text = alt_text(timelines({"short": contended(), "long": alone()}))
    assert text.startswith("short. Timeline of 2 threads over 10 ms.")
    assert text.count("long. Timeline of 1 thread over 20 ms.") == 1
    assert text.count("Timeline") == 2


def test_a_legend_explains_what_was_not_explained_above():
    axes = timelines({"one": contended(), "two": contended(), "three": alone()}).figure.axes
    first, second, third = legends(axes)
    assert first == ["waits", "holds"]
    assert second == []
    assert "holds, shared" in third
    assert "waits" not in third


def test_where_nothing_happened_yet_there_is_no_legend():
    late = trace_of([hold("T1", "lock", 8.0, 8.0, 9.0)], ["T1"], 10.0)
    assert legends(timelines({"late": late}, end=5).figure.axes) == [[]]


def test_only_locks_are_shown():
    assert "go" not in alt_text(timelines({"alone": alone()}))
    assert "inner" in alt_text(timelines({"alone": alone()}))
    assert "inner" not in alt_text(timelines({"alone": alone()}, locks=["rw"]))


def test_they_end_where_they_are_told_to_also_after_the_end_of_all():
    for end in (5, 30):
        last = timelines({"short": contended(), "long": alone()}, end=end)
        assert [ax.get_xlim()[1] for ax in last.figure.axes] == pytest.approx([end, end], rel=0.01)


def test_a_trace_in_which_no_time_passed_is_drawn_beside_another():
    above, below = timelines({"none": trace_of([], ["T1"], 0.0), "some": contended()}).figure.axes
    assert above.get_xlim() == below.get_xlim()


def test_each_lane_makes_the_figure_higher():
    many = trace_of([hold(f"T{n}", "lock", n, n, n + 1.0) for n in range(6)], [f"T{n}" for n in range(6)], 10)
    assert (
        timelines({"many": many}).figure.get_figheight() > timelines({"one": alone()}).figure.get_figheight()
    )


@pytest.mark.parametrize(
    ("traces", "options", "message"),
    [
        ({}, {}, "timelines needs at least one trace"),
        ({"a": contended(), "b": lost_update()}, {}, "traces of one unit, not of ms and step"),
        (
            {"a": contended(), "b": alone()},
            {"locks": ["rv"]},
            "no lock 'rv' in these traces; they have 'inner'",
        ),
        ({"a": contended()}, {"end": 0}, "end=0 is not after 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(traces, options, message):
    with pytest.raises(ValueError, match=message):
        timelines(traces, **options)


def test_what_is_no_trace_is_refused():
    with pytest.raises(TypeError, match=r"timelines draws a Trace, not 3 \(int\)"):
        timelines({"a": 3})
