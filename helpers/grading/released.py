"""What was released to learners: the exercises' notebooks, their setup cells, and the names these give."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

EXERCISES = Path(__file__).parents[2] / "exercises"
SETUP_CELL = "setup"


@lru_cache
def notebook_of(lesson: str) -> Path:
    """Return the path of a lesson's exercises, by its number, such as "05".

    Raises:
        FileNotFoundError: where there are none.
    """
    found = sorted(EXERCISES.glob(f"{lesson}_*/{lesson}_*.ipynb"))
    if not found:
        raise FileNotFoundError(f"lesson {lesson} has no exercises in {EXERCISES}: run `make release` first")
    return found[0]


@lru_cache
def setup_of(lesson: str) -> str:
    """Return the code of a lesson's released setup cell.

    Raises:
        FileNotFoundError: where the lesson has no exercises.
        LookupError: where these have no setup cell.
    """
    path = notebook_of(lesson)
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["id"] == SETUP_CELL:
            return "".join(cell["source"])
    raise LookupError(f"{path} has no cell with the id {SETUP_CELL!r}: run `make release` again")
