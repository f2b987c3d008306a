"""Mutants of an answer: Cosmic Ray's, and two kinds that matter here: a statement or a `with` left out."""

import ast
import copy
import warnings
from collections.abc import Iterator


def mutants(source: str) -> list[str]:
    """Return each mutant of a source once, without the source itself.

    >>> [mutant for mutant in left_out("def f(lock):\\n    with lock:\\n        return 1")][0]
    'def f(lock):\\n    return 1'
    """
    plain = ast.unparse(ast.parse(source))
    found = {}
    for mutant in (*_cosmic_ray(plain), *left_out(plain)):
        found.setdefault(ast.unparse(ast.parse(mutant)))
    return [mutant for mutant in found if mutant != plain]


def difference(source: str, mutant: str) -> str:
    """Return what a mutant changed, in one line: the lines that it lacks, then those that it has instead."""
    before, after = (ast.unparse(ast.parse(text)).splitlines() for text in (source, mutant))
    while before and after and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    old, new = ("; ".join(line.strip() for line in lines) or "nothing" for lines in (before, after))
    return f"{old} -> {new}"


def _cosmic_ray(source: str) -> Iterator[str]:
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    for name in sorted(operator_names()):
        operator = get_operator(name)
        if operator.arguments():
            continue
        occurrence = 0
        while (mutant := mutate_code(source, operator(), occurrence)) is not None:
            occurrence += 1
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                if _is_python(mutant):
                    yield mutant


def left_out(source: str) -> Iterator[str]:
    """Each mutant of a source that lacks one statement, or has the body of a `with` without it."""
    tree = ast.parse(source)
    for number, node in enumerate(ast.walk(tree)):
        for field in ("body", "orelse", "finalbody"):
            statements = getattr(node, field, None)
            for at, statement in enumerate(statements if isinstance(statements, list) else ()):
                if isinstance(statement, _KEPT) or _is_docstring(statement):
                    continue
                instead = statement.body if isinstance(statement, ast.With) else [ast.Pass()]
                mutant = copy.deepcopy(tree)
                changed = getattr(list(ast.walk(mutant))[number], field)
                changed[at : at + 1] = copy.deepcopy(instead)
                yield ast.unparse(ast.fix_missing_locations(mutant))


_KEPT = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass)


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True
