"""What `sweep` draws, and which results are no Sweep."""

import dataclasses

import pytest
from matplotlib.collections import FillBetweenPolyCollection

from helpers.charts import alt_text, sweep
from helpers.sweeps import Sweep


def scaling(**other):
    series = {
        "one lock": [[10, 12, 11], [20, 26, 21], [80, 90, 83]],
        "eight locks": [[10, 11, 12], [6, 7, 8], [5, 6, 7]],
    }
    fields = {
        "title": "Scaling",
        "x_label": "threads",
        "x": (1, 2, 8),
        "y_label": "time (ms)",
        "series": series,
    }
    return Sweep(**(fields | other))


def costs():
    return Sweep("Costs", "", ("no lock", "Lock"), "one pass (ns)", {"": [[20, 22, 21], [60, 66, 61]]})


def lines(ax, gid):
    return [line for line in ax.lines if line.get_gid() == gid]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_numbers_give_a_line_of_medians():
    (line,) = lines(sweep(scaling()), "one lock")
    assert (list(line.get_xdata()), list(line.get_ydata())) == ([1, 2, 8], [11, 21, 83])


def test_the_band_spans_least_to_greatest():
    bands = [each for each in sweep(scaling()).collections if isinstance(each, FillBetweenPolyCollection)]
    extents = bands[0].get_paths()[0].get_extents()
    assert len(bands) == 2
    assert (extents.x0, extents.x1, extents.y0, extents.y1) == (1, 8, 10, 90)


def test_lines_that_end_apart_bear_their_names_and_others_have_a_legend():
    ax = sweep(scaling())
    assert {"one lock", "eight locks"} <= set(texts(ax))
    assert ax.get_legend() is None
    close = {"a": [[1], [2], [3]], "b": [[1], [2], [3.1]]}
    ax = sweep(scaling(series=close))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["a", "b"]


def test_names_give_bars_of_medians_with_whiskers_and_a_dot_for_each_repetition():
    ax = sweep(costs())
    assert [bar.get_height() for bar in ax.patches] == [21, 61]
    assert [list(line.get_ydata()) for line in lines(ax, "whisker")] == [[20, 22], [60, 66]]
    (dots,) = lines(ax, "repetitions")
    assert list(dots.get_ydata()) == [20, 22, 21, 60, 66, 61]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["no lock", "Lock"]


def test_few_values_are_written_and_many_are_not():
    assert {"21", "61"} <= set(texts(sweep(costs())))
    assert texts(sweep(scaling(series={"": [[1], [2], [30]]}))) == ["1", "2", "30"]
    many = Sweep("Many", "n", tuple(range(30)), "t (s)", {"": [[n] for n in range(30)]})
    assert texts(sweep(many)) == []


def test_no_line_runs_through_the_value_above_its_point():
    falling = sweep(scaling(series={"": [[90], [10], [9]]}))
    assert [text.get_ha() for text in falling.texts] == ["center", "left", "center"]


def test_title_and_labels_are_those_of_the_sweep():
    ax = sweep(scaling())
    assert (ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel()) == ("Scaling", "threads", "time (ms)")
    assert ax.get_ylim()[0] == 0
    assert ax.get_ylim()[1] > 90


def test_alt_text_tells_the_medians():
    assert alt_text(sweep(scaling())) == (
        "Scaling. Lines of time (ms) by threads, median of 3 repetitions. "
        "one lock: 1 11, 2 21, 8 83; eight locks: 1 11, 2 7, 8 6."
    )


def test_what_is_no_sweep_is_named():
    with pytest.raises(TypeError, match=r"sweep draws a Sweep, not \[1\] \(list\)"):
        sweep([1])


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"x": ()}, "needs settings and series"),
        ({"series": {}}, "needs settings and series"),
        ({"series": {"a": [[1], [2]]}}, r"series 'a' needs one non-empty list for each of x=\(1, 2, 8\)"),
        ({"series": {"a": [[1], [], [2]]}}, "series 'a' needs one non-empty list"),
    ],
)
def test_a_sweep_without_a_value_for_each_setting_is_refused(other, message):
    with pytest.raises(ValueError, match=message):
        scaling(**other)


def test_a_sweep_cannot_be_changed_and_keeps_its_own_copy():
    runs = [[1.0], [2.0], [3.0]]
    result = scaling(series={"a": runs})
    runs[0].append(9.0)
    assert result.medians("a") == [1.0, 2.0, 3.0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.title = "other"
