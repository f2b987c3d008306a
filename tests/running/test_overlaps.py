"""Recorded exclusive holds never overlap; `overlaps.py` does the same a million times."""

import pytest

from tests.running.overlaps import WAYS, check, gil_stayed_off, overlaps


@pytest.mark.parametrize(("make", "use"), WAYS, ids=[use.__name__ for _, use in WAYS])
def test_none_of_four_threads_overlap(make, use):
    check(make, use, 8_000)
    assert gil_stayed_off()


def test_an_overlap_is_found():
    assert overlaps([(1, 3, "a"), (2, 4, "b"), (5, 6, "a")]) == 1
    assert overlaps([(1, 9, "a"), (2, 3, "a"), (4, 5, "b"), (6, 7, "b")]) == 2
