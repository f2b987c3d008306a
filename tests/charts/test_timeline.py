"""What a timeline draws: bars, their places and styles, names, marks."""

import dataclasses

import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb

from helpers.charts import alt_text, panels, timeline
from helpers.charts.style import LOOKS, FittedText
from helpers.trace import Row, ThreadRecord, Trace
from tests.charts.traces import (
    contended,
    deadlocked,
    done,
    hold,
    lost_update,
    refused,
    self_deadlocked,
    trace_of,
)


def bars(ax, style):
    """(start, end, low, high) of each bar of a style, by start."""
    found = []
    for collection in ax.collections:
        if isinstance(collection, PolyCollection) and collection.get_gid() in (style, f"{style} narrow"):
            for path in collection.get_paths():
                (x0, y0), (x1, y1) = path.get_extents().get_points()
                found.append((x0, x1, y0, y1))
    return sorted(found)


def times(ax, style):
    return [(start, end) for start, end, _, _ in bars(ax, style)]


def threads(ax):
    return [label.get_text() for label in ax.get_yticklabels(minor=True)]


def lock_labels(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def names(ax):
    return [text.choices for text in ax.findobj(FittedText)]


def key(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def drawn_names(ax):
    """The names that are on the picture, after the bars' sizes are known."""
    ax.figure.png()
    return [text.get_text() for text in ax.findobj(FittedText) if text.get_text()]


def points(ax, gid):
    return [tuple(line.get_xdata()) for line in ax.lines if line.get_gid() == gid]


def test_a_wait_and_the_holds_are_bars_where_they_happened():
    ax = timeline(contended())
    assert times(ax, "exclusive") == [(0.0, 4.0), (4.0, 9.0)]
    assert times(ax, "waiting") == [(1.0, 4.0)]
    assert bars(ax, "stuck") == []
    assert ax.get_title(loc="left") == "Who holds “lock” when, and who waits"
    assert ax.get_xlabel() == "time (ms)"
    assert key(ax) == ["waits", "holds"]


def test_each_bar_stands_in_the_lane_of_its_thread():
    ax = timeline(contended())
    t1, t2 = ax.get_yticks(minor=True)
    (_, _, t1_low, t1_high), (_, _, t2_low, t2_high) = bars(ax, "exclusive")
    assert (t1_low + t1_high) / 2 == pytest.approx(t1)
    assert (t2_low + t2_high) / 2 == pytest.approx(t2)


def test_where_all_is_one_lock_its_name_is_in_the_title_and_not_on_each_bar():
    assert names(timeline(contended())) == []


def test_lanes_are_in_thread_order_and_the_main_thread_that_only_joined_has_none():
    assert threads(timeline(contended())) == ["T1", "T2"]
    late_first = trace_of([hold("T2", "lock", 0, 0, 1), hold("T1", "lock", 1, 1, 2)], ["T1", "T2"], 3.0)
    ax = timeline(late_first)
    assert threads(ax) == ["T1", "T2"]
    (_, _, low_of_t2, _), (_, _, low_of_t1, _) = bars(ax, "exclusive")
    assert low_of_t1 > low_of_t2


def test_a_main_thread_that_is_stuck_has_a_lane():
    stuck = hold("MainThread", "T1", 0.5, None, None, kind="join", mode="wait")
    ax = timeline(trace_of([*self_deadlocked().rows, stuck], ["MainThread", "T1"], 10.0, finished=False))
    assert threads(ax) == ["MainThread", "T1"]
    assert (0.5, 10.0) in times(ax, "stuck")
    assert ("waits for T1 to end", "joins T1", "join") in names(ax)


def test_in_a_loop_only_a_wait_that_lasts_all_of_it_is_stuck_and_joining_is_not_shown():
    rows = [
        hold("G", "lock", 0, 0, 6),
        hold("P", "lock", 1, None, None),
        hold("Q", "lock", 5, None, None),
        done("Q", "event", "ready", "wait", 4, None)._replace(outcome="waiting"),
        hold("MainThread", "P", 0, None, None, kind="join", mode="wait"),
    ]
    trace = trace_of(rows, ["MainThread", "G", "P", "Q"], 8, unit="step", finished=False)
    ax = timeline(dataclasses.replace(trace, loop=2.0))
    assert threads(ax) == ["G", "P", "Q"]
    assert times(ax, "stuck") == [(1.0, 8.0)]
    assert times(ax, "waiting") == [(5.0, 8.0)]
    assert times(ax, "elsewhere") == [(4.0, 8.0)]


def test_stuck_waits_have_a_style_of_their_own_and_reach_the_end():
    ax = timeline(deadlocked())
    assert times(ax, "stuck") == [(2.0, 10.0), (3.0, 10.0)]
    assert bars(ax, "waiting") == []
    assert times(ax, "exclusive") == [(0.0, 10.0), (1.0, 10.0)]
    assert key(ax) == ["holds", "stuck: waits to the end"]


def test_styles_differ_in_colour_and_in_hatch_or_shade():
    faces = [look.face for look in LOOKS.values()]
    assert len(set(faces) - {"white"}) == len(faces) - faces.count("white")
    hatches = [look.hatch for look in LOOKS.values() if look.hatch]
    assert len(set(hatches)) == len(hatches)
    assert all(LOOKS[style].hatch for style in ("waiting", "shared", "stuck", "orphaned"))


def test_each_lock_of_a_thread_has_a_track_with_its_name():
    ax = timeline(deadlocked())
    assert lock_labels(ax) == ["a", "b", "a", "b"]
    assert names(ax).count(("a",)) == 1
    assert ("waits for b", "b") in names(ax)
    (_, _, a_low, _), (_, _, b_low, _) = bars(ax, "exclusive")
    stuck_b, stuck_a = bars(ax, "stuck")
    assert a_low > stuck_b[3] > stuck_b[2] > stuck_a[3] > stuck_a[2] > b_low


def test_many_locks_share_a_track_in_which_no_two_bars_overlap():
    rows = [
        hold(f"T{thread}", f"locks[{lock}]", lock, lock, lock + 1.5)
        for thread in range(4)
        for lock in range(10)
    ]
    ax = timeline(trace_of(rows, [f"T{thread}" for thread in range(4)], 12.0))
    assert lock_labels(ax) == []
    placed = bars(ax, "exclusive")
    assert len(placed) == 40
    for one in placed:
        for other in placed:
            apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
            assert one == other or apart
    assert ("locks[3]", "[3]") in names(ax)


def test_a_lock_taken_again_lies_on_the_first_hold_and_says_how_deep():
    rows = [hold("T1", "lock", float(level), float(level), 10.0 - level) for level in range(4)]
    ax = timeline(trace_of(rows, ["T1"], 12.0))
    lows = [low for _, _, low, _ in bars(ax, "exclusive")]
    highs = [high for _, _, _, high in bars(ax, "exclusive")]
    assert all(high <= low for high, low in zip(highs, lows[1:], strict=False))
    assert names(ax) == [("lock",), ("lock ×2", "×2"), ("lock ×3", "×3"), ("lock ×4", "×4")]


def test_a_thread_that_waits_for_its_own_lock_does_not_cover_its_hold():
    ax = timeline(self_deadlocked())
    ((_, _, _, hold_high),) = bars(ax, "exclusive")
    ((_, _, wait_low, _),) = bars(ax, "stuck")
    assert wait_low > hold_high


def test_shared_holds_are_told_from_exclusive_ones():
    rows = [hold("r", "rw", 0, 0, 3, "shared", "rw"), hold("w", "rw", 1, 3, 5, "exclusive", "rw")]
    ax = timeline(trace_of(rows, ["r", "w"], 6.0))
    assert times(ax, "shared") == [(0, 3)]
    assert times(ax, "exclusive") == [(3, 5)]
    assert key(ax) == ["waits", "holds, shared", "holds, exclusive"]


def test_what_an_ended_thread_still_holds_is_seen_to_the_end_of_the_trace():
    rows = [hold("T1", "lock", 1.0, 1.0, None), hold("T2", "lock", 2.0, None, None)]
    ax = timeline(trace_of(rows, ["T1", "T2"], 10.0, finished=False, ended={"T1": 4.0}))
    assert times(ax, "exclusive") == [(1.0, 4.0)]
    assert times(ax, "orphaned") == [(4.0, 10.0)]
    assert points(ax, "thread's end") == [(4.0, 4.0)]
    assert any("never gave it back" in choices[0] for choices in names(ax))


def test_a_lock_given_back_by_another_thread_says_by_whom():
    rows = [hold("T1", "lock", 0.0, 0.0, 6.0, by="T2"), hold("T2", "other", 1.0, 1.0, 2.0)]
    ax = timeline(trace_of(rows, ["T1", "T2"], 8.0))
    assert points(ax, "given") == [(6.0,)]
    assert ("given back by T2",) in names(ax)


def test_who_gave_a_lock_back_at_the_right_edge_can_be_read_on_the_hold():
    early, late = (
        timeline(trace_of([hold("T1", "lock", 0, 0, end, by="T2")], ["T1", "T2"], 10.0)) for end in (5, 10)
    )
    (beside,), (on_hold,) = early.findobj(FittedText), late.findobj(FittedText)
    assert beside.get_bbox_patch() is None
    assert to_rgb(on_hold.get_bbox_patch().get_facecolor()) == (1, 1, 1)


def test_tries_in_vain_are_marked_at_their_moment():
    rows = [hold("T1", "lock", 0, 0, 9), refused("T2", "lock", 2.0), refused("T2", "lock", 3.0, until=5.0)]
    ax = timeline(trace_of(rows, ["T1", "T2"], 10.0))
    assert points(ax, "vain") == [(2.0, 5.0)]
    assert times(ax, "waiting") == [(3.0, 5.0)]
    assert key(ax) == ["waits", "holds", "refused or timed out"]
    assert names(ax) == []


def test_progress_notes_have_a_marker_and_their_label():
    rows = [hold("T1", "lock", 0, 0, 1), done("T1", "note", "ate", "mark", 2.0, 2.0)]
    ax = timeline(trace_of(rows, ["T1"], 4.0))
    assert points(ax, "note") == [(2.0,)]
    assert ("ate",) in names(ax)


def test_waits_for_other_things_than_locks_are_drawn_lighter_in_a_track_of_their_own():
    rows = [hold("T1", "lock", 0, 0, 4), done("T1", "event", "ready", "wait", 5, 9)]
    ax = timeline(trace_of(rows, ["T1"], 10.0))
    ((start, end, _, high),) = bars(ax, "elsewhere")
    assert (start, end) == (5, 9)
    assert high < bars(ax, "exclusive")[0][2]


def test_a_thread_asleep_at_the_end_is_not_stuck():
    asleep = done("daemon", "sleep", "", "sleep", 1.0, None)._replace(outcome="waiting")
    ax = timeline(trace_of([asleep], ["daemon"], 4.0))
    assert times(ax, "elsewhere") == [(1.0, 4.0)]
    assert bars(ax, "stuck") == []


@pytest.mark.parametrize(
    ("others", "label"),
    [
        ([("sleep", "", "sleep")], "sleeps"),
        ([("event", "ready", "wait")], "waits"),
        ([("sleep", "", "sleep"), ("event", "ready", "wait")], "sleeps or waits"),
    ],
)
def test_where_there_is_no_lock_nothing_is_called_elsewhere(others, label):
    rows = [done("T1", *other, at, at + 2.0) for at, other in enumerate(others)]
    assert key(timeline(trace_of(rows, ["T1"], 5.0))) == [label]
    locked = timeline(trace_of([*rows, hold("T2", "lock", 0, 0, 1)], ["T1", "T2"], 5.0))
    assert [each for each in key(locked) if each != "holds"] in ([], ["blocked elsewhere"])


def test_the_words_of_a_mark_at_the_right_edge_stand_at_its_left():
    rows = [
        hold("T1", "lock", 0, 0, 9),
        done("T1", "note", "first", "mark", 2, 2),
        done("T1", "note", "last", "mark", 9.9, 9.9),
    ]
    ax = timeline(trace_of(rows, ["T1"], 10.0))
    assert drawn_names(ax) == ["last", "first"]
    last, first = (text for text in ax.findobj(FittedText) if text.get_text())
    assert (first.get_ha(), last.get_ha()) == ("left", "right")
    assert 2 < first.get_position()[0] < first.box[1] <= last.box[0] < last.get_position()[0] < 9.9


def test_acts_that_take_no_time_are_marks_that_say_what_was_done():
    rows = [
        done("T1", "event", "ready", "set", 1.0, 1.001),
        done("T1", "condition", "full", "notify", 5.0, 5.2),
    ]
    ax = timeline(trace_of(rows, ["T1"], 10.0))
    assert points(ax, "did") == [(1.0, 5.0)]
    assert names(ax) == [("sets ready",), ("notifies full",)]
    assert bars(ax, "elsewhere") == []


def test_moments_of_steps_stand_in_the_middle_of_their_columns():
    rows = [
        hold("T1", "lock", 0, 0, 6),
        refused("T2", "lock", 2),
        refused("T2", "lock", 3, until=5),
        done("T2", "note", "ate", "mark", 5, 5),
    ]
    ax = timeline(trace_of(rows, ["T1", "T2"], 6, unit="step"))
    assert points(ax, "vain") == [(2.5, 5.0)]
    assert points(ax, "note") == [(5.5,)]


def test_sleep_is_shown_only_where_there_is_no_lock():
    asleep = done("T1", "sleep", "", "sleep", 1.0, 3.0)
    assert times(timeline(trace_of([asleep], ["T1"], 4.0)), "elsewhere") == [(1.0, 3.0)]
    assert bars(timeline(trace_of([asleep, hold("T1", "lock", 0, 0, 4)], ["T1"], 4.0)), "elsewhere") == []


def test_steps_are_columns_with_reads_and_writes_in_them():
    ax = timeline(lost_update())
    assert times(ax, "read") == [(0, 1), (1, 2)]
    assert times(ax, "write") == [(2, 3), (3, 4)]
    assert names(ax).count(("R counter", "R")) == 2
    assert names(ax).count(("W counter", "W")) == 2
    assert ax.get_xlabel() == "step"
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "1", "2", "3"]
    assert list(ax.get_xticks()) == [0.5, 1.5, 2.5, 3.5]
    assert ax.get_title(loc="left") == "Who reads and writes what"


def test_only_chosen_locks_are_drawn():
    ax = timeline(deadlocked(), locks=["b"])
    assert times(ax, "exclusive") == [(1.0, 10.0)]
    assert times(ax, "stuck") == [(2.0, 10.0)]


def test_bars_are_cut_at_start_and_end():
    ax = timeline(contended(), start=2.0, end=5.0)
    assert times(ax, "exclusive") == [(2.0, 4.0), (4.0, 5.0)]
    assert ax.get_xlim()[0] == 2.0
    assert 5.0 <= ax.get_xlim()[1] < 5.1


def test_a_free_lock_is_not_waited_for():
    ax = timeline(trace_of([hold("T1", "lock", 1.0, 1.0005, 5.0)], ["T1"], 10.0))
    assert bars(ax, "waiting") == []
    assert key(ax) == ["holds"]


def test_a_name_is_written_only_where_it_fits():
    rows = [hold("T1", "first_lock", 0, 0, 90), hold("T1", "other_lock", 95, 95, 98)]
    ax = timeline(trace_of(rows, ["T1"], 100.0))
    assert drawn_names(ax) == ["first_lock"]


def test_a_name_gives_way_to_its_index():
    rows = [hold("T1", "accounts[7].lock", 0, 0, 5), hold("T1", "b", 90, 90, 95)]
    ax = timeline(trace_of(rows, ["T1"], 100.0))
    assert drawn_names(ax) == ["[7]", "b"]


def test_names_stand_out_from_their_bars():
    rows = [*deadlocked().rows, *(row._replace(requested=row.requested + 5.0) for row in lost_update().rows)]
    for text in timeline(trace_of(rows, ["T1", "T2"], 10, unit="step", finished=False)).findobj(FittedText):
        style = {"R": "read", "W": "write", "w": "stuck"}.get(text.choices[0][0], "exclusive")
        patch = text.get_bbox_patch()
        ground = patch.get_facecolor() if patch else to_rgb(LOOKS[style].face)
        assert contrast(ground, to_rgb(text.get_color())) > 4.5, text.choices


def contrast(one, other):
    """Contrast of two colours as WCAG 2 defines it: 1 where they are equal, 21 for black on white."""

    def luminance(colour):
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_a_figure_grows_with_its_tracks_but_slower_when_they_are_many():
    def height(tracks):
        rows = [hold(f"T{number}", "lock", number, number, number + 1.0) for number in range(tracks)]
        return timeline(
            trace_of(rows, [f"T{number}" for number in range(tracks)], 60.0)
        ).figure.get_figheight()

    assert 1.8 < height(2) < height(12) < height(30)
    assert height(12) - height(2) == pytest.approx(10 * 0.34 * 1.3, abs=0.5)
    assert height(30) / 30 < 0.75 * height(12) / 12


def test_names_with_dollar_signs_are_not_mathematics():
    ax = timeline(trace_of([hold("$T$", "$a$", 0, 0, 5), hold("$T$", "b", 5, 5, 9)], ["$T$"], 10.0))
    written = [*ax.get_yticklabels(), *ax.get_yticklabels(minor=True), *ax.findobj(FittedText)]
    assert written
    assert not any(text.get_parse_math() for text in written)


def test_bars_too_narrow_to_see_are_merged_and_the_wide_are_kept():
    short = [hold("T1", "lock", at, at, at + 0.002) for at in (1.0, 1.0025, 1.005, 7.0)]
    ax = timeline(trace_of([*short, hold("T1", "lock", 8.0, 8.0, 9.0)], ["T1"], 10.0))
    starts = [start for start, _ in times(ax, "exclusive")]
    assert starts == [1.0, 7.0, 8.0]


def test_a_hatch_is_painted_once_for_all_bars_of_a_style():
    rows = [hold(f"T{turn % 2}", "lock", turn, turn + 3.0, turn + 4.0) for turn in range(100)]
    ax = timeline(trace_of(rows, ["T0", "T1"], 104.0))
    (hatched,) = [each for each in (*ax.collections, *ax.patches) if each.get_hatch()]
    assert hatched.get_hatch() == LOOKS["waiting"].hatch
    corners = {(x, y) for x0, x1, y0, y1 in bars(ax, "waiting") for x in (x0, x1) for y in (y0, y1)}
    assert len(corners) >= 4 * 50
    path = hatched.get_path()
    assert {tuple(corner) for corner in path.vertices[path.codes != path.CLOSEPOLY]} == corners


def test_a_crowded_track_is_drawn_as_parts_of_the_time():
    rows = [hold("T1", "lock", turn, turn + 0.25, turn + 0.75) for turn in range(400)]
    ax = timeline(trace_of(rows, ["T1"], 400.0))
    assert bars(ax, "exclusive") == []
    heights = {}
    for collection in ax.collections:
        (x0, y0), (x1, y1) = collection.get_paths()[0].get_extents().get_points()
        heights[collection.get_gid()] = (x0, x1, y1 - y0)
    assert heights["exclusive shares"][:2] == (0.0, 400.0)
    assert heights["exclusive shares"][2] == pytest.approx(0.5, abs=0.04)
    assert heights["waiting shares"][2] == pytest.approx(0.25, abs=0.02)
    assert "heights are parts of every 2 ms" in ax.get_xlabel()
    assert len(bars(timeline(trace_of(rows, ["T1"], 400.0), end=20.0), "exclusive")) >= 20


def test_of_a_hundred_thousand_operations_no_more_is_drawn_than_a_screen_shows():
    rows = [hold(f"T{turn % 8}", "lock", turn, turn + 3.0, turn + 4.0) for turn in range(100_000)]
    trace = trace_of(rows, [f"T{thread}" for thread in range(8)], 100_004.0)
    ax = timeline(trace)
    assert "too many turns to draw each" in ax.get_xlabel()
    shapes = [path for collection in ax.findobj(PolyCollection) for path in collection.get_paths()]
    assert 0 < sum(len(shape.vertices) for shape in shapes) < len(rows)


def test_nothing_to_show_is_said():
    ax = timeline(trace_of([], ["MainThread"], 1.0))
    assert "nothing to show" in [text.get_text() for text in ax.texts]


def test_an_axes_of_the_callers_is_drawn_on_and_returned():
    left, right = panels(1, 2)
    assert timeline(contended(), ax=left) is left
    assert timeline(deadlocked(), ax=right) is right
    assert alt_text(left) == alt_text(right)
    assert alt_text(left).count("Timeline of 2 threads") == 2


def test_alt_text_tells_size_holds_waits_and_end():
    told = alt_text(timeline(contended()))
    t2 = "T2 holds lock for 5 ms, waits for lock for 3 ms."
    assert told == f"Timeline of 2 threads over 10 ms. T1 holds lock for 4 ms. {t2}"
    assert alt_text(timeline(deadlocked())).endswith(
        "At the end: deadlock: T1 waits for b held by T2, T2 waits for a held by T1."
    )
    assert alt_text(timeline(deadlocked())).count("T1 waits for b for 8 ms") == 1
    assert "T1: " not in alt_text(timeline(deadlocked()))
    order = "In order: T1 reads counter, T2 reads counter, T1 writes counter, T2 writes counter."
    assert alt_text(timeline(lost_update())) == f"Timeline of 2 threads over 4 steps. {order}"


def test_alt_text_tells_other_waits_and_marks():
    rows = [
        done("MainThread", "join", "cook", "wait", 0.0, 8.0),
        done("MainThread", "note", "looks", "mark", 9.0, 9.0),
        done("cook", "sleep", "", "sleep", 1.0, 3.0),
        done("cook", "sleep", "", "sleep", 4.0, 8.0),
        done("cook", "queue", "jobs", "get", 8.0, 8.5),
    ]
    assert alt_text(timeline(trace_of(rows, ["MainThread", "cook"], 10.0))) == (
        "Timeline of 2 threads over 10 ms. MainThread: waits for cook to end for 8 ms, looks at 9 ms. "
        "cook: sleeps for 6 ms, gets from queue jobs for 0.5 ms."
    )
    steps = trace_of([done("T1", "event", "ready", "set", 2, 2)], ["T1"], 4, unit="step")
    assert alt_text(timeline(steps)) == "Timeline of 1 thread over 4 steps. T1: sets ready at step 2."


def test_alt_text_tells_who_gave_a_lock_back():
    given = trace_of([hold("T1", "lock", 0.0, 0.0, 6.0, by="T2")], ["T1", "T2"], 8.0)
    assert alt_text(timeline(given)).endswith("T1: lock given back by T2 at 6 ms.")


def test_alt_text_of_many_pairs_is_a_sum():
    rows = [hold(f"T{thread}", f"locks[{lock}]", 0, 1, 2) for thread in range(4) for lock in range(5)]
    told = alt_text(timeline(trace_of(rows, [f"T{thread}" for thread in range(4)], 10.0)))
    assert "5 locks are taken 20 times, held for 20 ms and waited for 20 ms in all." in told


@pytest.mark.parametrize(
    ("error", "arguments", "message"),
    [
        (TypeError, {"trace": 5}, r"timeline draws a Trace, not 5 \(int\)"),
        (TypeError, {"ax": "left"}, r"ax must be a matplotlib Axes or None, not 'left' \(str\)"),
        (ValueError, {"start": -1.0}, r"start=-1.0 is outside the trace, which lasts from 0 to 10 ms"),
        (ValueError, {"end": 11}, r"end=11 is outside the trace"),
        (ValueError, {"start": float("nan")}, r"start=nan is outside the trace"),
        (ValueError, {"start": 5.0, "end": 5.0}, r"start=5.0 is not before end=5.0"),
        (ValueError, {"locks": ["c"]}, r"no lock 'c' in this trace; it has 'lock'"),
    ],
)
def test_bad_arguments_are_named(error, arguments, message):
    with pytest.raises(error, match=message):
        timeline(**({"trace": contended()} | arguments))


def test_the_legend_is_no_wider_than_the_figure():
    rows = (
        Row("T1", "lock", "lock", "exclusive", 1.0, 1.0, None, None, "held"),
        Row("T1", "note", "a mark", "note", 2.0, 2.0, None, None, "done"),
        Row("T2", "lock", "lock", "exclusive", 2.0, None, None, None, "waiting"),
        Row("T2", "event", "turn", "wait", 0.0, 2.0, None, None, "done"),
        Row("T3", "lock", "lock", "exclusive", 2.0, None, 2.0, None, "refused"),
        Row("T3", "lock", "lock", "exclusive", 3.0, None, None, None, "waiting"),
    )
    lives = (ThreadRecord("T1", 0.0, 3.0), ThreadRecord("T2", 0.0, None), ThreadRecord("T3", 0.0, None))
    ax = timeline(Trace(rows, lives, 100.0, finished=False))
    ax.figure.draw_without_rendering()
    assert len(ax.get_legend().get_texts()) >= 5
    assert ax.get_legend().get_window_extent().x1 <= ax.figure.bbox.x1
