"""A submitted notebook is read with care: no links, nothing huge, nothing that is not what it says."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LARGEST_MIB = 8
MOST_CELLS = 5_000


class Unreadable(ValueError):
    """A submission that cannot be read; the message says why."""


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook.

    Args:
        kind: "code", "markdown" or "raw".
        source: its text.
        id: its own id; "" where it has none.
        grade_id: the id that nbgrader knows it by; "" where it has none.
    """

    kind: str
    source: str
    id: str = ""
    grade_id: str = ""


def content_of(path: Path) -> bytes:
    """Return what is in a file that a stranger made.

    Raises:
        Unreadable: where it is a link, no ordinary file, or too large.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if path.is_symlink():
        raise Unreadable("it is a link")
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise Unreadable(f"it cannot be opened: {error.strerror}") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable("it is no ordinary file")
    with open(descriptor, "rb") as file:
        content = file.read((LARGEST_MIB << 20) + 1)
    if len(content) > LARGEST_MIB << 20:
        raise Unreadable(f"it is larger than {LARGEST_MIB} MiB")
    return content


def cells_of(content: bytes) -> list[Cell]:
    """Return the cells of a notebook.

    Args:
        content: what is in its file.

    Raises:
        Unreadable: where it is no notebook of format 4.

    >>> cells_of(b'{"nbformat": 3, "worksheets": []}')
    Traceback (most recent call last):
    helpers.grading.classes.notebooks.Unreadable: it is a notebook of format 3; Jupyter saves it as format 4
    """
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable("it is no text") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("it is no JSON, as a notebook must be") from error
    if not isinstance(data, dict):
        raise Unreadable("it is no notebook")
    if (version := data.get("nbformat")) != 4:
        raise Unreadable(f"it is a notebook of format {version!r:.40}; Jupyter saves it as format 4")
    cells = data.get("cells")
    if not isinstance(cells, list):
        raise Unreadable("it is a notebook without cells")
    if len(cells) > MOST_CELLS:
        raise Unreadable(f"it has more than {MOST_CELLS} cells")
    return [_cell(each) for each in cells]


def _cell(data: Any) -> Cell:
    if not isinstance(data, dict):
        raise Unreadable("one of its cells is no cell")
    source = data.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Unreadable("the text of one of its cells is no text")
    metadata = data.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return Cell(_text(data.get("cell_type")), source, _text(data.get("id")), _text(grade_id))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
