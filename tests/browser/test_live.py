"""Live experiments as a class sees them: in their lessons, in a real browser, with mouse and keys."""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from tests.browser.audit import serious_violations
from tests.browser.notebook import Notebook, picture_of, wait_until_changed, wait_until_settled

pytestmark = pytest.mark.xdist_group("browser: live")

COUNT_DRAWINGS = """() => {
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    window.drawings = 0;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        window.drawings += 1;
        return clear.apply(this, box);
    };
}"""


# The colour of the line over the first lane as it was drawn, and as the theme would have it.
GRID_COLOURS = """canvas => {
    const [red, green, blue] = canvas.getContext('2d').getImageData(canvas.width / 3, 0, 1, 1).data;
    return [[red, green, blue], getComputedStyle(canvas).getPropertyValue('--live-grid')];
}"""


@dataclass
class Demo:
    """A live experiment on the page, and what a person does with it."""

    notebook: Notebook
    node: Locator

    @property
    def strip(self) -> Locator:
        return self.node.locator("canvas").first

    def press(self, name: str) -> None:
        self.node.get_by_role("button", name=name).click()

    def expect_status(self, pattern: str) -> None:
        expect(self.node.get_by_role("status")).to_have_text(re.compile(pattern))

    def run_until_it_moves(self) -> None:
        self.press("Run")
        self.expect_status("running")
        wait_until_changed(self.strip, wait_until_changed(self.strip, picture_of(self.strip)))

    def drag(self, label: str, to: float) -> None:
        """Drags the handle of a slider to a part of its length, 0 to 1."""
        slider = self.node.get_by_label(label)
        slider.scroll_into_view_if_needed()
        low, high = (float(slider.get_attribute(name)) for name in ("min", "max"))
        value = float(slider.input_value())
        box = slider.bounding_box()
        thumb = 16  # the handle's middle does not come nearer to an end than its half width

        def x(part):
            return box["x"] + thumb / 2 + (box["width"] - thumb) * part

        y, mouse = box["y"] + box["height"] / 2, self.notebook.page.mouse
        mouse.move(x((value - low) / (high - low)), y)
        mouse.down()
        mouse.move(x(to), y, steps=8)
        mouse.up()

    def audit(self) -> None:
        assert serious_violations(self.notebook.page, ".live") == []


def demo_in(notebook: Notebook, source: str) -> Demo:
    node = notebook.show_cell(source).locator(".live")
    node.wait_for()
    node.scroll_into_view_if_needed()
    return Demo(notebook, node)


def shoot_in_both_themes(demo: Demo, folder: Path, name: str) -> None:
    for dark in (True, False):
        demo.notebook.set_theme(dark)
        wait_until_settled(demo.node)
        drawn, wanted = demo.strip.evaluate(GRID_COLOURS)
        assert drawn == list(bytes.fromhex(wanted.removeprefix("#"))), (
            f"the strip is not drawn for dark={dark}"
        )
        demo.audit()
        demo.notebook.shoot(demo.node, folder / f"{name}-{'dark' if dark else 'light'}.png")


# ---- in the lessons


def test_readers_and_writers_in_lesson_04(notebook, pictures):
    notebook.open("notebooks/04_reader_writer_locks.ipynb")
    notebook.run_all()
    assert notebook.problems() == []
    demo = demo_in(notebook, "Live(READERS_WRITERS)")
    demo.expect_status("press Run")
    at_rest = wait_until_settled(demo.node)
    demo.drag("readers", to=1.0)
    wait_until_changed(demo.node, at_rest)
    assert wait_until_settled(demo.node) != at_rest
    expect(demo.node.get_by_label("readers")).to_have_value("8")

    demo.run_until_it_moves()
    expect(demo.node.get_by_role("rowheader")).to_have_text([*(f"R{n}" for n in range(1, 9)), "W1", "W2"])
    demo.audit()
    demo.node.get_by_label("readers").press("ArrowLeft")  # a knob turned during a run starts it anew
    expect(demo.node.get_by_role("rowheader")).to_have_count(9)
    expect(demo.node.locator(".live-clock")).to_have_text(re.compile(r"^[4-9]\."))  # the strip is full
    demo.press("Stop")
    demo.expect_status(r"stopped after \d")
    wait_until_settled(demo.node)
    shoot_in_both_themes(demo, pictures, "live-readers-writers")
    assert notebook.problems() == []


def test_philosophers_in_lesson_05(notebook, pictures):
    notebook.open("notebooks/05_deadlock.ipynb")
    notebook.run_all()
    assert notebook.problems() == []
    demo = demo_in(notebook, "Live(PHILOSOPHERS)")
    demo.node.get_by_label("thinks").fill("0")
    demo.node.get_by_label("fork to fork").fill("100")
    demo.press("Run")
    verdict = demo.node.get_by_role("alert")
    expect(verdict).to_contain_text("Deadlock after")
    expect(verdict.get_by_role("listitem")).to_have_count(5)
    expect(verdict.get_by_role("listitem").first).to_contain_text(
        re.compile(r"P\d waits for table\.forks\[\d\], held by P\d")
    )
    demo.expect_status("deadlock after")
    shoot_in_both_themes(demo, pictures, "live-deadlock")

    demo.node.get_by_role("radio", name="in order").check(force=True)
    demo.expect_status("a knob has been turned since")
    demo.run_until_it_moves()
    expect(verdict).to_be_hidden()
    stop = demo.node.get_by_role("button", name="Stop")
    stop.focus()
    stop.press("Enter")
    demo.expect_status(r"stopped after \d")
    assert notebook.problems() == []


# ---- the rest of what is promised

# Whether all parts of a drawing lie in it.
IS_WHOLE = """svg => {
    const frame = svg.getBoundingClientRect();
    const parts = svg.querySelectorAll(':scope > path, circle, text');
    const isInside = box => box.left >= frame.left && box.right <= frame.right
        && box.top >= frame.top && box.bottom <= frame.bottom;
    return parts.length > 0 && [...parts].every(part => isInside(part.getBoundingClientRect()));
}"""
ALONE = """
from helpers import Live
from helpers.lessons.reentrancy.live import RECURSION
alone = Live(RECURSION)
alone.values = {**alone.values, "lock": "Lock"}
alone
"""


DINNER = """
from helpers import Live
from helpers.lessons.livelock.live import POLITE_DINNER
Live(POLITE_DINNER)
"""
CELLS = DINNER, "import time\ntime.sleep(0.1)", ALONE


@pytest.fixture
def demo(own_cells):
    own_cells.run_cell("Live(POLITE_DINNER)")
    return demo_in(own_cells, "Live(POLITE_DINNER)")


def test_everything_by_keys(demo):
    keyboard = demo.notebook.page.keyboard
    demo.node.get_by_role("radio", name="none").focus()
    keyboard.press("ArrowRight")
    expect(demo.node.get_by_role("radio", name="toss a coin")).to_be_checked()
    keyboard.press("Tab")
    keyboard.press("ArrowUp")
    expect(demo.node.get_by_label("philosophers")).to_have_value("4")
    keyboard.press("Tab")
    keyboard.press("Tab")
    outline = demo.notebook.page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    keyboard.press("Space")
    demo.expect_status("running")
    keyboard.press("Tab")
    keyboard.press("Space")
    demo.expect_status(r"stopped after \d")
    expect(demo.node.get_by_role("rowheader")).to_have_count(4)


def test_a_second_view_and_a_saved_notebook_show_the_last_run(demo):
    demo.run_until_it_moves()
    demo.press("Stop")
    demo.expect_status(r"stopped after \d")
    ended = demo.node.get_by_role("status").inner_text()
    page, notebook = demo.notebook.page, demo.notebook
    expect(page.locator(".live-still")).to_contain_text(ended)  # in a message of its own, after the widget
    notebook.do("docmanager:save")
    saved = nbformat.read(notebook.lab.folder / "test_live.ipynb", as_version=4)
    stills = [output.data.get("text/html", "") for output in saved.cells[0].outputs if "data" in output]
    assert any(ended in still and "<svg" in still for still in stills), stills
    notebook.do("notebook:create-output-view")
    second = page.locator(".jp-LinkedOutputView .live")
    expect(second.get_by_role("status")).to_have_text(ended)
    expect(second.get_by_role("rowheader")).to_have_count(3)
    notebook.do("application:close")  # the second view
    assert notebook.problems() == []


def test_the_still_picture_is_hidden_beside_the_widget(demo):
    expect(demo.notebook.page.locator(".live-still")).to_be_hidden()


def test_who_wants_no_motion_gets_a_page_a_second(demo):
    page = demo.notebook.page
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(COUNT_DRAWINGS)
    demo.press("Run")
    expect(demo.node.locator(".live-clock")).to_have_text(re.compile(r"^[3-9]\."))
    drawings, clock = page.evaluate(
        "() => [window.drawings, document.querySelector('.live-clock').textContent]"
    )
    # its lanes appear, it is resized, and then there is a page a second
    assert 2 <= drawings <= float(clock.split()[0]) + 4
    demo.press("Stop")
    demo.expect_status(r"stopped after \d")
    page.emulate_media(reduced_motion="no-preference")


def test_it_goes_on_while_a_cell_runs(demo):
    demo.press("Run")
    demo.expect_status("running")
    demo.notebook.run_cell("time.sleep")
    wait_until_changed(demo.strip, picture_of(demo.strip))
    demo.press("Stop")
    demo.expect_status(r"stopped after \d")


def test_after_a_restart_of_the_kernel_it_says_so(demo):
    demo.press("Run")
    demo.expect_status("running")
    demo.notebook.restart_kernel()
    demo.expect_status("the kernel has been restarted: run this cell again")
    demo.node.get_by_role("button", name="Stop").click(force=True)
    demo.node.get_by_label("philosophers").press("ArrowRight")
    demo.expect_status("the kernel has been restarted")
    assert demo.notebook.problems() == []


def test_a_thread_that_waits_for_itself_is_drawn_whole(demo):
    alone = Demo(demo.notebook, demo.notebook.run_cell("Live(RECURSION)").locator(".live"))
    alone.press("Run")
    drawing = alone.node.get_by_role("alert").get_by_role("img")
    expect(drawing).to_have_accessible_name("wait-for cycle: T1 waits for guard held by T1")
    assert drawing.evaluate(IS_WHOLE)
