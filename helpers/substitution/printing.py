"""What a program prints, kept for its trace: a thread would print into whichever cell is newest."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class _Router(io.TextIOBase):
    """A `sys.stdout` that keeps what the program's threads print and passes everything else on."""

    def __init__(self, real: Any, is_ours: Callable[[], bool]) -> None:
        self._real, self._is_ours = real, is_ours
        self.kept: list[str] = []

    def write(self, text: str) -> int:
        if self._is_ours():
            self.kept.append(text)
            return len(text)
        return self._real.write(text)

    def flush(self) -> None:
        if not self._is_ours():
            self._real.flush()

    def close(self) -> None:
        """Do nothing: Python calls it when the garbage collector takes this one, in whatever thread it runs.

        To flush would be to wait for a kernel's thread there, which may itself be waiting for that thread.
        """

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


@contextmanager
def kept_stdout(is_ours: Callable[[], bool]) -> Iterator[list[str]]:
    """Keep what threads for which `is_ours()` holds print; gives the list of its pieces so far."""
    real = sys.stdout
    router = _Router(real, is_ours)
    sys.stdout = router
    try:
        yield router.kept
    finally:
        sys.stdout = real  # whatever the program has put there
