"""Which code a result belongs to: a result counts only for the code that it was measured with."""

import ast
import functools
import hashlib
import importlib.util
import platform
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import helpers


def fingerprint(module: str) -> str:
    """Return a short text that changes with the module's code, with what it imports of ours, and with Python.

    Only code counts: comments and line breaks do not.

    Args:
        module: a module's dotted name, such as "helpers.lessons.reentrancy".
    """
    digest = hashlib.sha256(platform.python_version().encode())
    for name in sorted(reach(module)):
        digest.update(f"{name}\n{ast.dump(_tree(_source(name)))}\n".encode())
    return digest.hexdigest()[:16]


def reach(module: str) -> set[str]:
    """Return the module and all modules of ours that it imports, also through others."""
    # `helpers` itself only says where each word is: what counts is the module of a word that is used.
    houses = {module.partition(".")[0], "helpers"}
    found, to_visit = set(), {module}
    while to_visit:
        name = to_visit.pop()
        found.add(name)
        ours = {each for each in _imports(name) if each.partition(".")[0] in houses}
        to_visit |= ours - found - {"helpers"}
    return found


def _imports(module: str) -> Iterator[str]:
    spec = importlib.util.find_spec(module)
    yield module.rpartition(".")[0]
    for node in ast.walk(_tree(_source(module))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from helpers._HOMES if alias.name == "helpers" else [alias.name]
        elif isinstance(node, ast.ImportFrom):
            yield from _imported_from(_base(node, spec), node)


def _base(node: ast.ImportFrom, spec: ModuleSpec) -> str:
    return importlib.util.resolve_name("." * node.level + (node.module or ""), spec.parent)


def _imported_from(base: str, node: ast.ImportFrom) -> Iterator[str]:
    yield base
    for alias in node.names:
        if base == "helpers" and alias.name in helpers._HOME_OF:
            yield helpers._HOME_OF[alias.name]
        elif _is_module(f"{base}.{alias.name}"):
            yield f"{base}.{alias.name}"


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _source(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.origin:
        raise ModuleNotFoundError(f"{module} has no source file.")
    return Path(spec.origin)


@functools.cache
def _tree(source: Path) -> ast.Module:
    return ast.parse(source.read_bytes())
