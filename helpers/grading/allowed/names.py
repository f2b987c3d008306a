"""Which names an answer uses: each is defined in its cell, and a module is only looked into."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Collection

from .lists import MODULES, SPECIAL_NAMES, TOOLS


def module_names(tree: ast.Module) -> set[str]:
    """Names that stand for modules: the first part of each import."""
    found = set(MODULES) - {"queue"}  # a queue may well be called so
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            dotted = {f"{node.module}.{alias.name}": alias for alias in node.names}
            found |= {alias.asname or alias.name for name, alias in dotted.items() if name in MODULES}
    return found


def changes_what_it_was_given(tree: ast.Module, given: Collection[str]) -> str:
    """Return where a module or a class from elsewhere is changed, or a module handed on; "" where none is."""
    modules = module_names(tree)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    imported = _imported(tree)
    own = _bound_names(tree) - imported - set(given)
    watched = (modules | imported | set(given)) - own
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Name) and node.id in watched):
            continue
        above = parents[node]
        if node.id in modules and not isinstance(above, ast.Attribute):
            return f"line {node.lineno}: an answer may use {node.id} only as in {node.id}.name"
        if node.id in modules and above.attr.startswith("_"):
            return f"line {node.lineno}: {node.id}.{above.attr} is the module's own affair"
        while isinstance(above, ast.Attribute):
            if not isinstance(above.ctx, ast.Load):
                return f"line {node.lineno}: an answer may not change what {node.id} holds"
            above = parents[above]
    return ""


def tool(source: str, tree: ast.Module) -> str:
    """Return which of the course's own words the cell uses; "" where it uses none.

    Variables of functions may be called like them, and so may what the cell defines with def or class.
    """
    try:
        module = symtable.symtable(source, "answer", "exec")
    except SyntaxError:  # such as a return outside of a function: told where it is executed
        return ""
    defined = {each.get_name() for each in module.get_symbols() if each.is_namespace()}
    used = set(TOOLS) & _used_from_outside(module) - defined
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in used:
            return f"line {node.lineno}: {TOOLS[node.id]}"
    return ""


def unknown_name(tree: ast.Module, given: Collection[str]) -> str:
    """Return which name neither the cell nor the setup cell defines; "" where each is defined."""
    bound = _bound_names(tree)
    known = bound | set(dir(builtins)) | set(given) | SPECIAL_NAMES
    for node in ast.walk(tree):
        if not isinstance(node, ast.Name):
            continue
        if node.id not in known:
            return (
                f"line {node.lineno}: nothing in this cell defines {node.id}: "
                "an answer stands in one cell, with all that it uses"
            )
    return ""


def _used_from_outside(table: symtable.SymbolTable) -> set[str]:
    """Names that are read and are no function's own: what an assignment beside them says does not count."""
    in_function = table.get_type() == "function"
    found = {
        each.get_name()
        for each in table.get_symbols()
        if each.is_referenced() and not each.is_namespace() and (each.is_global() or not in_function)
    }
    return found.union(*map(_used_from_outside, table.get_children()))


def _imported(tree: ast.Module) -> set[str]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return {alias.asname or alias.name.partition(".")[0] for node in imports for alias in node.names}


def _bound_names(tree: ast.Module) -> set[str]:
    """Names that some statement of the cell gives a value, wherever it stands."""
    found = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            found.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            found.add(node.rest)
    return found
