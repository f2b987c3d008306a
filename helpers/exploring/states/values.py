"""The values that a program keeps, written down so that equal states give equal lists.

An object that can change is written once, with a number in the order of the first visit; met again, it is
only its number. So neither addresses nor the history of a state matter, but who shares what does.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import functools
import queue
import random
import threading
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readerwriterlock import rwlock

from ...substitution.program_code import is_program_class
from ..points.objects import rewritten_codes
from ..primitives import ExploredLock
from ..steps import ANY_OBJECT, WHOLE, Attribute, Target

if TYPE_CHECKING:
    from ..scheduler import Scheduler

_ATOMS = (
    *(int, str, bytes, bool, type(None), type(Ellipsis), type(NotImplemented), range),
    *(types.CodeType, types.ModuleType, types.BuiltinFunctionType),
)
# Where numbers are equal that are written differently, such as 0.0 and -0.0, both may go on differently.
_WRITTEN_OUT = (
    *(float, complex, decimal.Decimal, fractions.Fraction),
    *(datetime.date, datetime.time, datetime.datetime, datetime.timedelta),
)
_ITERATORS = tuple(
    type(each)
    for each in (
        *(iter([]), iter(()), iter(range(0)), iter(""), iter(b""), iter({}), iter({}.values())),
        *(iter({}.items()), iter(set()), reversed([]), enumerate(()), zip(), map(len, ()), filter(None, ())),
    )
)
_VIEWS = (type({}.keys()), type({}.values()), type({}.items()))
_WRAPPERS = (property, staticmethod, classmethod, functools.cached_property)
_PLAIN_OBJECTS = ("contextlib", "types", rwlock.__name__)  # modules whose objects are as their attributes are


_HELPERS = __file__[: -len("exploring/states/values.py")]
OURS = (f"{_HELPERS}exploring/", f"{_HELPERS}substitution/")  # files whose functions are no part of a program


class NotComparable(Exception):
    """A state has something in it that cannot be compared with what it is in another state."""


class Values:
    """Writes values down, one after another.

    Args:
        scheduler: knows the threads, and who waits on what.

    Attributes:
        written: what was written so far.
    """

    def __init__(self, scheduler: Scheduler) -> None:
        self.written: list[Any] = []
        self._scheduler = scheduler
        self._numbers: dict[int, int] = {}
        self._kept: list[Any] = []  # so that no other object gets the same `id` meanwhile

    def add(self, value: Any) -> None:
        """Write a value down.

        Raises:
            NotComparable: there is something in it whose state cannot be seen.
        """
        kind = type(value)
        (_WRITERS.get(kind) or _writer_for(kind))(self, value)

    def add_all(self, values: Any) -> None:
        """Write some values down, and how many there are."""
        values = list(values)
        self.written.append(len(values))
        for value in values:
            self.add(value)

    def add_part(self, part: Any) -> None:
        """Write down which part of an object a step is about."""
        if type(part) is Attribute:
            self.written.append(part.name)
            if part.owner != ANY_OBJECT:
                self.add(self._scheduler.targets[part.owner])
        elif part is not WHOLE:
            self.add(part)

    def is_new(self, value: Any) -> bool:
        """Give an object its number and return True; where it has one, write that down and return False."""
        number = self._numbers.get(id(value))
        if number is not None:
            self.written.append(("again", number))
            return False
        self._numbers[id(value)] = len(self._numbers)
        self._kept.append(value)
        return True

    # ---- one method a kind of value

    def _atom(self, value: Any) -> None:
        self.written += (type(value), value)

    def _written_out(self, value: Any) -> None:
        self.written += (type(value), repr(value))

    def _kind_of_atom(self, value: Any) -> None:
        """Write down a number or text of a class of the program's own, without asking that class."""
        base = next(each for each in (*_ATOMS, *_WRITTEN_OUT) if isinstance(value, each))
        self.add(type(value))
        self.written += (base, base.__repr__(value))
        self._attributes(value)

    def _slice(self, value: slice) -> None:
        self.written.append(slice)
        self.add((value.start, value.stop, value.step))

    def _constant(self, value: Any) -> None:
        self.written.append(id(value))
        self._kept.append(value)

    def _tuple(self, value: tuple[Any, ...]) -> None:
        self.written.append(type(value))
        self.add_all(value)
        self._attributes(value)

    def _list(self, value: Any) -> None:
        if self.is_new(value):
            self.written += (type(value), getattr(value, "maxlen", None))
            self.add_all(value)
            self._attributes(value)

    def _set(self, value: Any) -> None:
        if type(value) is frozenset or self.is_new(value):
            if not all(map(_is_plain, value)):
                raise NotComparable("a set of objects")
            self.written.append(type(value))
            self.written += sorted((type(each).__name__, repr(each)) for each in value)
            self.written.append(len(value))
            self._attributes(value)

    def _dict(self, value: dict[Any, Any]) -> None:
        if self.is_new(value):
            self.written += (type(value), len(value))
            self.add(getattr(value, "default_factory", None))
            for key, item in value.items():
                self.add(key)
                self.add(item)
            self._attributes(value)

    def _view(self, value: Any) -> None:
        self.written.append(type(value))
        self.add(value.mapping)

    def _bytearray(self, value: bytearray) -> None:
        if self.is_new(value):
            self.written.append(bytes(value))
            self._attributes(value)

    def _function(self, value: types.FunctionType) -> None:
        self.written.append(id(value.__code__))
        of_the_program = id(value.__code__) in rewritten_codes
        ours = value.__code__.co_filename.startswith(OURS)
        if (of_the_program or (value.__closure__ and not ours)) and self.is_new(value):
            self.add_all(value.__closure__ or ())
        if of_the_program and value.__defaults__:
            self.add(value.__defaults__)
        if of_the_program and value.__kwdefaults__:
            self.add_all(value.__kwdefaults__.values())
        if of_the_program and value.__dict__:
            self._attributes(value)

    def _method(self, value: types.MethodType) -> None:
        self.written.append(type(value))
        self.add(value.__func__)
        self.add(value.__self__)

    def _builtin_method(self, value: Any) -> None:
        if value.__self__ is None or isinstance(value.__self__, types.ModuleType):
            self.written.append(id(value))
        else:
            self.written += (type(value), value.__name__)
            self.add(value.__self__)

    def _partial(self, value: functools.partial[Any]) -> None:
        self.written.append(type(value))
        self.add(value.func)
        self.add(value.args)
        self.add_all(item for pair in value.keywords.items() for item in pair)
        self._attributes(value)

    def _cell(self, value: types.CellType) -> None:
        if self.is_new(value):
            try:
                content = value.cell_contents
            except ValueError:
                self.written.append("empty")
            else:
                self.add(content)

    def _class(self, value: type) -> None:
        if not is_program_class(value):
            self.written.append(id(value))
        elif self.is_new(value):
            self.written.append(value.__qualname__)
            for name, item in vars(value).items():
                if name not in _MADE_WITH_A_CLASS and not isinstance(item, types.MemberDescriptorType):
                    self.written.append(name)
                    self.add(item)
            self.add(value.__bases__)

    def _wrapper(self, value: Any) -> None:
        self.written.append(type(value))
        for name in ("fget", "fset", "fdel", "__func__", "func"):
            self.add(getattr(value, name, None))

    def _object(self, value: Any) -> None:
        if self.is_new(value):
            self.add(type(value))
            self._attributes(value)

    def _exception(self, value: BaseException) -> None:
        if self.is_new(value):
            self.add(type(value))
            self.add(value.args)
            self.add((value.__context__, value.__cause__, value.__suppress_context__))
            self._attributes(value)

    def _attributes(self, value: Any) -> None:
        for name, item in getattr(value, "__dict__", {}).items():
            self.written.append(name)
            self.add(item)
        for name in _slots(type(value)):
            if hasattr(value, name):
                self.written.append(name)
                self.add(getattr(value, name))
        self.written.append(None)

    def _iterator(self, value: Any) -> None:
        if self.is_new(value):
            self.written.append(type(value))
            self.add(value.__reduce__()[1:])

    def _generator(self, value: types.GeneratorType[Any, Any, Any]) -> None:
        from .threads import write_frame  # it writes values itself

        if self.is_new(value) and not value.gi_running:
            self.written.append(type(value))
            if value.gi_frame is not None:
                write_frame(self, value.gi_frame)

    # ---- what threads share

    def _lock(self, value: ExploredLock) -> None:
        if self.is_new(value):
            self.written += (type(value), value.owner, getattr(value, "depth", 0), *sorted(value.woken), None)

    def _condition(self, value: threading.Condition) -> None:
        if self.is_new(value):
            self.add(value._lock)  # type: ignore[attr-defined]
            self.written += (type(value), self._scheduler.waiters_of(value).state())
            self._own_attributes(value, _CONDITION)

    def _event(self, value: Any) -> None:
        if self.is_new(value):
            self.written += (type(value), value._flag)
            self._own_attributes(value, _EVENT)

    def _semaphore(self, value: Any) -> None:
        if self.is_new(value):
            self.written += (type(value), value._value, getattr(value, "_initial_value", 0))
            self._own_attributes(value, _SEMAPHORE)

    def _barrier(self, value: Any) -> None:
        if self.is_new(value):
            from ..primitives.signals import Rendezvous

            target = self._scheduler.target_of(value, Rendezvous)
            self.written += (type(value), value._parties, target.arrived, target.broken)
            self.add(value._action)
            self._own_attributes(value, _BARRIER)

    def _queue(self, value: Any) -> None:
        if self.is_new(value):
            shut_down = getattr(value, "is_shutdown", False)
            self.written += (type(value), value.maxsize, value.unfinished_tasks, shut_down)
            self.add_all(value.queue)
            self._own_attributes(value, _QUEUE)

    def _simple_queue(self, value: Any) -> None:
        if self.is_new(value):
            self.written.append(type(value))
            self.add_all(value._queue)

    def _thread(self, value: threading.Thread) -> None:
        if self.is_new(value):
            task = self._scheduler.task_of(value)
            self.written += ("thread", task.id, value.name, value.daemon)
            if task.id < 0:
                own = ("_target", "_args", "_kwargs")
                self.add_all(getattr(value, name, None) for name in own)
            self._own_attributes(value, _THREAD)

    def _own_attributes(self, value: Any, plain: Any) -> None:
        """Write down the attributes that a program has given to an object of Python's own."""
        for name, item in vars(value).items():
            if name not in vars(plain):
                self.written.append(name)
                self.add(item)

    def _random(self, value: random.Random) -> None:
        if self.is_new(value):
            self.written.append(value.getstate())

    def _target(self, value: Any) -> None:
        """Write down one of the scheduler's own targets: what it stands for."""
        for name in ("thread", "object", "owner"):
            if hasattr(value, name):
                self.add(getattr(value, name))
                return
        raise NotComparable(type(value).__name__)

    def _unknown(self, value: Any) -> None:
        raise NotComparable(f"an object of type {type(value).__qualname__}")


@functools.lru_cache(maxsize=256)
def _slots(cls: type) -> tuple[str, ...]:
    """Return the attributes of a program's class that its objects keep outside their `__dict__`."""
    return tuple(
        name
        for base in filter(is_program_class, cls.__mro__)
        for name, member in vars(base).items()
        if isinstance(member, types.MemberDescriptorType)
    )


def _is_plain(value: Any) -> bool:
    if type(value) in (tuple, frozenset):
        return all(map(_is_plain, value))
    return type(value) in (int, str, bytes, float, bool, type(None))


# What Python's own objects are made of, and every class: all else is the program's.
_CONDITION, _EVENT, _SEMAPHORE = threading.Condition(), threading.Event(), threading.BoundedSemaphore()
_BARRIER, _QUEUE, _THREAD = threading.Barrier(1), queue.LifoQueue(), threading.Thread(target=print)
_MADE_WITH_A_CLASS = frozenset(
    """
    __module__ __dict__ __weakref__ __doc__ __qualname__ __annotations__ __abstractmethods__ __parameters__
    __orig_bases__ __match_args__ __slots__ __static_attributes__ __firstlineno__ __type_params__ _abc_impl
    __dataclass_fields__ __dataclass_params__ __protocol_attrs__ __non_callable_proto_members__
    """.split()  # noqa: SIM905 - a table reads better so
)


Writer = Callable[[Values, Any], None]

# The first that a type is a subclass of counts.
_BY_BASE: list[tuple[Any, Writer]] = [
    (threading.local, Values._unknown),
    (ExploredLock, Values._lock),
    (threading.Condition, Values._condition),
    (threading.Event, Values._event),
    (threading.Semaphore, Values._semaphore),
    (threading.Barrier, Values._barrier),
    (queue.Queue, Values._queue),
    (queue._PySimpleQueue, Values._simple_queue),  # type: ignore[attr-defined]
    (threading.Thread, Values._thread),
    (Target, Values._target),
    (random.Random, Values._random),
    (types.FunctionType, Values._function),
    (types.MethodType, Values._method),
    ((types.BuiltinMethodType, types.MethodWrapperType), Values._builtin_method),
    (types.CellType, Values._cell),
    (types.GeneratorType, Values._generator),
    (functools.partial, Values._partial),
    (slice, Values._slice),
    (type, Values._class),
    (_WRAPPERS, Values._wrapper),
    (_ITERATORS, Values._iterator),
    (_VIEWS, Values._view),
    (BaseException, Values._exception),
    (tuple, Values._tuple),
    ((list, collections.deque), Values._list),
    ((set, frozenset), Values._set),
    (dict, Values._dict),
    (bytearray, Values._bytearray),
]
_WRITERS: dict[type, Writer] = dict.fromkeys(_ATOMS, Values._atom)
_WRITERS |= dict.fromkeys(_WRITTEN_OUT, Values._written_out)
_WRITERS[types.BuiltinFunctionType] = Values._builtin_method
_WRITERS[types.WrapperDescriptorType] = _WRITERS[types.MethodDescriptorType] = Values._constant
_WRITERS[types.GetSetDescriptorType] = _WRITERS[types.ClassMethodDescriptorType] = Values._constant


@functools.lru_cache(maxsize=256)
def _writer_for(kind: type) -> Writer:
    if issubclass(kind, (*_ATOMS, *_WRITTEN_OUT)):
        return Values._kind_of_atom
    if kind.__name__ == "_tuplegetter":
        return Values._constant
    for base, writer in _BY_BASE:
        if issubclass(kind, base):
            return writer
    if kind is object or is_program_class(kind) or kind.__module__ in _PLAIN_OBJECTS:
        return Values._object
    return Values._unknown
