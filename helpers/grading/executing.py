"""The source of an answer becomes the object that it defines: in a fresh namespace, after the setup cell."""

from __future__ import annotations

import itertools
import linecache
from collections.abc import Collection
from types import CodeType
from typing import Any

_numbers = itertools.count(1)


def executed(setup: str, source: str, name: str, without: Collection[str] = ()) -> dict[str, Any]:
    """Execute the setup cell, then an answer's source, and return the namespace.

    Code at the top level of an answer runs as it stands: where it may be anybody's, call this in a process
    that may be ended.

    Args:
        setup: the released setup cell.
        source: the answer's source.
        name: what the source is called in schedules, such as "answer 05.2".
        without: names that the setup cell gives to a learner, and the source does not get.

    Raises:
        Exception: whatever the source raises.

    >>> executed("import threading", "lock = threading.Lock()", "answer")["lock"].locked()
    False
    """
    namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
    exec(_readable(setup, "setup"), namespace)
    for each in without:
        namespace.pop(each, None)
    exec(_readable(source, name), namespace)
    return namespace


def _readable(source: str, name: str) -> CodeType:
    """Compile a text so that its lines can be shown: under a name of its own, kept like a notebook's cell."""
    filename = f"/answers/{next(_numbers)}/{name.replace(' ', '_')}.py"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    return compile(source, filename, "exec", dont_inherit=True)
