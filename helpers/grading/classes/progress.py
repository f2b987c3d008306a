"""How far a class is, in one line: a bar, counts for each status, and the time that is left."""

from __future__ import annotations

import time
from collections import Counter
from typing import TextIO

from .record import Record

WIDTH = 24
#: How often a line is written where nobody watches, as in a log.
LOG_S = 10.0
SCREEN_S = 0.1


class Progress:
    """Tells how far a class is.

    Args:
        total: how many submissions are to be graded.
        stream: where it is told.
    """

    def __init__(self, total: int, stream: TextIO) -> None:
        self._total, self._stream = total, stream
        self._is_screen = stream.isatty()
        self._statuses: Counter[str] = Counter()
        self._done, self._length = 0, 0
        self._began = self._told = time.monotonic()

    def count(self, record: Record) -> None:
        """Count a submission that was graded just now."""
        self._done += 1
        self._statuses.update(each.status for each in record.questions)
        self._statuses.update(["unreadable"] if record.reason else [])
        now = time.monotonic()
        if now - self._told >= (SCREEN_S if self._is_screen else LOG_S):
            self._told = now
            self._tell(now - self._began)

    def end(self) -> None:
        """Tell how far it came."""
        if self._total:
            self._tell(time.monotonic() - self._began)
        if self._is_screen and self._length:
            self._stream.write("\n")
            self._stream.flush()

    def _tell(self, spent_s: float) -> None:
        text = line(self._done, self._total, self._statuses, spent_s)
        end = "" if self._is_screen else "\n"
        start = "\r" if self._is_screen else ""
        self._stream.write(f"{start}{text.ljust(self._length)}{end}")
        self._stream.flush()
        self._length = len(text) if self._is_screen else 0


def line(done: int, total: int, statuses: Counter[str], spent_s: float) -> str:
    """Return how far a class is.

    >>> line(5, 20, Counter(graded=14, timeout=1), 10.0)
    '[######                  ] 5/20 · graded 14, timeout 1 · 0:30 left'
    >>> line(20, 20, Counter(graded=60), 40.0)
    '[########################] 20/20 · graded 60 · took 0:40'
    """
    bar = "#" * (WIDTH * done // total)
    counts = ", ".join(f"{status} {many}" for status, many in sorted(statuses.items()))
    left_s = spent_s / done * (total - done) if done else 0.0
    when = f"took {_clock(spent_s)}" if done == total else f"{_clock(left_s)} left"
    return " · ".join(part for part in (f"[{bar:{WIDTH}}] {done}/{total}", counts, when) if part)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
