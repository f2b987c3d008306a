"""A lesson has a word for whatever its threads do: on a busy machine they do other things than usual."""

import ast
from collections.abc import Iterator

import nbformat
import pytest

from tests.notebooks.harness import Limits, run_lesson
from tests.notebooks.test_programs import LESSONS

# Runs before a lesson: each thread of its programs is now and then away for a while, and the others go on.
# They are away for no more than half of the time together, so that a program of thousands of threads ends.
LATE_THREADS = """
def _be_late(every_s=0.1, away_s=0.1, saved_s=1.0):
    import random, threading, time
    sleep, now, local = time.sleep, time.monotonic, threading.local()
    chance = random.Random().random  # not the module's own, which explore takes for the program's
    left_s, seen = saved_s, now()
    def stall(frame, event, arg):
        nonlocal left_s, seen
        moment = now()
        if not hasattr(local, "due"):
            local.due = moment + chance() * every_s * (chance() < 0.5)
        if moment >= local.due:
            left_s, seen = min(saved_s, left_s + (moment - seen) / 2), moment
            away = max(0.0, min(left_s, away_s * chance()))  # two threads may have taken the same rest
            local.due = moment + away + 2 * every_s * chance()
            left_s -= away
            sleep(away)
    threading.setprofile(stall)
_be_late()
del _be_late
"""
# Of a lesson that is slowed down so much.
LATE_LIMITS = Limits(cell_s=90, lesson_s=300)


def lookups_that_may_fail(source: str) -> Iterator[str]:
    """Each look-up, with [], in a table that a cell writes out: another key would raise KeyError."""
    nodes = list(ast.walk(ast.parse(source)))
    tables = {
        ast.unparse(target)
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for target in node.targets
    }
    for node in nodes:
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Load)
            and (isinstance(node.value, ast.Dict) or ast.unparse(node.value) in tables)
        ):
            yield ast.unparse(node)


def revealing_cells(notebook: nbformat.NotebookNode) -> Iterator[str]:
    """The sources of the cells that show a prediction beside what happened."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and "reveal(" in cell.source:
            yield cell.source


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_reveal_expects_no_particular_outcome(path):
    cells = list(revealing_cells(nbformat.read(path, as_version=4)))
    assert cells, "every lesson reveals predictions"
    assert [found for source in cells for found in lookups_that_may_fail(source)] == []


@pytest.mark.parametrize(
    "source",
    ['reveal("04.readers", {1: "a"}[seen])', 'words = {1: "a"}\nreveal("04.readers", words[seen])'],
    ids=["written in place", "named"],
)
def test_a_lookup_that_may_fail_is_found(source):
    assert len(list(lookups_that_may_fail(source))) == 1
    assert list(lookups_that_may_fail(source.replace("[seen]", ".get(seen, seen)"))) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_whose_threads_are_late(path, monkeypatch, tmp_path):
    """By chance: of a cell that fails where one of three readers is 30 ms late, every second run told."""
    monkeypatch.setenv("LOCKS_COURSE_HOME", str(tmp_path))
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(LATE_THREADS))
    assert run_lesson(notebook, path.parent, LATE_LIMITS).problems == ()
