"""What is not allowed in one node of a syntax tree, without those inside it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from .lists import (
    FAR_REACHING,
    INSIDE,
    INSTEAD,
    MODULES,
    SPECIAL_METHODS,
    SPECIAL_NAMES,
)


def complaint(node: ast.AST) -> str:
    """Return what is not allowed in a node, and what to use instead; "" where all is.

    >>> complaint(ast.parse("vars").body[0].value)
    'an answer may not use vars: name the variable'
    """
    look = _LOOKS.get(type(node))
    return next(look(node), "") if look is not None else ""


def _import(node: ast.Import) -> Iterator[str]:
    for alias in node.names:
        yield from _module(alias.name)


def _import_from(node: ast.ImportFrom) -> Iterator[str]:
    module = "." * node.level + (node.module or "")
    names = {alias.name for alias in node.names}
    yield from _module(module)
    if "*" in names:
        yield f"an answer may not import everything of {module}: name what you need"
    for name in sorted(names):
        if name.startswith("_"):
            yield f"an answer may not import {name} of {module}: names with _ are its own affair"
        yield from _far_reaching(name)


def _module(name: str) -> Iterator[str]:
    if name not in MODULES:
        some = "collections, ..., threading, time and typing"
        yield f"an answer may not import {name}; it may import {some}"


def _name(node: ast.Name) -> Iterator[str]:
    if node.id in INSTEAD:
        yield f"an answer may not use {node.id}: {INSTEAD[node.id]}"
    if _is_special(node.id) and node.id not in SPECIAL_NAMES:
        yield f"an answer may not use {node.id}: it is Python's own affair"


def _attribute(node: ast.Attribute) -> Iterator[str]:
    name = node.attr
    inside = _is_special(name) and name not in SPECIAL_METHODS | SPECIAL_NAMES
    if inside or name.startswith(INSIDE):
        yield f"an answer may not use .{name}: it is Python's own affair"
    yield from _far_reaching(name)


def _far_reaching(name: str) -> Iterator[str]:
    if name in FAR_REACHING:
        yield f"an answer may not use {name}: {FAR_REACHING[name]}"


def _function(node: ast.FunctionDef) -> Iterator[str]:
    if _is_special(node.name) and node.name not in SPECIAL_METHODS:
        yield f"an answer may not define {node.name}: it may define {', '.join(sorted(SPECIAL_METHODS))}"


def _class(node: ast.ClassDef) -> Iterator[str]:
    if node.keywords:
        yield "an answer may not choose how a class is made: write class Name: or class Name(Base):"


def _handler(node: ast.ExceptHandler) -> Iterator[str]:
    if node.type is None:
        instead = "name the error that you expect, such as except RuntimeError"
        yield f"an answer may not catch everything with a bare except: {instead}"


def _call(node: ast.Call) -> Iterator[str]:
    many = len(node.args) + len(node.keywords)
    name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
    if name == "type" and many != 1:
        yield "an answer may not make classes with type: write class Name:"
    if name == "wraps" and many != 1:
        yield "an answer may not choose what is wrapped: write @wraps(function)"


def _pattern(node: ast.MatchClass) -> Iterator[str]:
    if any(_is_special(name) or name.startswith(INSIDE) for name in node.kwd_attrs):
        yield f"an answer may not look for {', '.join(node.kwd_attrs)} in a pattern"


def _asynchronous(_node: ast.AST) -> Iterator[str]:
    yield "an answer may not use async or await: the course is about threads"


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__") and len(name) > 4


_LOOKS: dict[type, Callable[..., Iterator[str]]] = {
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.FunctionDef: _function,
    ast.ClassDef: _class,
    ast.ExceptHandler: _handler,
    ast.Call: _call,
    ast.MatchClass: _pattern,
    ast.AsyncFunctionDef: _asynchronous,
    ast.AsyncFor: _asynchronous,
    ast.AsyncWith: _asynchronous,
    ast.Await: _asynchronous,
}
