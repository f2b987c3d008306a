"""Data that says so when a writer was not alone with it."""

from __future__ import annotations

import threading


class Watched:
    """Notices when a write overlaps a read or another write; it is no lock, and keeps nobody out.

    Args:
        what: what is read and written, as the reasons call it.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._writer = ""
        self._writes = 0

    def begin_read(self) -> int:
        """Return what `end_read` needs."""
        assert not self._writer, f"{_me()} reads {self._what} in the middle of a write by {self._writer}"
        return self._writes

    def end_read(self, writes_before: int) -> None:
        """Fail where somebody wrote since the read began."""
        undisturbed = self._writes == writes_before and not self._writer
        assert undisturbed, f"another thread writes {self._what} while {_me()} reads it"

    def begin_write(self) -> None:
        """Fail where somebody else is in the middle of a write."""
        assert not self._writer, f"{_me()} writes {self._what} in the middle of a write by {self._writer}"
        self._writer = _me()

    def end_write(self) -> None:
        """Count the write."""
        self._writer = ""
        self._writes += 1


def _me() -> str:
    return threading.current_thread().name
