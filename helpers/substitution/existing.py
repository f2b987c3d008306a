"""The locks that exist before a program starts, and their replacement for the time that it runs.

A program can reach locks that it did not make: at module level, in an earlier cell, in a closure, in a
default argument, in an attribute of any of these. `Existing` walks what the program's code names, puts what
the session makes in each lock's place, and puts the originals back afterwards.
"""

from __future__ import annotations

import collections
import functools
import gc
import queue
import sys
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from typing import Any

from readerwriterlock import rwlock

from .constructors import CONSTRUCTORS
from .program_code import is_program_class, is_program_file, is_program_module
from .real import LOCK_TYPES, RealSimpleQueue

DEEPEST = 20_000  # calls
_PLAIN = (int, float, complex, str, bytes, bytearray, bool, type(None), range)
_INNER_LOCKS_ONLY = (threading.Event, threading.Semaphore, threading.Barrier, queue.Queue)
_LIBRARY_OBJECTS = (*_INNER_LOCKS_ONLY, threading.Condition, threading.Thread, types.SimpleNamespace)
_BORROWERS = (types.MethodType, types.BuiltinMethodType, functools.partial)
_CONTAINERS = (list, collections.deque, dict, set, frozenset)
_DEFINITIONS = (types.FunctionType, type, property, staticmethod, classmethod)
_OPAQUE_CONTAINERS = (types.GeneratorType, types.MappingProxyType, map, filter, zip, enumerate, reversed)


class Existing:
    """Replaces the existing locks that a program can reach, and remembers how to put them back.

    Args:
        make: given a real lock (or one left by an earlier run), its path in the program such as
            ``account.lock``, and whether it is only the inside of something else (an Event's lock), returns
            what takes its place.
        is_ours: returns True for a lock that an earlier run made.
        constructors: what names that are bound to functions and classes of Python are replaced by.

    Attributes:
        named: the Events, Queues and the like that were found, and their paths in the program.
        stand_ins: what takes the place of the locks that were found.
        cells: the closures' variables that were found.
        globals: the global variables that the program names, as (namespace, name), existing or not.
    """

    def __init__(
        self,
        make: Callable[[Any, str, str], Any],
        is_ours: Callable[[object], bool],
        constructors: Sequence[tuple[Any, Any]] = CONSTRUCTORS,
    ) -> None:
        self._make, self._is_ours, self._constructors = make, is_ours, constructors
        self._of_lock: dict[int, tuple[Any, Any]] = {}
        self._seen: dict[int, Any] = {}
        self._undo: list[Callable[[], None]] = []
        self.named: list[tuple[Any, str]] = []
        self.stand_ins: list[Any] = []
        self.cells: list[types.CellType] = []
        self.globals: list[tuple[dict[str, Any], str]] = []

    @property
    def reached(self) -> list[Any]:
        """Everything found on the way that can hold other values: functions, classes, containers, objects."""
        return list(self._seen.values())

    def replace(self, program: Callable[[], Any]) -> None:
        """Replace every lock that `program` can reach.

        Raises:
            ValueError: one was found where it cannot be replaced; everything is as it was.
        """
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, DEEPEST))  # for long linked lists
        try:
            self._visit(program, "", "lock")
        except BaseException:
            self.restore()
            raise
        finally:
            sys.setrecursionlimit(limit)

    def restore(self) -> None:
        """Put everything back, the last replacement first."""
        while self._undo:
            self._undo.pop()()

    # ---- one value: itself, or what takes its place

    def _visit(self, value: Any, path: str, role: str) -> Any:
        """Return what stands in for `value`, which is `value` itself unless it is or contains a lock.

        `role` is what a lock found here would be: "lock", "condition", or "inside" of something else.
        """
        if isinstance(value, _PLAIN):
            return value
        constructor = next((ours for real, ours in self._constructors if value is real), None)
        if constructor is not None:
            return constructor
        if isinstance(value, LOCK_TYPES) or self._is_ours(value):
            return self._stand_in(value, path, role)
        if id(value) in self._seen:
            return value
        if isinstance(value, tuple):
            return self._visit_tuple(value, path, role)
        if isinstance(value, functools.partial):
            return self._visit_partial(value, path, role)
        if isinstance(value, types.MethodType | types.BuiltinMethodType):
            return self._visit_method(value, path, role)
        self._seen[id(value)] = value  # keeps it alive, so that the id stays its own
        self._visit_inside(value, path, role)
        return value

    def _stand_in(self, lock: Any, path: str, role: str) -> Any:
        if any(lock is made for made in self.stand_ins):
            return lock  # it was put where this one was found, on another way
        if id(lock) not in self._of_lock:
            made = self._make(lock, path, role)
            self._of_lock[id(lock)] = (lock, made)
            self.stand_ins.append(made)
        return self._of_lock[id(lock)][1]

    def _visit_tuple(self, value: tuple[Any, ...], path: str, role: str) -> Any:
        items = [self._visit(item, f"{path}[{index}]", role) for index, item in enumerate(value)]
        if all(new is old for new, old in zip(items, value, strict=True)):
            return value
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)

    def _visit_partial(self, value: functools.partial[Any], path: str, role: str) -> Any:
        function = self._visit(value.func, path, role)
        arguments = self._visit_tuple(value.args, path, role)
        keywords = {name: self._visit(item, f"{path}.{name}", role) for name, item in value.keywords.items()}
        unchanged = all(keywords[name] is item for name, item in value.keywords.items())
        if function is value.func and arguments is value.args and unchanged:
            return value
        return functools.partial(function, *arguments, **keywords)

    def _visit_method(self, value: Any, path: str, role: str) -> Any:
        owner = value.__self__
        if owner is None or isinstance(owner, types.ModuleType):
            return value
        new = self._visit(owner, path, role)
        if isinstance(value, types.MethodType):
            self._visit(value.__func__, path, role)
        return value if new is owner else getattr(new, value.__name__)

    # ---- what is inside a value

    def _visit_inside(self, value: Any, path: str, role: str) -> None:
        if isinstance(value, _DEFINITIONS):
            self._visit_definition(value, path)
        elif isinstance(value, _CONTAINERS):
            self._visit_container(value, path, role)
        elif isinstance(value, RealSimpleQueue | Executor):
            raise ValueError(
                f"the program reaches {path or 'an object'} (a {type(value).__name__}) made before it "
                "starts, which cannot be given up while it waits: make it inside the program"
            )
        elif _is_opaque(value):
            self._refuse_lock_inside(value, path)
        else:
            self._visit_object(value, path, role)

    def _visit_container(self, value: Any, path: str, role: str) -> None:
        if isinstance(value, set | frozenset):
            for item in value:
                self._refuse_lock(item, f"the set {path}")
        elif isinstance(value, dict):
            if isinstance(value, collections.defaultdict):
                self._put_attribute(value, "default_factory", path)
            for key, item in list(value.items()):
                self._refuse_lock(key, f"a key of {path}")
                self._put(value, key, item, f"{path}[{key!r}]", role)
        else:
            for index, item in enumerate(list(value)):
                self._put(value, index, item, f"{path}[{index}]", role)

    def _visit_definition(self, value: Any, path: str) -> None:
        if isinstance(value, types.FunctionType):
            self._visit_function(value, path)
        elif isinstance(value, type):
            self._visit_class(value, path)
        elif isinstance(value, property):
            for function in (value.fget, value.fset, value.fdel):
                self._visit(function, path, "lock")
        else:
            self._visit(value.__func__, path, "lock")

    def _visit_function(self, function: types.FunctionType, path: str) -> None:
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
            self._put_cell(cell, name)
        self._visit(vars(function).get("__wrapped__"), path, "lock")
        if not is_program_file(function.__code__.co_filename):
            return
        named = list(_named_globals(function))
        self.globals += [(namespace, name) for name, namespace in named]
        found = [(name, namespace) for name, namespace in named if name in namespace]
        # a lock is named after its own variable rather than after one that holds a method of it
        for name, namespace in sorted(found, key=lambda each: isinstance(each[1][each[0]], _BORROWERS)):
            self._put(namespace, name, namespace[name], name, "lock")
        self._put_attribute(function, "__defaults__", function.__name__)
        for name, default in list((function.__kwdefaults__ or {}).items()):
            self._put(function.__kwdefaults__, name, default, name, "lock")

    def _visit_class(self, cls: type, path: str) -> None:
        if not is_program_class(cls):
            return
        for base in cls.__bases__:
            self._visit(base, base.__name__, "lock")
        for name in list(vars(cls)):
            if not isinstance(vars(cls)[name], types.GetSetDescriptorType | types.MemberDescriptorType):
                self._put_attribute(cls, name, f"{cls.__name__}.{name}", item=vars(cls)[name])

    def _visit_object(self, value: Any, path: str, role: str) -> None:
        for function in (getattr(value, "__wrapped__", None), getattr(value, "func", None)):
            if isinstance(function, types.FunctionType):  # a cached function, a cached property
                self._visit(function, path, "lock")
        known = isinstance(value, _LIBRARY_OBJECTS) or type(value).__module__ == rwlock.__name__
        if isinstance(value, types.ModuleType) or not (known or is_program_class(type(value))):
            return
        if known and role != "inside":
            self.named.append((value, path))
        self._visit(type(value), type(value).__name__, "lock")
        for name, item in list(getattr(value, "__dict__", {}).items()):
            if not _is_private(value, name):
                inside = role if role == "inside" else _role(value)
                inner = path if inside == "condition" else f"{path}.{name}" if path else name
                self._put(value.__dict__, name, item, inner, inside)
        for name in _slots(type(value)):
            if hasattr(value, name):
                self._put_attribute(value, name, f"{path}.{name}" if path else name)

    # ---- putting stand-ins in place

    def _put(self, container: Any, key: Any, item: Any, path: str, role: str) -> None:
        new = self._visit(item, path, role)
        if new is not item:
            container[key] = new
            self._undo.append(lambda: _swap_back(container, new, item))

    def _put_cell(self, cell: types.CellType, path: str) -> None:
        self.cells.append(cell)
        try:
            item = cell.cell_contents
        except ValueError:  # an empty cell: the variable has no value yet
            return
        new = self._visit(item, path, "lock")
        if new is not item:
            cell.cell_contents = new
            self._undo.append(lambda: setattr(cell, "cell_contents", item))

    def _put_attribute(self, owner: Any, name: str, path: str, item: Any = None) -> None:
        item = getattr(owner, name) if item is None else item
        new = self._visit(item, path, "lock")
        if new is item:
            return
        try:
            setattr(owner, name, new)
        except (AttributeError, TypeError):
            try:
                object.__setattr__(owner, name, new)  # a frozen dataclass with slots
            except (AttributeError, TypeError) as error:
                raise ValueError(
                    f"the lock at {path} cannot be replaced: make it inside the program"
                ) from error
            self._undo.append(lambda: object.__setattr__(owner, name, item))
        else:
            self._undo.append(lambda: setattr(owner, name, item))

    # ---- refusing what cannot be replaced

    def _refuse_lock(self, value: Any, where: str) -> None:
        if self._visit(value, where, "lock") is not value:
            raise ValueError(
                f"the program reaches a lock in {where}, where it cannot be replaced: keep it in a variable, "
                "an attribute, a list or a dict's value, or make it inside the program"
            )

    def _refuse_lock_inside(self, value: Any, path: str) -> None:
        for item in gc.get_referents(value):
            self._refuse_lock(item, f"{path} (a {type(value).__name__})")


def _is_private(owner: Any, name: str) -> bool:
    """Return True for what only Python itself uses: a thread's own locks, the waiters of a Condition."""
    if isinstance(owner, threading.Thread):
        return name.startswith("_") and name not in ("_target", "_args", "_kwargs")
    return isinstance(owner, threading.Condition) and name == "_waiters"


def _role(owner: Any) -> str:
    """Return what a lock kept in an attribute of `owner` is to the reader of a trace."""
    if isinstance(owner, threading.Condition):
        return "condition"
    if isinstance(owner, _INNER_LOCKS_ONLY) or type(owner).__module__ == rwlock.__name__:
        return "inside"
    return "lock"


def _is_opaque(value: Any) -> bool:
    """Return True for what holds other values but gives no way to change them."""
    kind = type(value)
    return (
        isinstance(value, _OPAQUE_CONTAINERS)
        or kind.__module__ == "itertools"
        or (kind.__module__ == "builtins" and kind.__name__.endswith("iterator"))
    )


def _slots(cls: type) -> Iterator[str]:
    for base in cls.__mro__:
        slots = base.__dict__.get("__slots__", ())
        yield from (slots,) if isinstance(slots, str) else slots


def _named_globals(function: types.FunctionType) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (name, namespace) for every global that a function's code names, modules' attributes included."""
    names = list(dict.fromkeys(_names(function.__code__)))
    for name in names:
        yield name, function.__globals__
    to_do = [function.__globals__.get(name) for name in names]
    to_do += [sys.modules.get(name) for name in names]  # imported by the function itself
    seen: set[int] = set()
    while to_do:
        module = to_do.pop(0)
        if isinstance(module, types.ModuleType) and id(module) not in seen and is_program_module(module):
            seen.add(id(module))
            for name in names:
                yield name, vars(module)
                to_do.append(vars(module).get(name))
                to_do.append(sys.modules.get(f"{module.__name__}.{name}"))


def _names(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names(constant)


def _swap_back(container: Any, stand_in: Any, original: Any) -> None:
    """Put `original` wherever `stand_in` is now: the program may have moved it."""
    keys = list(container) if isinstance(container, dict) else range(len(container))
    for key in keys:
        if container[key] is stand_in:
            container[key] = original
