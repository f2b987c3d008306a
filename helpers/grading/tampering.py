"""Sees whether an answer changed what is not its own: threading, time, the builtins, the course itself."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

WATCHED = ("builtins", "threading", "time", "random", "queue", "contextlib", "readerwriterlock.rwlock")


class Watch:
    """Remembers what modules and their classes hold; `changed` says what holds something else now."""

    def __init__(self) -> None:
        self._before = _held()

    def changed(self) -> str:
        """Return the name of what was changed, such as "threading.Lock"; "" where nothing was."""
        now = _held()
        for place, held in self._before.items():
            is_class = place not in sys.modules
            # A module of ours fetches more of its words when they are first used; no class gets new ones.
            for name in held.keys() | (now[place].keys() if is_class else ()):
                if now[place].get(name) is not held.get(name):
                    return f"{place}.{name}"
        return ""


def _held() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for module in _modules():
        found[module.__name__] = _settled(vars(module))
        for name, value in vars(module).items():
            if isinstance(value, type) and value.__module__ == module.__name__:
                found[f"{module.__name__}.{name}"] = _settled(vars(value))
    return found


def _modules() -> list[ModuleType]:
    ours = [name for name in sys.modules if name.partition(".")[0] == "helpers"]
    return [sys.modules[name] for name in (*WATCHED, *ours) if name in sys.modules]


def _settled(held: Any) -> dict[str, Any]:
    """What is held under names that do not change by themselves, as counters and caches do."""
    # Functions are of these very types; asking for these first takes half the time.
    return {
        name: value
        for name, value in dict(held).items()
        if type(value) in FUNCTION_LIKE or isinstance(value, type)
    }


FUNCTION_LIKE = {type(len), type(lambda: 0), type(str.join), classmethod, staticmethod, property}
