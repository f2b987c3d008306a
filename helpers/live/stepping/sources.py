"""The source of the functions that threads are in, a few lines around where they stand."""

from __future__ import annotations

import inspect
import linecache
import textwrap
from functools import lru_cache
from typing import NamedTuple

from ...exploring.looking import Place


class Excerpt(NamedTuple):
    """Some lines of a function.

    Args:
        function: its name.
        first: the number of the first line that is shown, in its file.
        lines: their text, without the indentation that all have.
        at: the index of the line at which the thread stands.
    """

    function: str
    first: int
    lines: tuple[str, ...]
    at: int


def excerpt(place: Place, most: int) -> Excerpt:
    """Return at most so many lines around where a thread stands; none where the source is not there."""
    lines = _block(place.filename, place.first_line)
    at = place.line - place.first_line
    begin = max(0, min(at - most // 2, len(lines) - most))
    shown = lines[begin : begin + most]
    return Excerpt(place.function, place.first_line + begin, shown, at - begin)


@lru_cache(maxsize=512)
def _block(filename: str, first_line: int) -> tuple[str, ...]:
    lines = linecache.getlines(filename)[first_line - 1 :]
    block = inspect.getblock(lines) if lines else []
    return tuple(textwrap.dedent("".join(block)).rstrip().splitlines())
