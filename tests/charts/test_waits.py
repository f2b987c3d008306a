"""What `waits` draws: a curve for each trace, its median and 99th percentile marked."""

import pytest

from helpers.charts import alt_text, waits
from tests.charts.traces import hold, lost_update, trace_of


def waiting(times, name="lock", unit="ms"):
    rows = [hold("T1", name, 0.0, float(wait), wait + 1.0) for wait in times]
    return trace_of(rows, ["T1"], max(times) + 2.0, unit=unit)


def lines(ax, gid):
    return [line for line in ax.lines if line.get_gid() == gid]


def test_the_curve_rises_to_a_hundred_percent_at_the_longest_wait():
    ax = waits(waiting(range(1, 11)))
    (curve,) = lines(ax, "waits")
    assert list(curve.get_xdata())[-1] == 10.0
    assert list(curve.get_ydata())[-1] == 100.0
    assert list(curve.get_ydata())[:2] == [0.0, 10.0]
    assert ax.get_xlim()[1] > 10.0


def test_median_and_99th_percentile_are_marked_and_labelled_with_their_unit():
    ax = waits(waiting(range(1, 101)))
    for percent, value in ((50, 50.0), (99, 99.0)):
        (mark,) = lines(ax, f"{percent} %")
        assert (list(mark.get_xdata()), list(mark.get_ydata())) == ([value], [percent])
    assert [text.get_text() for text in ax.texts] == ["50 % waited ≤ 50 ms", "99 % waited ≤ 99 ms"]


def test_steps_are_called_steps():
    ax = waits(waiting([1, 2, 3], unit="step"))
    assert ax.get_xlabel() == "wait (steps)"
    assert ax.texts[0].get_text() == "50 % waited ≤ 2 steps"


def test_several_traces_have_a_curve_and_a_line_of_the_legend_each():
    ax = waits({"one lock": waiting([4, 5, 6]), "two locks": waiting([1, 2, 3])})
    assert len(lines(ax, "one lock")) == len(lines(ax, "two locks")) == 1
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "one lock:  50 % ≤ 5 ms,  99 % ≤ 6 ms",
        "two locks:  50 % ≤ 2 ms,  99 % ≤ 3 ms",
    ]
    styles = {
        (line.get_color(), line.get_linestyle())
        for gid in ("one lock", "two locks")
        for line in lines(ax, gid)
    }
    assert len(styles) == len({colour for colour, _ in styles}) == len({style for _, style in styles}) == 2


def test_waits_far_apart_get_a_logarithmic_axis_that_shows_the_shortest():
    ax = waits(waiting([0.0, 0.01, 0.02, 0.03, 90.0]))
    assert ax.get_xscale() == "log"
    assert ax.get_xlim()[0] <= 0.01
    assert ax.get_xlim()[1] > 90.0
    assert waits(waiting([1, 2, 3])).get_xscale() == "linear"


def test_only_one_lock_counts_if_asked():
    rows = [hold("T1", "a", 0, 1, 2), hold("T1", "b", 2, 9, 10)]
    ax = waits(trace_of(rows, ["T1"], 11.0), name="a")
    assert ax.get_title(loc="left") == "How long requests for a waited"
    assert list(lines(ax, "waits")[0].get_xdata())[-1] == 1.0


def test_alt_text_tells_both_percentiles():
    told = alt_text(waits({"x": waiting(range(1, 101))}))
    assert told == (
        "Distribution of the waits: x: of 100 requests 50 % waited at most 50 ms, 99 % waited at most 99 ms."
    )


def test_no_request_is_said():
    ax = waits(lost_update())
    assert [text.get_text() for text in ax.texts] == ["no request for a lock"]


@pytest.mark.parametrize(
    ("error", "arguments", "message"),
    [
        (TypeError, (3,), r"waits draws a Trace, not 3 \(int\)"),
        (TypeError, ({"a": 3},), r"waits draws a Trace, not 3 \(int\)"),
        (ValueError, ({},), r"at least one Trace; the mapping is empty"),
        (ValueError, ({"a": waiting([1]), "b": waiting([1], unit="step")},), r"one unit, not in ms and step"),
    ],
)
def test_bad_arguments_are_named(error, arguments, message):
    with pytest.raises(error, match=message):
        waits(*arguments)


def test_an_unknown_lock_is_named():
    with pytest.raises(ValueError, match=r"no lock 'c' in this trace; it has 'lock'"):
        waits(waiting([1]), name="c")
