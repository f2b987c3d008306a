"""How code is written down: functions and methods, what they hold, classes, generators.

Each function writes one value of its kind.
"""

from __future__ import annotations

import functools
import types
from typing import TYPE_CHECKING, Any

from ...substitution.program_code import is_program_class
from ..points.objects import rewritten_codes
from .data import write_attributes

if TYPE_CHECKING:
    from .values import Values

WRAPPERS = (property, staticmethod, classmethod, functools.cached_property)

_HELPERS = __file__[: -len("exploring/states/code.py")]
OURS = (f"{_HELPERS}exploring/", f"{_HELPERS}substitution/")  # files whose functions are no part of a program

# What every class has: all else is the program's.
_MADE_WITH_A_CLASS = frozenset(
    """
    __module__ __dict__ __weakref__ __doc__ __qualname__ __annotations__ __abstractmethods__ __parameters__
    __orig_bases__ __match_args__ __slots__ __static_attributes__ __firstlineno__ __type_params__ _abc_impl
    __dataclass_fields__ __dataclass_params__ __protocol_attrs__ __non_callable_proto_members__
    __annotate__ __annotate_func__ __annotations_cache__ __conditional_annotations__ __classdictcell__
    """.split()  # noqa: SIM905 - a table reads better so
)


def write_function(values: Values, value: types.FunctionType) -> None:
    """Write down a function: its code, and what it holds where the program may see that."""
    values.written.append(id(value.__code__))
    of_the_program = id(value.__code__) in rewritten_codes
    ours = value.__code__.co_filename.startswith(OURS)
    if (of_the_program or (value.__closure__ and not ours)) and values.is_new(value):
        values.add_all(value.__closure__ or ())
    if of_the_program and value.__defaults__:
        values.add(value.__defaults__)
    if of_the_program and value.__kwdefaults__:
        values.add_all(value.__kwdefaults__.values())
    if of_the_program and value.__dict__:
        write_attributes(values, value)


def write_method(values: Values, value: types.MethodType) -> None:
    """Write down a method: its function, and the object to which it is bound."""
    values.written.append(type(value))
    values.add(value.__func__)
    values.add(value.__self__)


def write_builtin_method(values: Values, value: Any) -> None:
    """Write down a function of C: the object to which it is bound, if any."""
    if value.__self__ is None or isinstance(value.__self__, types.ModuleType):
        values.written.append(id(value))
    else:
        values.written += (type(value), value.__name__)
        values.add(value.__self__)


def write_partial(values: Values, value: functools.partial[Any]) -> None:
    """Write down a partial: its function and the arguments that it has."""
    values.written.append(type(value))
    values.add(value.func)
    values.add(value.args)
    values.add_all(item for pair in value.keywords.items() for item in pair)
    write_attributes(values, value)


def write_cell(values: Values, value: types.CellType) -> None:
    """Write down what a variable that functions share holds."""
    if values.is_new(value):
        try:
            content = value.cell_contents
        except ValueError:
            values.written.append("empty")
        else:
            values.add(content)


def write_class(values: Values, value: type) -> None:
    """Write down a class: where it is the program's, with all that it holds."""
    if not is_program_class(value):
        values.written.append(id(value))
    elif values.is_new(value):
        values.written.append(value.__qualname__)
        for name, item in vars(value).items():
            if name not in _MADE_WITH_A_CLASS and not isinstance(item, types.MemberDescriptorType):
                values.written.append(name)
                values.add(item)
        values.add(value.__bases__)


def write_wrapper(values: Values, value: Any) -> None:
    """Write down the functions that a property or its like wraps."""
    values.written.append(type(value))
    for name in ("fget", "fset", "fdel", "__func__", "func"):
        values.add(getattr(value, name, None))


def write_generator(values: Values, value: types.GeneratorType[Any, Any, Any]) -> None:
    """Write down where a generator stands."""
    from .threads import write_frame  # it writes values itself

    if values.is_new(value) and not value.gi_running:
        values.written.append(type(value))
        if value.gi_frame is not None:
            write_frame(values, value.gi_frame)
