"""What a still view shows: where each thing that a thread waits for or holds is drawn, and the sums."""

import math
import re

import pytest

from helpers.live.picture import picture
from helpers.live.timeline.still import still_html
from helpers.trace import Row, ThreadRecord, Trace


def held(name, asked, released, thread="T1", mode="exclusive", granted=None):
    outcome = "held" if released is None else "acquired"
    kind = "rw" if mode == "shared" else "lock"
    return Row(
        thread, kind, name, mode, asked, asked if granted is None else granted, released, None, outcome
    )


def seen(*rows, duration=10_000.0, window_s=math.inf, counts=None):
    threads = tuple(ThreadRecord(name, 0.0, None) for name in ("MainThread", "T1", "T2"))
    ordered = tuple(sorted(rows, key=lambda row: row.requested))
    return picture(Trace(ordered, threads, duration), window_s, counts)


def levels(shown):
    return {(lane, name): level for lane, level, _, name, *_ in [*shown["bars"], *shown["open"]]}


def test_what_is_had_at_the_same_time_is_on_levels_of_its_own():
    shown = seen(
        held("outer", 1000, 5000),
        held("inner", 2000, 3000),
        held("later", 4000, 4500),
        held("x", 2000, 3000, "T2"),
    )
    assert levels(shown) == {(0, "outer"): 0, (0, "inner"): 1, (0, "later"): 1, (1, "x"): 0}
    assert shown["levels"] == 2


def test_what_goes_on_takes_its_level_to_the_end():
    shown = seen(held("a", 1000, None), held("b", 9000, 9500))
    assert levels(shown) == {(0, "a"): 0, (0, "b"): 1}
    assert shown["open"] == [[0, 0, "exclusive", "a", 1.0, None]]


def test_a_wait_is_a_bar_of_its_own_unless_it_is_too_short_to_be_seen():
    shown = seen(held("a", 1000, 3000, granted=2000), held("b", 4000, 5000, granted=4000.4))
    assert shown["bars"] == [
        [0, 0, "waiting", "a", 1.0, 2.0],
        [0, 0, "exclusive", "a", 2.0, 3.0],
        [0, 0, "exclusive", "b", 4.0004, 5.0],
    ]


def test_what_a_thread_waits_for_in_vain_is_marked():
    refused = Row("T1", "lock", "a", "exclusive", 1000, None, 1000.1, None, "refused")
    shown = seen(refused)
    assert shown["bars"] == []
    assert shown["marks"] == [[0, 0, "vain", "refused", 1.0001]]
    assert shown["sums"][0][2] == 1


def test_what_cannot_be_held_is_shown_but_is_no_waiting_for_locks():
    wait = Row("T1", "event", "go", "wait", 1000, 4000, None, None, "done")
    shown = seen(wait)
    assert shown["bars"] == [[0, 0, "elsewhere", "go", 1.0, 4.0]]
    assert shown["sums"] == [[0.0, 0, 0], [0.0, 0, 0]]


def test_sleeping_and_joining_are_not_shown():
    rows = [Row("T1", kind, "", kind, 1000, 4000, None, None, "done") for kind in ("sleep", "join")]
    shown = seen(*rows)
    assert shown["bars"] == shown["marks"] == []
    assert shown["lanes"] == ["T1", "T2"]


def test_bars_and_marks_of_the_last_seconds_are_shown_and_no_others_but_the_sums_are_of_all():
    rows = [held("a", at, at + 500, granted=at + 250) for at in (1000, 3000, 9000)]
    notes = [Row("T1", "note", "ate", "note", at, at, None, None, "done") for at in (1500, 9500)]
    shown = seen(*rows, *notes, window_s=7.0)
    assert [bar[4:] for bar in shown["bars"] if bar[2] == "exclusive"] == [[3.25, 3.5], [9.25, 9.5]]
    assert shown["marks"] == [[0, -1, "note", "ate", 9.5]]
    assert shown["sums"][0] == [pytest.approx(0.075), 3, 0]


def test_marks_that_are_counted_are_not_shown():
    notes = [Row("T1", "note", label, "note", at, at, None, None, "done") for at, label in enumerate("aab")]
    shown = seen(held("lock", 1000, 2000), *notes, counts="a")
    assert [mark[3] for mark in shown["marks"]] == ["b"]
    assert shown["sums"] == [[0.0, 2, 0], [0.0, 0, 0]]


def test_a_thread_that_never_began_has_no_lane_and_the_first_only_where_it_does_something():
    began, never = ThreadRecord("T1", 0.0, 5.0), ThreadRecord("T2", -3000.0, None)
    threads = (ThreadRecord("MainThread", 0.0, 9.0), began, never)
    assert picture(Trace((), threads, 9.0), 1.0)["lanes"] == ["T1"]
    assert picture(Trace((held("a", 1, 2, "MainThread"),), threads, 9.0), 1.0)["lanes"] == [
        "T1",
        "MainThread",
    ]


def test_what_nests_lies_like_a_stack_in_the_still_picture():
    shown = seen(held("outer", 1000, 5000), held("inner", 2000, 3000)) | {"values": {}, "ending": "stopped"}
    html = still_html("nested", [], shown, "got it", 20.0, "mark")
    tops = {
        text: float(top) for top, text in re.findall(r'<rect x="[\d.]+" y="([\d.]+)".*?<title>(\w+)', html)
    }
    assert tops["inner"] < tops["outer"]  # y grows downwards
