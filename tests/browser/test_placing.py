"""A moving view, which places what it is told as it comes, shows what a still view shows of the whole run."""

from pathlib import Path

import pytest

from helpers.live import timeline
from helpers.live.modules import joined
from helpers.live.picture import INSTANT_S, picture
from tests.live.frames import busy, frames_of

pytestmark = pytest.mark.xdist_group("browser: live")

# All that a strip has been shown of some frames, and the table as it was at the last of them.
SHOWN = """async ([text, frames]) => {
    const { Placing } = await import("data:text/javascript," + encodeURIComponent(text));
    const placing = new Placing();
    const seen = frames.map(frame => placing.read(frame));
    return {
        ...seen.at(-1),
        bars: seen.flatMap(each => each.bars),
        open: seen.flatMap(each => each.open),
        marks: seen.flatMap(each => each.marks),
    };
}"""
NEAR_S = 1e-4  # what a still picture rounds to


def bars(shown, style):
    return [
        (lane, level, text, start, end)
        for lane, level, name, text, start, end in shown["bars"]
        if name == style
    ]


def is_in(bar, others):
    """Whether a bar is among others, or is too short to be missed."""
    *words, start, end = bar
    return end - start < INSTANT_S + NEAR_S or any(
        words == list(other[:3]) and (start, end) == pytest.approx(other[3:], abs=NEAR_S) for other in others
    )


@pytest.fixture(scope="module")
def both(chromium):
    frames, trace = frames_of(busy)
    page = chromium.new_page()
    text = joined(Path(timeline.__file__).parent / "placing.js")
    moving = page.evaluate(SHOWN, [text, frames])
    page.close()
    return moving, picture(trace, window_s=60.0)


@pytest.mark.parametrize("style", ["exclusive", "waiting", "elsewhere"])
def test_bars_lie_where_they_lie_in_the_still_picture(both, style):
    moving, still = (bars(shown, style) for shown in both)
    assert len(still) > 20
    assert [bar for bar in moving if not is_in(bar, still)] == []
    assert [bar for bar in still if not is_in(bar, moving)] == []


def test_lanes_levels_and_sums_are_the_same(both):
    moving, still = both
    assert moving["lanes"] == still["lanes"] == ["T1", "T2", "T3"]
    assert moving["levels"] == still["levels"] == 3
    for (share, count), (waited, turns, _) in zip(moving["sums"], still["sums"], strict=True):
        assert (share, count) == (pytest.approx(waited, abs=1e-3), turns)


def test_marks_are_the_same(both):
    moving, still = (
        sorted([lane, style, text, at, level] for lane, level, style, text, at in shown["marks"])
        for shown in both
    )
    assert {style for _, style, *_ in still} == {"vain", "note"}
    for (*words, at, level), (*others, when, height) in zip(moving, still, strict=True):
        assert (words, level) == (others, height)
        assert at == pytest.approx(when, abs=NEAR_S)


def test_what_goes_on_is_on_the_level_on_which_it_ends(both):
    moving, _ = both
    levels = {(lane, text, start): level for lane, level, _, text, start, _ in moving["bars"]}
    going_on = [bar for bar in moving["open"] if (bar[0], bar[3], bar[4]) in levels]
    assert going_on
    assert all(levels[lane, text, start] == level for lane, level, _, text, start, _ in going_on)
