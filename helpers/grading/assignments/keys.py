"""The answers of multiple-choice questions: written in solutions/NN_topic/key.toml, released sealed.

["05.1 ordering"]           # question and item
"circular wait" = ""        # right
"hold and wait" = "a philosopher still holds the first fork while it waits for the second"
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from ..sealing import sealed


def sealed_keys(solutions: Path) -> dict[str, str]:
    """Return the text of each sealed key by its file name, such as "05.json".

    Args:
        solutions: the folder of the sources.

    Raises:
        ValueError: where an item has no right option, or a key is no TOML; the message names the file.
    """
    return {f"{path.parent.name[:2]}.json": _sealed(path) for path in sorted(solutions.glob("*/key.toml"))}


def _sealed(path: Path) -> str:
    try:
        items = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path} is no TOML: {error}") from error
    table: dict[str, str] = {}
    for item, options in items.items():
        if "" not in options.values():
            raise ValueError(f'{path}: item "{item}" has no right option; mark one with ""')
        table |= sealed(item, options)
    return json.dumps(dict(sorted(table.items())), indent=1) + "\n"
