"""Small ES modules as one text: each import of a file becomes an import of that file's text.

A notebook gives a browser the text of a widget's module, not its place, so ``import "./bars.js"`` would find
nothing. A ``data:`` address holds the text itself. Browsers load an address once, however often it is named.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path

_IMPORT = re.compile(r"""(?<=from )"(?P<file>\.{1,2}/[\w./-]+\.js)"(?=;)""")


def joined(file: Path) -> str:
    """Return the text of a module, with the modules that it imports inside.

    Args:
        file: an ES module; it imports others by ``import { a } from "./name.js";``, or "../folder/name.js".

    Raises:
        FileNotFoundError: it, or one that it imports, does not exist.
    """

    def address(match: re.Match[str]) -> str:
        text = joined(file.parent / match["file"]).encode()
        return f'"data:text/javascript;base64,{base64.b64encode(text).decode()}"'

    return _IMPORT.sub(address, file.read_text(encoding="utf-8"))
