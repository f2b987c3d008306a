"""What a program can change and reach, kept before the first schedule and put back before each."""

from __future__ import annotations

import array
import collections
import contextlib
import random
import threading
import types
from collections.abc import Callable
from typing import Any

from ..substitution import Existing
from ..substitution.program_code import is_program_class

_MISSING = object()


class State:
    """The values of everything that a program reaches: cells, global variables, containers, attributes."""

    def __init__(self, existing: Existing) -> None:
        self._undo: list[Callable[[], None]] = []
        for cell in existing.cells:
            self._keep_cell(cell)
        for namespace, name in existing.globals:
            self._keep_global(namespace, name)
        for value in existing.reached:
            self._keep(value)

    def restore(self) -> None:
        """Put everything back."""
        for undo in self._undo:
            undo()

    def _keep_cell(self, cell: types.CellType) -> None:
        try:
            value = cell.cell_contents
        except ValueError:

            def empty() -> None:
                with contextlib.suppress(ValueError):
                    del cell.cell_contents

            self._undo.append(empty)
        else:
            self._undo.append(lambda: setattr(cell, "cell_contents", value))

    def _keep_global(self, namespace: dict[str, Any], name: str) -> None:
        value = namespace.get(name, _MISSING)
        if value is _MISSING:
            self._undo.append(lambda: namespace.pop(name, None) and None)
        else:
            self._undo.append(lambda: namespace.__setitem__(name, value))

    def _keep(self, value: Any) -> None:
        if hasattr(value, "cache_clear"):
            self._undo.append(value.cache_clear)
        if isinstance(value, list | bytearray | array.array):
            items = value[:]
            self._undo.append(lambda: value.__setitem__(slice(None), items))
        elif isinstance(value, dict | set):
            self._keep_refilled(value, value.copy(), value.update)
        elif isinstance(value, collections.deque):
            self._keep_refilled(value, tuple(value), value.extend)
        elif isinstance(value, random.Random):
            state = value.getstate()
            self._undo.append(lambda: value.setstate(state))
        elif isinstance(value, type):
            self._keep_class(value)
        elif not isinstance(value, types.ModuleType):
            self._keep_object(value)

    def _keep_refilled(self, value: Any, items: Any, refill: Callable[[Any], None]) -> None:
        def restore() -> None:
            value.clear()
            refill(items)

        self._undo.append(restore)

    def _keep_class(self, value: type) -> None:
        plain = {name: item for name, item in vars(value).items() if not name.startswith("__")}

        def restore() -> None:
            for name in [name for name in vars(value) if not name.startswith("__") and name not in plain]:
                delattr(value, name)
            for name, item in plain.items():
                if vars(value).get(name, _MISSING) is not item:
                    setattr(value, name, item)

        self._undo.append(restore)

    def _keep_object(self, value: Any) -> None:
        if isinstance(value, threading.Thread):
            flag = value._started._flag  # type: ignore[attr-defined]
            self._undo.append(lambda: setattr(value._started, "_flag", flag))  # type: ignore[attr-defined]
        attributes = getattr(value, "__dict__", None)
        if isinstance(attributes, dict) and not isinstance(value, threading.local):
            self._keep_refilled(attributes, attributes.copy(), attributes.update)
        for base in filter(is_program_class, type(value).__mro__):
            for member in vars(base).values():
                if isinstance(member, types.MemberDescriptorType):
                    self._keep_slot(value, member)

    def _keep_slot(self, value: Any, member: types.MemberDescriptorType) -> None:
        kept = getattr(value, member.__name__, _MISSING)

        def restore() -> None:
            if kept is not _MISSING:
                member.__set__(value, kept)
            elif hasattr(value, member.__name__):
                member.__delete__(value)

        self._undo.append(restore)
