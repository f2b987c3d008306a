"""The harness at work: it opens and runs a notebook, tells what went wrong, and audits what it shows."""

import pytest

from tests.browser.audit import serious_violations
from tests.browser.notebook import picture_of, wait_until_changed, wait_until_settled

pytestmark = pytest.mark.xdist_group("browser: harness")

SLIDER = """
import ipywidgets as widgets
knob = widgets.IntSlider(value=3, max=9, description="knob")
bar = widgets.HTML()
def show(_=None):
    look = f"height: 20px; width: {40 * knob.value}px; background: #06c"
    bar.value = f'<div role="img" aria-label="bar" style="{look}">'
knob.observe(show, "value"); show()
widgets.VBox([knob, bar])
"""
WRONG = """
import sys
from IPython.display import HTML
print("oh", file=sys.stderr)
display(HTML('<button class="nameless"></button>'))
1 / 0
"""


CELLS = "left = 20 + 22", SLIDER, WRONG


def test_a_slider_is_dragged_and_the_picture_follows(own_cells):
    output = own_cells.run_cell("import ipywidgets")
    bar = output.get_by_role("img", name="bar")
    before = wait_until_settled(output)
    output.locator(".noUi-handle").press("ArrowRight")
    wait_until_changed(output, before)
    after = wait_until_settled(output)
    assert after != before
    assert picture_of(output) == after
    assert bar.evaluate("bar => bar.style.width") == "160px"
    assert own_cells.problems() == []
    assert serious_violations(own_cells.page, "[role=img]") == []


def test_what_goes_wrong_is_told(own_cells):
    own_cells.run_all()
    problems = own_cells.problems()
    assert "cell 2: oh\n" in problems
    assert any("division by zero" in each for each in problems)
    own_cells.show_cell("nameless")
    assert any("button-name" in each for each in serious_violations(own_cells.page, ".jp-OutputArea"))


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_the_theme_changes(own_cells, dark):
    own_cells.set_theme(dark)
    background = own_cells.page.locator(".jp-Notebook").evaluate("it => getComputedStyle(it).backgroundColor")
    brightness = sum(int(part) for part in background[4:-1].split(",")) / 3
    assert (brightness < 128) == dark, background
