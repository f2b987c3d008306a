"""One text of several small JavaScript modules: a widget's code is loaded from a text, not from a folder."""

from __future__ import annotations

import re
from pathlib import Path

_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def joined(*files: Path) -> str:
    """Return modules as one: each after those that it imports, under names that all of them share.

    Args:
        files: the modules, in the order in which they need each other; the last one has the default export.
    """
    texts = (file.read_text(encoding="utf-8") for file in files)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)
