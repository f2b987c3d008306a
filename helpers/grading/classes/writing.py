"""Files are written whole or not at all: beside, then put in place."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a file; whatever happens, it holds the old content or the new one.

    Args:
        path: the file; folders above it are made.
        text: its content; what no file can hold is shown as missing.

    Raises:
        OSError: where it cannot be written, as on a full disk; nothing is left of it then.
    """
    content = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
