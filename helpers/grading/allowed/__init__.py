"""What an answer may use: a list of what is allowed, over its syntax tree, the same in check and in grading.

An answer shares its interpreter with what grades it. The list keeps honest answers honest: it leaves out what
a lock program does not need and a cheat does. It is no sandbox; whole classes are graded in one.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from .lists import (
    EVERYTHING,
    FROM_HELPERS,
    INSIDE,
    INSTEAD,
    METHODS_INSIDE,
    MODULES,
    REFUSED_STATEMENTS,
    SPECIAL_METHODS,
    SPECIAL_NAMES,
)
from .names import misused_module, module_names, unknown_name

__all__ = ["refusal"]


def refusal(source: str, given: Collection[str] = ()) -> str:
    """Return why an answer is refused, and what to use instead; "" where it uses only what is allowed.

    Args:
        source: the text of the answer's cell.
        given: names that the setup cell defines.

    >>> refusal("def double(x): return 2 * x")
    ''
    >>> refusal("import os")
    'line 1: an answer may not import os; it may import collections, ..., threading, time and typing'
    >>> refusal("def f(): return eval('1')")
    'line 1: an answer may not use eval: write the expression itself'
    >>> refusal("def f(): return help_me()")
    'line 1: nothing in this cell defines help_me: an answer stands in one cell, with all that it uses'
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return f"line {error.lineno}: this is not Python: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"this cannot be read as Python: {error}"
    modules = module_names(tree)
    for node in ast.walk(tree):
        for complaint in _complaints(node, modules):
            return f"line {getattr(node, 'lineno', 1)}: {complaint}"
    return unknown_name(tree, given) or misused_module(tree, modules)


def _complaints(node: ast.AST, modules: Collection[str]) -> Iterator[str]:
    """What is not allowed in one node, without those inside it."""
    if word := REFUSED_STATEMENTS.get(type(node)):
        yield f"an answer may not use {word}: the course is about threads"
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from _imports(node)
    elif isinstance(node, ast.Name):
        yield from _name(node.id)
    elif isinstance(node, ast.Attribute):
        yield from _attribute(node, modules)
    elif isinstance(node, ast.FunctionDef):
        if _is_special(node.name) and node.name not in SPECIAL_METHODS:
            yield f"an answer may not define {node.name}"
    elif isinstance(node, ast.ClassDef):
        if node.keywords:
            yield "an answer may not choose how a class is made: write class Name: or class Name(Base):"
    elif isinstance(node, ast.ExceptHandler):
        yield from _handler(node)
    elif isinstance(node, ast.Call):
        yield from _call(node)


def _imports(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        wanted = [alias.name for alias in node.names]
    else:
        wanted = ["." * node.level + (node.module or "")]
        names = [alias.name for alias in node.names]
        if wanted == ["helpers"] and set(names) <= FROM_HELPERS:
            return
        for name in names:
            if name == "*":
                yield f"an answer may not import everything of {wanted[0]}: name what you need"
            if name.startswith("_"):
                yield f"an answer may not import {name} of {wanted[0]}: names with _ are its own affair"
    for name in wanted:
        if name not in MODULES:
            some = "collections, ..., threading, time and typing"
            yield f"an answer may not import {name}; it may import {some}"


def _name(name: str) -> Iterator[str]:
    if name in INSTEAD:
        yield f"an answer may not use {name}: {INSTEAD[name]}"
    if _is_special(name) and name not in SPECIAL_NAMES:
        yield f"an answer may not use {name}"


def _attribute(node: ast.Attribute, modules: Collection[str]) -> Iterator[str]:
    name = node.attr
    if _is_special(name) and name not in SPECIAL_METHODS | SPECIAL_NAMES:
        yield f"an answer may not use .{name}: it is Python's own affair"
    if name.startswith(INSIDE) or name in METHODS_INSIDE:
        instead = "write an f-string" if name.startswith("format") else "it is Python's own affair"
        yield f"an answer may not use .{name}: {instead}"
    if name.startswith("_") and isinstance(node.value, ast.Name) and node.value.id in modules:
        yield f"an answer may not use {node.value.id}.{name}: names with _ are the module's own affair"


def _handler(node: ast.ExceptHandler) -> Iterator[str]:
    instead = "name the error that you expect, such as except RuntimeError"
    if node.type is None:
        yield f"an answer may not catch everything with a bare except: {instead}"
        return
    caught = {each.id for each in ast.walk(node.type) if isinstance(each, ast.Name)}
    for name in sorted(caught & EVERYTHING):
        yield f"an answer may not catch {name}: {instead}"


def _call(node: ast.Call) -> Iterator[str]:
    function = node.func
    if isinstance(function, ast.Name) and function.id == "type" and len(node.args) != 1:
        yield "an answer may not make classes with type: write class Name:"
    named = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if named == "suppress":
        for each in node.args:
            if isinstance(each, ast.Name) and each.id in EVERYTHING:
                yield f"an answer may not suppress {each.id}: name the error that you expect"


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__") and len(name) > 4
