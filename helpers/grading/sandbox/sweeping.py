"""What an answer leaves behind, processes and files, is gone before the next one begins."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from pathlib import Path


def end_all(process: int, *, everybody: bool) -> None:
    """End an answer's process with all that it started, and wait until they are gone.

    Args:
        process: its number; it leads a group of its own.
        everybody: True to end every process but this one, which must be the first of its namespace.

    Raises:
        RuntimeError: where everybody is asked for outside of a namespace of its own.
    """
    if everybody:
        if os.getpid() != 1:
            raise RuntimeError("only the first process of a namespace may end everybody in it")
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
    else:
        for end in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                end(process, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


class Scratch:
    """A folder that answers may write to; it is emptied down to what it held at first.

    Args:
        folder: the folder. What is mounted inside it is left alone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._device = folder.stat().st_dev
        self._kept = set(self._inside())

    def empty(self) -> None:
        """Remove all that was added."""
        for path in [each for each in self._inside() if each not in self._kept]:
            with contextlib.suppress(OSError):
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o700)
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()

    def _inside(self) -> list[Path]:
        found = []
        for place, folders, files in os.walk(self._folder):
            here = Path(place)
            folders[:] = [each for each in folders if self._is_here(here / each)]
            found += [here / each for each in (*folders, *files)]
        return found

    def _is_here(self, path: Path) -> bool:
        try:
            return path.lstat().st_dev == self._device
        except OSError:
            return False
