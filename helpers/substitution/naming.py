"""The name that an object has in the program: the variable or attribute that its constructor's call goes to.

`executing` finds the very call in the source that a frame is in; the name is read off what surrounds it.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
from collections import Counter
from collections.abc import Iterator
from types import FrameType
from typing import Any

from executing import Source

from .program_code import is_program_file, program_frame
from .real import RealLock

# Functions that the compiler makes of a part of a statement; of a comprehension, up to Python 3.11 only.
_INSIDE = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")


class Namer:
    """Gives every object made during one execution a name of its own; a second ``lock`` is ``lock#2``."""

    def __init__(self) -> None:
        self._counting = RealLock()
        self._given: Counter[str] = Counter()
        self._made_by_call: Counter[tuple[int, int]] = Counter()
        self._frames: list[FrameType] = []
        self._names: dict[int, tuple[Any, str]] = {}

    def unique(self, name: str) -> str:
        """Return `name`, with a number where it was given before."""
        with self._counting:
            self._given[name] += 1
            count = self._given[name]
        return name if count == 1 else f"{name}#{count}"

    def created(self, frame: FrameType, kind: str) -> str:
        """Return a unique name for what the call that `frame` is in makes.

        Args:
            frame: the frame whose current call makes the object; library frames are passed over.
            kind: the name to use where the program gives none, such as "Lock".
        """
        return self.unique(self._name(frame, kind) or kind)

    def name_object(self, obj: Any, frame: FrameType) -> None:
        """Name an Event, a Queue or the like after what the program assigns it to."""
        self.give(obj, self.created(frame, _kind_of(obj)))

    def give(self, obj: Any, name: str) -> None:
        """Remember what the program calls an object."""
        self._names[id(obj)] = (obj, name)  # keeps the object, and so its id

    def of(self, obj: Any) -> str:
        """Return what the program calls an object; one without a name is called after its class."""
        if id(obj) not in self._names:
            self.give(obj, self.unique(_kind_of(obj)))
        return self._names[id(obj)][1]

    def given(self) -> list[tuple[Any, str]]:
        """Return every object that has a name, and its name."""
        return list(self._names.values())

    def forget_frames(self) -> None:
        """Let go of the frames that were kept to count calls, so that their variables can be freed."""
        self._frames.clear()

    def _name(self, frame: FrameType, kind: str) -> str | None:
        field = _dataclass_field(frame, kind)
        program = program_frame(frame)
        if program is None:
            return field
        call = _call_node(program)
        target = _target(call) if call is not None else None
        name = None if target is None else self._spelled(target, program)
        if name is not None and name.startswith("self."):
            name = self._of_instance(program, name.removeprefix("self."))
        return name if field is None else f"{name}.{field}" if name else field

    def _of_instance(self, frame: FrameType, attribute: str) -> str:
        """Name an attribute after the variable that its object goes to, where the program has one."""
        if frame.f_code.co_name in _INSIDE and frame.f_back is not None:
            frame = frame.f_back
        outer = frame.f_back
        if frame.f_code.co_name != "__init__" or outer is None or program_frame(outer) is not outer:
            return attribute
        owner = self._name(outer, "")
        return f"{owner}.{attribute}" if owner else attribute

    def _spelled(self, target: _Target, frame: FrameType) -> str:
        if target.key is not None:
            key = _value(target.key, frame)
            if key is not None:
                return f"{target.name}[{key}]"
        if target.numbered:
            index = target.position if target.position is not None else self._count(frame)
            return f"{target.name}[{index}]"
        return target.name

    def _count(self, frame: FrameType) -> int:
        key = (id(frame), frame.f_lasti)
        if not self._made_by_call[key]:
            self._frames.append(frame)  # keeps the id from being used again by another frame
        self._made_by_call[key] += 1  # of one frame, which one thread executes
        return self._made_by_call[key] - 1


def _kind_of(obj: Any) -> str:
    return type(obj).__name__.lstrip("_")


def read_source(program: Any) -> None:
    """Read a program's source beforehand, so that the time this takes is no part of its run."""
    code = getattr(inspect.unwrap(program), "__code__", None) if callable(program) else None
    if code is not None:
        Source.for_filename(code.co_filename)


@dataclasses.dataclass(frozen=True)
class _Target:
    """Where a call's result goes: `name`, `name[key]`, or one of several in `name`."""

    name: str
    numbered: bool = False
    position: int | None = None
    key: ast.expr | None = None


def _call_node(frame: FrameType) -> ast.AST | None:
    found = Source.executing(frame)
    if found.node is not None:
        return found.node
    # rewritten code (pytest's asserts) has no exact node: a statement's only call will do
    calls = [node for statement in found.statements or () for node in ast.walk(statement) if _is_call(node)]
    return calls[0] if len(calls) == 1 else None


def _is_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call)


def _ancestors(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield (child, parent) pairs from `node` to its statement."""
    while not isinstance(node, ast.stmt):
        parent = getattr(node, "parent", None)
        if parent is None:
            return
        yield node, parent
        node = parent


def _target(call: ast.AST) -> _Target | None:
    """Return where a call's result goes, read off the expressions around it."""
    numbered, position, key = False, None, None
    for child, parent in _ancestors(call):
        if isinstance(parent, ast.List | ast.Tuple):
            numbered, position = True, parent.elts.index(child)
        elif isinstance(parent, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            numbered = True
        elif isinstance(parent, ast.DictComp):
            numbered, key = True, parent.key
        elif isinstance(parent, ast.Dict):
            key = parent.keys[parent.values.index(child)]
        elif isinstance(parent, ast.Call) and _is_append(parent):
            return _Target(ast.unparse(parent.func.value), numbered=True)
        elif isinstance(parent, ast.Call) and child in parent.args and not _makes_container(parent):
            return None
        elif isinstance(parent, ast.stmt | ast.NamedExpr):
            return _assigned(parent, numbered, position, key)
    return None


def _is_append(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in ("append", "appendleft", "add")


def _makes_container(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in ("list", "tuple", "set", "dict", "deque")


def _assigned(
    statement: ast.AST, numbered: bool, position: int | None, key: ast.expr | None
) -> _Target | None:
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    target = targets[0]
    if isinstance(target, ast.Tuple) and position is not None and position < len(target.elts):
        target, numbered, position = target.elts[position], False, None  # a, b = Lock(), Lock()
    if isinstance(target, ast.Subscript):
        return _Target(ast.unparse(target.value), numbered=True, key=target.slice)
    if isinstance(target, ast.Name | ast.Attribute):
        return _Target(ast.unparse(target), numbered, position, key)
    return None


def _value(key: ast.expr, frame: FrameType) -> str | None:
    """Return the repr of a simple key: a constant, or a variable of the frame."""
    if isinstance(key, ast.Constant):
        return repr(key.value)
    if isinstance(key, ast.Name):
        value: Any = frame.f_locals.get(key.id)
        return repr(value) if isinstance(value, str | int) else None
    return None


def _dataclass_field(frame: FrameType | None, kind: str) -> str | None:
    """Return the field that a dataclass's generated ``__init__`` is filling, or None.

    The generated code has no source; its fields are filled in order, so the one that makes `kind` and is
    not filled yet is the one.
    """
    while frame is not None and not is_program_file(frame.f_code.co_filename):
        made = frame.f_locals.get("self")
        if frame.f_code.co_name == "__init__" and dataclasses.is_dataclass(made):
            fields = [field for field in dataclasses.fields(made) if _makes(field.default_factory, kind)]
            return next((field.name for field in fields if not hasattr(made, field.name)), None)
        frame = frame.f_back
    return None


def _makes(factory: Any, kind: str) -> bool:
    return factory is not dataclasses.MISSING and getattr(factory, "__name__", "").lower().endswith(
        kind.lower()
    )
