"""A program that a learner reads in a notebook is the very one that the lesson's claims check."""

import ast
import importlib
import inspect
import pkgutil

import nbformat
import pytest

from tools.check_notebooks import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


def functions_of(notebook):
    """(name, source) of every function that a notebook's cells define at their top level."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    for source in cells:
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield node.name, with_decorators(source, node)


def with_decorators(source, node):
    """The source of a function or class, from its first decorator on, as inspect.getsource gives it."""
    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    return "\n".join(source.splitlines()[first - 1 : node.end_lineno])


def sources_of(lesson):
    """The source of every function and class that the modules of a lesson's package define, by name."""
    package = importlib.import_module(f"helpers.lessons.{lesson}")
    found = {}
    for each in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{each.name}")
        for name, value in vars(module).items():
            own = getattr(value, "__module__", None) == module.__name__
            if own and (inspect.isfunction(value) or inspect.isclass(value)):
                found[name] = inspect.getsource(value)
    return found


def differing(notebook, lesson):
    """The names of the functions of a notebook whose source is not that in the lesson's package."""
    checked = sources_of(lesson)
    return [
        name for name, source in functions_of(notebook) if checked.get(name, "").strip() != source.strip()
    ]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_each_program_is_the_one_that_is_checked(path):
    notebook = nbformat.read(path, as_version=4)
    assert list(functions_of(notebook)), "a lesson shows the programs that it runs"
    assert differing(notebook, path.stem[3:]) == []


def test_a_program_that_was_changed_in_one_place_is_found():
    notebook = nbformat.read(ROOT / "notebooks/00_start_here.ipynb", as_version=4)
    name, source = next(functions_of(notebook))
    cell = next(cell for cell in notebook.cells if source in cell.source)
    cell.source = cell.source.replace(source, source + "\n    changed = True")
    assert differing(notebook, "start_here") == [name]
