"""Sees whether an answer changed what is not its own: threading, time, the builtins, the course itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

WATCHED = ("builtins", "threading", "time", "random", "queue", "contextlib", "readerwriterlock.rwlock")


class Watch:
    """Remembers what modules and their classes hold; `changed` says what holds something else now."""

    def __init__(self) -> None:
        self._modules = {module.__name__: module for module in _modules()}
        self._held = [
            (place, holder, _settled(vars(holder)))
            for module in self._modules.values()
            for place, holder in _holders(module)
        ]

    def changed(self) -> str:
        """Return the name of what was changed, such as "threading.Lock"; "" where nothing was."""
        for name, module in self._modules.items():
            if sys.modules.get(name) is not module:
                return name
        for place, holder, held in self._held:
            now = vars(holder)
            for name, value in held.items():
                if now.get(name) is not value:
                    return f"{place}.{name}"
            # A module of ours fetches more of its words when they are first used; no class gets new ones.
            if isinstance(holder, type) and (new := _settled(now).keys() - held):
                return f"{place}.{min(new)}"
        return ""


def _modules() -> list[ModuleType]:
    ours = [name for name in sys.modules if name.partition(".")[0] == "helpers"]
    return [sys.modules[name] for name in (*WATCHED, *ours) if name in sys.modules]


def _holders(module: ModuleType) -> Iterator[tuple[str, ModuleType | type]]:
    """The module and the classes that it defines, each with its name."""
    yield module.__name__, module
    for name, value in vars(module).items():
        if isinstance(value, type) and value.__module__ == module.__name__:
            yield f"{module.__name__}.{name}", value


def _settled(held: Any) -> dict[str, Any]:
    """What is held under names that do not change by themselves, as counters and caches do."""
    # Functions are of these very types; asking for these first takes half the time.
    return {
        name: value
        for name, value in dict(held).items()
        if type(value) in FUNCTION_LIKE or isinstance(value, type)
    }


FUNCTION_LIKE = {type(len), type(lambda: 0), type(str.join), classmethod, staticmethod, property}
