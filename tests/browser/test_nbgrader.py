"""nbgrader in JupyterLab: Validate checks an exercise, and the Formgrader lists the course's assignments."""

import pytest

from helpers.grading.assignments.nbgrading import settings
from tests.browser.lab import running_lab
from tests.browser.notebook import Notebook

pytestmark = pytest.mark.xdist_group("browser: nbgrader")

LESSON = "01_mutual_exclusion"
EXERCISE = f"exercises/{LESSON}/{LESSON}.ipynb"


@pytest.fixture(scope="module")
def course_lab(chromium_path, tmp_path_factory):
    """A JupyterLab with a copy of the course, and with nbgrader's settings for it."""
    folder = tmp_path_factory.mktemp("course")
    extra = settings(folder / "grading", course=folder / "served")
    with running_lab(folder, parts=("notebooks", "docs", "exercises", "solutions"), extra=extra) as lab:
        yield lab


@pytest.fixture(scope="module")
def notebook(chromium, course_lab):
    """An exercise, open in one page for both tests."""
    context = chromium.new_context()
    opened = Notebook(context.new_page(), course_lab)
    opened.open(EXERCISE)
    yield opened
    context.close()  # kernels end with the server


def test_validate_says_what_is_not_solved(notebook, pictures):
    notebook.page.get_by_role("button", name="Validate").click()
    dialog = notebook.page.locator(".jp-Dialog", has_text="failed")
    dialog.wait_for()
    (pictures / "validate.png").write_bytes(notebook.page.screenshot())
    assert "sell" in dialog.inner_text()
    notebook.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")


def test_the_formgrader_lists_the_assignments(notebook, pictures):
    notebook.do("nbgrader:open-formgrader")
    frame = notebook.page.frame_locator("iframe")
    frame.get_by_text(LESSON, exact=True).first.wait_for()
    (pictures / "formgrader.png").write_bytes(notebook.page.screenshot())
    assert frame.get_by_text("Manage Assignments").count()
