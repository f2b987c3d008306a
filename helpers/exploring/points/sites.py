"""What is called in front of an instruction that touches a variable: which object it is, read or written?

An object is told apart by itself and, in a container, by the item. Immutable values and the objects that
have steps of their own (locks, threads, queues) are no variables.
"""

from __future__ import annotations

import collections
import gc
import threading
import types
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from readerwriterlock import rwlock

from ...substitution.program_code import is_program_class, is_program_file
from ...substitution.session import current_session
from ..steps import WHOLE, Target

if TYPE_CHECKING:
    from ..scheduler import Scheduler

_BUILT_IN_CONTAINERS = (list, dict, set, collections.deque, bytearray)
_NO_VARIABLES = (
    *(int, float, complex, str, bytes, bool, tuple, frozenset, range, slice, type(None), type(Ellipsis)),
    *(type, property, staticmethod, classmethod, BaseException, Target, threading.Thread, threading.local),
    *(threading.Event, threading.Condition, threading.Semaphore, threading.Barrier, types.ModuleType),
    *(types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.CodeType, types.FrameType),
)
_READING_FUNCTIONS = {
    *map(id, (len, sum, min, max, any, all, sorted, iter, enumerate, zip, map, filter, reversed)),
    *map(id, (repr, print, format, list, tuple, set, frozenset, dict, bytes, str, bool)),
}
_LOOKING_FUNCTIONS = {id(function) for function in (id, type, isinstance, issubclass, callable, hash)}
_READING_METHODS = frozenset(
    {"get", "keys", "values", "items", "copy", "count", "index", "union", "intersection", "difference"}
    | {"isdisjoint", "issubset", "issuperset", "symmetric_difference", "__len__", "__contains__", "__iter__"}
    | {"__getitem__", "__repr__", "find", "startswith", "endswith", "decode", "hex"}
)
_ITEM_READERS = frozenset({"get", "__getitem__", "__contains__"})


@dataclass(eq=False, slots=True)
class Site:
    """One instruction of the program that touches a variable.

    Args:
        kind: which of the methods below is called there.
        filename: the file it stands in.
        line: its line.
        text: what stands there in the source, as far as one line tells.
        writes: True where it changes the variable.
        name: of an attribute or a global variable.
        namespace: of a global variable.
    """

    kind: str
    filename: str
    line: int
    text: str
    writes: bool = False
    name: str = ""
    namespace: Any = None

    # ---- called from the rewritten code, one for each kind of instruction

    def attribute(self, owner: Any) -> None:
        """An attribute of `owner` is read or written."""
        scheduler = _playing()
        if scheduler is not None:
            for holder in _holders(owner, self.name, self.writes):
                scheduler.access(self, holder, self.name, self.writes)

    def cell(self, cell: Any) -> None:
        """A variable that functions share is read or written."""
        scheduler = _playing()
        if scheduler is not None:
            scheduler.access(self, cell, WHOLE, self.writes)

    def global_variable(self) -> None:
        """A global variable is read or written."""
        scheduler = _playing()
        if scheduler is not None:
            scheduler.access(self, self.namespace, self.name, self.writes)

    def item(self, container: Any, key: Any) -> None:
        """An item of `container` is read or written."""
        scheduler = _playing()
        if scheduler is not None and is_variable(container):
            scheduler.access(self, container, _part(container, key), self.writes)

    def whole(self, container: Any) -> None:
        """All of `container` is read or written."""
        scheduler = _playing()
        if scheduler is not None and is_variable(container):
            scheduler.access(self, container, WHOLE, self.writes)

    def both(self, first: Any, second: Any) -> None:
        """Two values are read, or the first is changed in place."""
        scheduler = _playing()
        if scheduler is not None:
            if is_variable(first):
                scheduler.access(self, first, WHOLE, self.writes)
            if is_variable(second):
                scheduler.access(self, second, WHOLE, False)

    def contains(self, _item: Any, container: Any) -> None:
        """An item is looked for in `container`."""
        self.whole(container)

    def iterator(self, iterator: Any) -> None:
        """The next item of what `iterator` goes through is read."""
        scheduler = _playing()
        if scheduler is not None:
            for container in _gone_through(iterator):
                scheduler.access(self, container, WHOLE, False)

    def call(self, function: Any, arguments: tuple[Any, ...]) -> None:
        """A function is called; one without points of its own may read and write what it is given."""
        scheduler = _playing()
        if scheduler is not None:
            _note_passed_over(scheduler, function)
            for value, part, writes in _touched_by_call(function, arguments):
                scheduler.access(self, value, part, writes)

    def call_with(self, function: Any, arguments: Any) -> None:
        """A function is called with the items of `arguments`."""
        self.whole(arguments)
        self.call(function, tuple(arguments) if isinstance(arguments, tuple | list) else ())

    def round(self) -> None:
        """A loop goes round."""
        session = current_session()
        if session is not None:
            session.scheduler.went_round()


def _playing() -> Scheduler | None:
    """Return the scheduler, in a thread of a program that has started threads; else None."""
    session = current_session()
    if session is None:
        return None
    scheduler = session.scheduler
    return scheduler if len(scheduler.tasks) > 1 else None


def is_variable(value: Any) -> bool:
    """Return True for an object that can change and has no steps or points of its own.

    >>> is_variable([]), is_variable({}), is_variable("text"), is_variable(threading.Event())
    (True, True, False, False)
    """
    kind = type(value)
    if kind not in _are_variables:
        is_none = issubclass(kind, _NO_VARIABLES) or _has_methods_with_points(kind)
        _are_variables[kind] = issubclass(kind, _BUILT_IN_CONTAINERS) or not is_none
    return _are_variables[kind]


def _has_methods_with_points(cls: type) -> bool:
    return is_program_class(cls) or cls.__module__ == rwlock.__name__


_are_variables: weakref.WeakKeyDictionary[type, bool] = weakref.WeakKeyDictionary()


def _part(container: Any, key: Any) -> Any:
    """Return which item a key means; -1 of a list of three is 2."""
    if isinstance(container, dict):
        return _simple(key)
    if type(key) is int and hasattr(container, "__len__"):
        return key + len(container) if key < 0 else key
    return WHOLE


def _simple(key: Any) -> Any:
    plain = type(key) in (int, str, bool, bytes, float, type(None))
    return key if plain or (type(key) is tuple and all(_simple(each) is not WHOLE for each in key)) else WHOLE


def _holders(owner: Any, name: str, writes: bool) -> list[Any]:
    """Return the objects whose attribute `name` an access touches; none where it is no variable.

    A value that an object shares with its class is read from both: another thread may give the object a
    value of its own.
    """
    if isinstance(owner, types.ModuleType):
        return [vars(owner)]
    if isinstance(owner, threading.local):
        return []
    if isinstance(owner, type):
        return [owner] if writes else [*_first_with(name, owner.__mro__)]
    keeper = _first_with(name, type(owner).__mro__)
    if not keeper or name in getattr(owner, "__dict__", ()):
        return [owner]
    value = vars(keeper[0])[name]
    if isinstance(value, types.MemberDescriptorType):
        return [owner]
    if hasattr(type(value), "__get__"):
        return []  # a method, or a property: code with points of its own
    return [owner] if writes else [owner, *keeper]


def _first_with(name: str, classes: tuple[type, ...]) -> list[type]:
    return next(([each] for each in classes if name in vars(each)), [])


def _gone_through(iterator: Any) -> list[Any]:
    """Return the containers that an iterator goes through: of `enumerate(items)`, the list."""
    found, look_at = [], [iterator]
    for _ in range(3):
        look_at = [each for value in look_at for each in gc.get_referents(value)]
        found += [each for each in look_at if isinstance(each, _BUILT_IN_CONTAINERS)]
        look_at = [each for each in look_at if "iterator" in type(each).__name__]
    return found


def _touched_by_call(function: Any, arguments: tuple[Any, ...]) -> list[tuple[Any, Any, bool]]:
    """Return what a call may touch: (object, part, whether it writes)."""
    touched: list[tuple[Any, Any, bool]] = []
    owner = getattr(function, "__self__", None)
    if _has_points(function) or id(function) in _LOOKING_FUNCTIONS:
        return touched
    if function is setattr or function is getattr or function is delattr:
        writes = function is not getattr
        return [(holder, arguments[1], writes) for holder in _holders(arguments[0], arguments[1], writes)]
    if owner is not None and is_variable(owner):
        reads = function.__name__ in _READING_METHODS
        part = _simple(arguments[0]) if function.__name__ in _ITEM_READERS and arguments else WHOLE
        touched.append((owner, part, not reads))
    reads_arguments = id(function) in _READING_FUNCTIONS or owner is not None
    for value in arguments:
        if is_variable(value):
            touched.append((value, WHOLE, not reads_arguments))
        elif type(value).__name__.endswith("iterator") or isinstance(value, enumerate | zip | map):
            touched += [(each, WHOLE, False) for each in _gone_through(value)]
    return touched


_HAVE_STEPS = ("threading", "queue", "time", "readerwriterlock.rwlock")


def _note_passed_over(scheduler: Scheduler, function: Any) -> None:
    """Note the Python code without points that the program calls."""
    if isinstance(function, types.MethodType):
        function = function.__func__
    if not isinstance(function, types.FunctionType) or id(function.__code__) in rewritten_codes:
        return
    module = function.__module__ or ""
    if module not in _HAVE_STEPS and not module.startswith("helpers."):
        ours = is_program_file(function.__code__.co_filename)
        scheduler.passed_over.add(f"{function.__qualname__} ({module})" if ours else module)


# The `id`s of the rewritten code objects, which are kept for good.
rewritten_codes: set[int] = set()


def _has_points(function: Any) -> bool:
    """Return True for a function of the program's own, whose code was rewritten."""
    if isinstance(function, types.MethodType):
        function = function.__func__
    if isinstance(function, types.FunctionType):
        return id(function.__code__) in rewritten_codes
    if isinstance(function, type):
        return _has_methods_with_points(function)
    return not callable(function)
