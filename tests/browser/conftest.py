"""A real JupyterLab and a real browser for the tests in this folder, which need Debian's Chromium (apt.txt).

Where there is no Chromium they are skipped, and the end of the run says so; with CI=true they fail.
"""

import os
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from tests.browser.chromium import browser, find_chromium
from tests.browser.lab import running_lab
from tests.browser.notebook import Notebook

MISSING = "no Chromium on this machine: install what apt.txt names"
VIEW = {"width": 1400, "height": 1000}


@pytest.fixture(scope="session")
def chromium_path():
    path = find_chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    return path


@pytest.fixture(scope="session")
def lab(chromium_path, tmp_path_factory):
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


# Not for the whole session: Playwright's event loop would be in the way of the tests that run notebooks.
@pytest.fixture(scope="module")
def chromium(chromium_path):
    with browser(chromium_path) as running:
        yield running


@contextmanager
def fresh_page(chromium, lab):
    context = chromium.new_context(viewport=VIEW)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    notebook = Notebook(context.new_page(), lab)
    yield notebook
    notebook.close()


@pytest.fixture
def notebook(chromium, lab):
    """A fresh page, in which `notebook.open(...)` opens a lesson."""
    with fresh_page(chromium, lab) as notebook:
        yield notebook


@pytest.fixture(scope="module")
def own_page(request, chromium, lab):
    name = f"{request.module.__name__.rpartition('.')[2]}.ipynb"
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [nbformat.v4.new_code_cell(source) for source in request.module.CELLS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), lab.folder / name)
    with fresh_page(chromium, lab) as notebook:
        notebook.open(name)
        yield notebook


@pytest.fixture
def own_cells(own_page):
    """A notebook of the module's CELLS, without outputs, open in one page for all tests of the module.

    To open a page, start a kernel and import the helpers takes most of a small test's time. A test runs the
    cells that it needs anew, and leaves the theme and the rest of the page as it found them.
    """
    own_page.do("notebook:clear-all-cell-outputs")
    own_page.errors.clear()
    return own_page


@pytest.fixture
def pictures(tmp_path):
    """Where pictures go: the folder that PICTURES names (`make pictures`), else one that is thrown away."""
    folder = Path(os.environ.get("PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def pytest_terminal_summary(terminalreporter):
    skipped = [each for each in terminalreporter.stats.get("skipped", ()) if MISSING in str(each.longrepr)]
    if skipped:
        terminalreporter.section("THE BROWSER TESTS WERE SKIPPED", sep="!", red=True, bold=True)
        terminalreporter.write_line(f"{len(skipped)} tests did not run: {MISSING}")
