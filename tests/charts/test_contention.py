"""What `contention` draws: a bar for each thread and each lock, with its share."""

import pytest

from helpers.charts import alt_text, contention
from tests.charts.traces import contended, hold, trace_of


def widths(ax):
    return [round(patch.get_width(), 6) for patch in ax.patches]


def labels(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def test_each_thread_and_each_lock_has_a_bar_as_long_as_its_share():
    ax = contention(contended())
    assert labels(ax) == ["T1", "T2", "lock"]
    assert widths(ax) == [0.0, 30.0, 15.0]


def test_each_bar_says_its_share():
    texts = [text.get_text() for text in contention(contended()).texts]
    assert [text for text in texts if text.endswith(" %")] == ["0 %", "30 %", "15 %"]


def test_threads_are_in_thread_order_though_another_asked_first():
    rows = [hold("T2", "lock", 0, 0, 1), hold("T1", "lock", 1, 1, 2)]
    assert labels(contention(trace_of(rows, ["T1", "T2"], 3.0)))[:2] == ["T1", "T2"]


def test_of_very_many_threads_the_ones_that_waited_most_are_shown_and_the_others_counted():
    rows = [hold(f"T{number}", "lock", 0.0, float(number), number + 1.0) for number in range(40)]
    ax = contention(trace_of(rows, [f"T{number}" for number in range(40)], 50.0))
    assert labels(ax) == [f"T{number}" for number in range(39, 24, -1)] + ["25 other threads", "lock"]


def test_a_program_without_locks_is_said_to_have_none():
    ax = contention(trace_of([], ["T1"], 5.0))
    assert [text.get_text() for text in ax.texts] == ["no thread asked for a lock"]
    assert alt_text(ax) == "Bars of waiting: no thread asked for a lock."


def test_alt_text_tells_the_shares():
    told = alt_text(contention(contended()))
    assert "T2 30 %, T1 0 %" in told
    assert "each lock cost: lock 15 %" in told


def test_what_is_no_trace_is_named():
    with pytest.raises(TypeError, match=r"contention draws a Trace, not 'x' \(str\)"):
        contention("x")
