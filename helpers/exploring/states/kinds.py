"""Which kind of value is written down how."""

from __future__ import annotations

import collections
import functools
import queue
import random
import threading
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readerwriterlock import rwlock

from ...substitution.program_code import is_program_class
from ..primitives import ExploredLock
from ..steps import Target
from . import code, data, shared
from .not_comparable import NotComparable

if TYPE_CHECKING:
    from .values import Values

Writer = Callable[["Values", Any], None]

_PLAIN_OBJECTS = ("contextlib", "types", rwlock.__name__)  # modules whose objects are as their attributes are


def refuse(values: Values, value: Any) -> None:
    """Refuse an object of which nothing is known."""
    raise NotComparable(f"an object of type {type(value).__qualname__}")


# The first that a type is a subclass of counts.
_BY_BASE: list[tuple[Any, Writer]] = [
    (threading.local, refuse),
    (ExploredLock, shared.write_lock),
    (threading.Condition, shared.write_condition),
    (threading.Event, shared.write_event),
    (threading.Semaphore, shared.write_semaphore),
    (threading.Barrier, shared.write_barrier),
    (queue.Queue, shared.write_queue),
    (queue._PySimpleQueue, shared.write_simple_queue),  # type: ignore[attr-defined]
    (threading.Thread, shared.write_thread_object),
    (Target, shared.write_target),
    (random.Random, data.write_random),
    (types.FunctionType, code.write_function),
    (types.MethodType, code.write_method),
    ((types.BuiltinMethodType, types.MethodWrapperType), code.write_builtin_method),
    (types.CellType, code.write_cell),
    (types.GeneratorType, code.write_generator),
    (functools.partial, code.write_partial),
    (slice, data.write_slice),
    (type, code.write_class),
    (code.WRAPPERS, code.write_wrapper),
    (data.ITERATORS, data.write_iterator),
    (data.VIEWS, data.write_view),
    (BaseException, data.write_exception),
    (tuple, data.write_tuple),
    ((list, collections.deque), data.write_list),
    ((set, frozenset), data.write_set),
    (dict, data.write_dict),
    (bytearray, data.write_bytearray),
]
WRITERS: dict[type, Writer] = dict.fromkeys(data.ATOMS, data.write_atom)
WRITERS |= dict.fromkeys(data.WRITTEN_OUT, data.write_as_text)
WRITERS[types.BuiltinFunctionType] = code.write_builtin_method
WRITERS[types.WrapperDescriptorType] = WRITERS[types.MethodDescriptorType] = data.write_constant
WRITERS[types.GetSetDescriptorType] = WRITERS[types.ClassMethodDescriptorType] = data.write_constant


@functools.lru_cache(maxsize=256)
def writer_for(kind: type) -> Writer:
    """Return what writes values of a type down."""
    if issubclass(kind, (*data.ATOMS, *data.WRITTEN_OUT)):
        return data.write_kind_of_atom
    if kind.__name__ == "_tuplegetter":
        return data.write_constant
    for base, writer in _BY_BASE:
        if issubclass(kind, base):
            return writer
    if kind is object or is_program_class(kind) or kind.__module__ in _PLAIN_OBJECTS:
        return data.write_object
    return refuse
