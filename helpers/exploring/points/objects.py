"""Which object an access touches, and which part of it.

What is touched must depend on the instruction and its operands only, and never on what other threads have
done so far: a step is announced before the others go on, and carried out after.
"""

from __future__ import annotations

import collections
import functools
import gc
import threading
import types
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from readerwriterlock import rwlock

from ...substitution.program_code import is_program_class
from ..steps import ANY_OBJECT, WHOLE, Attribute, Target

if TYPE_CHECKING:
    from ..scheduler import Scheduler

BUILT_IN_CONTAINERS = (list, dict, set, collections.deque, bytearray)
_VIEWS = (type({}.keys()), type({}.values()), type({}.items()))
_NO_CONTAINERS = (
    *(int, float, complex, str, bytes, bool, tuple, frozenset, range, slice, type(None), type(Ellipsis)),
    *(type, property, staticmethod, classmethod, BaseException, Target, threading.Thread, threading.local),
    *(threading.Event, threading.Condition, threading.Semaphore, threading.Barrier, types.ModuleType),
    *(types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.CodeType, types.FrameType),
)
_DEEPEST, _MOST_INNER = 3, 50

# The `id`s of the rewritten code objects, which are kept for good.
rewritten_codes: set[int] = set()
# Those of which the interpreter cannot show the variables: from Python 3.13 on, where the variable of a
# comprehension is shared with a function, asking for them may crash.
codes_with_hidden_variables: set[int] = set()


def is_container(value: Any) -> bool:
    """Return True for what can change by code without points: built-in containers, and library objects.

    Immutable values cannot, objects of the program's classes change in the program's code, and locks,
    threads and queues have steps of their own.

    >>> is_container([]), is_container({}.keys()), is_container("text"), is_container(threading.Event())
    (True, True, False, False)
    """
    return _are_containers(type(value))


@functools.lru_cache(maxsize=1024)
def _are_containers(cls: type) -> bool:
    if issubclass(cls, BUILT_IN_CONTAINERS):
        return True
    return not issubclass(cls, _NO_CONTAINERS) and not _changes_in_code_with_points(cls)


def has_methods_with_points(cls: type) -> bool:
    """Return True for a class of the program's own, or of readerwriterlock."""
    return is_program_class(cls) or cls.__module__ == rwlock.__name__


def _changes_in_code_with_points(cls: type) -> bool:
    """Return True for a class whose objects change only in code that has points."""
    bases = [
        base
        for base in cls.__mro__
        if base.__module__ not in ("builtins", "abc", "typing", "typing_extensions")
    ]
    return has_methods_with_points(cls) and all(
        has_methods_with_points(base) or base.__module__ in ("dataclasses", "enum") for base in bases
    )


def behind(container: Any) -> Any:
    """Return the dictionary that a view shows; anything else is itself.

    >>> stock = {"apples": 3}
    >>> behind(stock.keys()) is stock, behind(stock) is stock
    (True, True)
    """
    return gc.get_referents(container)[0] if isinstance(container, _VIEWS) else container


def item_part(container: Any, key: Any) -> Any:
    """Return the part that an item is; `WHOLE` where that depends on how many there are.

    >>> item_part({}, "k"), item_part([1, 2], 1), item_part([1, 2], -1) is WHOLE
    ('k', 1, True)
    """
    if isinstance(container, dict):
        return key_part(key)
    return key if type(key) is int and key >= 0 else WHOLE


def key_part(key: Any) -> Any:
    """Return a plain key as a part; `WHOLE` stands for one whose comparison could be code of the program."""
    if type(key) is tuple:
        return key if all(key_part(each) is not WHOLE for each in key) else WHOLE
    return key if type(key) in (int, str, bool, bytes, float, type(None)) else WHOLE


def attribute_of(scheduler: Scheduler, owner: Any, name: str) -> tuple[Any, Any] | None:
    """Return the object that keeps an attribute, and the part of it; None where it is no variable.

    An object of the program's classes and these classes are one target, for a class's attribute is read
    through its objects.
    """
    if isinstance(owner, types.ModuleType):
        return vars(owner), name
    if isinstance(owner, type):
        return _family(owner), Attribute(name, ANY_OBJECT)
    attributes = scheduler.variables.of(owner).attributes
    if name not in attributes:
        cls = type(owner)
        if issubclass(cls, Target | threading.local) or _is_code(scheduler, cls, name):
            return None
        attributes[name] = _family(cls), Attribute(name, scheduler.number_of(owner))
    return attributes[name]


def _family(cls: type) -> type:
    """Return the class that stands for all that inherit from one another: the last one before `object`."""
    return cls.__mro__[-2] if len(cls.__mro__) > 1 else cls


def _is_code(scheduler: Scheduler, cls: type, name: str) -> bool:
    """Return True for a method or a property: its code has points of its own."""
    found = next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)
    if isinstance(found, functools.cached_property):
        scheduler.notice("functools.cached_property")  # what it keeps, it keeps where no step stands
    return isinstance(found, types.FunctionType | property | classmethod | staticmethod)


def gone_through(iterator: Any) -> list[Any]:
    """Return the containers that an iterator goes through.

    >>> names = ["ann", "bob"]
    >>> gone_through(enumerate(names))[0] is names
    True
    """
    found: list[Any] = []
    look_at = [iterator]
    for _ in range(_DEEPEST):
        look_at = [each for value in look_at for each in gc.get_referents(value)]
        found += [behind(each) for each in look_at if isinstance(each, (*BUILT_IN_CONTAINERS, *_VIEWS))]
        look_at = [each for each in look_at if is_iterator(each)]
    return found


OVER_IMMUTABLE = frozenset(type(iter(each)) for each in ((), range(0), "", b""))
OVER_A_LIST = type(iter([]))


def is_iterator(value: Any) -> bool:
    """Return True for what goes through something else: an iterator, `enumerate`, `zip`, a generator."""
    return hasattr(type(value), "__next__")


def with_inner(container: Any, depth: int = _DEEPEST) -> Iterator[Any]:
    """Yield a container and the containers inside it, as far as they are few and near.

    >>> table = [[0], [1]]
    >>> [each is inner for each, inner in zip(with_inner(table), [table, table[0], table[1]], strict=True)]
    [True, True, True]
    """
    container = behind(container)
    yield container
    if depth and isinstance(container, dict | list | set | tuple | collections.deque):
        items = container.values() if isinstance(container, dict) else container
        for each in islice(list(items), _MOST_INNER):
            if is_container(each):
                yield from with_inner(each, depth - 1)
