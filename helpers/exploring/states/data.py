"""How data is written down: numbers and texts, containers, iterators, and objects by their attributes.

Each function writes one value of its kind.
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import functools
import random
import types
from typing import TYPE_CHECKING, Any

from ...substitution.program_code import is_program_class
from .not_comparable import NotComparable

if TYPE_CHECKING:
    from .values import Values

ATOMS = (
    *(int, str, bytes, bool, type(None), type(Ellipsis), type(NotImplemented), range),
    *(types.CodeType, types.ModuleType, types.BuiltinFunctionType),
)
# Where numbers are equal that are written differently, such as 0.0 and -0.0, both may go on differently.
WRITTEN_OUT = (
    *(float, complex, decimal.Decimal, fractions.Fraction),
    *(datetime.date, datetime.time, datetime.datetime, datetime.timedelta),
)
ITERATORS = tuple(
    type(each)
    for each in (
        *(iter([]), iter(()), iter(range(0)), iter(""), iter(b""), iter({}), iter({}.values())),
        *(iter({}.items()), iter(set()), reversed([]), enumerate(()), zip(), map(len, ()), filter(None, ())),
    )
)
VIEWS = (type({}.keys()), type({}.values()), type({}.items()))


def write_atom(values: Values, value: Any) -> None:
    """Write down what cannot change and is equal only to its like."""
    values.written += (type(value), value)


def write_as_text(values: Values, value: Any) -> None:
    """Write down a number or a moment as its text."""
    values.written += (type(value), repr(value))


def write_kind_of_atom(values: Values, value: Any) -> None:
    """Write down a number or text of a class of the program's own, without asking that class."""
    base = next(each for each in (*ATOMS, *WRITTEN_OUT) if isinstance(value, each))
    values.add(type(value))
    values.written += (base, base.__repr__(value))
    write_attributes(values, value)


def write_slice(values: Values, value: slice) -> None:
    """Write down where a slice begins and ends, and its step."""
    values.written.append(slice)
    values.add((value.start, value.stop, value.step))


def write_constant(values: Values, value: Any) -> None:
    """Write down what is the same object in every state."""
    values.written.append(id(value))
    values.kept.append(value)


def write_tuple(values: Values, value: tuple[Any, ...]) -> None:
    """Write down a tuple, also one of a class of the program's own."""
    values.written.append(type(value))
    values.add_all(value)
    write_attributes(values, value)


def write_list(values: Values, value: Any) -> None:
    """Write down a list or a deque."""
    if values.is_new(value):
        values.written += (type(value), getattr(value, "maxlen", None))
        values.add_all(value)
        write_attributes(values, value)


def write_set(values: Values, value: Any) -> None:
    """Write down a set, whatever the order in which it keeps its members."""
    if type(value) is frozenset or values.is_new(value):
        if not all(map(_is_plain, value)):
            raise NotComparable("a set of objects")
        values.written.append(type(value))
        values.written += sorted((type(each).__name__, repr(each)) for each in value)
        values.written.append(len(value))
        write_attributes(values, value)


def write_dict(values: Values, value: dict[Any, Any]) -> None:
    """Write down a dictionary in its order."""
    if values.is_new(value):
        values.written += (type(value), len(value))
        values.add(getattr(value, "default_factory", None))
        for key, item in value.items():
            values.add(key)
            values.add(item)
        write_attributes(values, value)


def write_view(values: Values, value: Any) -> None:
    """Write down a view of a dictionary: that dictionary."""
    values.written.append(type(value))
    values.add(value.mapping)


def write_bytearray(values: Values, value: bytearray) -> None:
    """Write down the bytes of a bytearray."""
    if values.is_new(value):
        values.written.append(bytes(value))
        write_attributes(values, value)


def write_object(values: Values, value: Any) -> None:
    """Write down an object of a class of the program's own."""
    if values.is_new(value):
        values.add(type(value))
        write_attributes(values, value)


def write_exception(values: Values, value: BaseException) -> None:
    """Write down an exception, with those that it came from."""
    if values.is_new(value):
        values.add(type(value))
        values.add(value.args)
        values.add((value.__context__, value.__cause__, value.__suppress_context__))
        write_attributes(values, value)


def write_attributes(values: Values, value: Any) -> None:
    """Write down the attributes of an object."""
    for name, item in getattr(value, "__dict__", {}).items():
        values.written.append(name)
        values.add(item)
    for name in _slots(type(value)):
        if hasattr(value, name):
            values.written.append(name)
            values.add(getattr(value, name))
    values.written.append(None)


def write_iterator(values: Values, value: Any) -> None:
    """Write down what an iterator goes through, and how far it is."""
    if values.is_new(value):
        values.written.append(type(value))
        values.add(value.__reduce__()[1:])


def write_random(values: Values, value: random.Random) -> None:
    """Write down the state of a random generator."""
    if values.is_new(value):
        values.written.append(value.getstate())


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
