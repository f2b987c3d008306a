"""Where helpers is not installed, a lesson's first cell of code says in one line what to do."""

import sys

import nbformat
import pytest

from tests.notebooks.test_programs import LESSONS


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_first_cell_says_how_to_start_the_course(path, monkeypatch):
    cells = nbformat.read(path, as_version=4).cells
    first = next(cell.source for cell in cells if cell.cell_type == "code")
    monkeypatch.setitem(sys.modules, "helpers", None)  # as Python does where there is no such package
    with pytest.raises(SystemExit, match=r"^helpers is not installed here: .*`make lab`") as caught:
        exec(first, {})
    assert "\n" not in str(caught.value)
