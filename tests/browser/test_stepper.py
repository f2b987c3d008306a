"""The stepper in a real JupyterLab: two locks into a deadlock, by clicks and by keys, in both themes."""

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import expect

from tests.browser.audit import serious_violations

pytestmark = pytest.mark.xdist_group("browser: stepper")

PROGRAM = """
import threading
from helpers import step

def two_locks():
    a, b = threading.Lock(), threading.Lock()

    def take(first, second):
        with first:
            with second:
                pass

    threads = [threading.Thread(target=take, args=locks, name=name)
               for name, locks in (("T1", (a, b)), ("T2", (b, a)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

step(two_locks, goal="deadlock")
"""


DEPOSITS = """
from helpers import step
from helpers.lessons.mutual_exclusion.explored import two_deposits
step(two_deposits)
"""
CELLS = PROGRAM, DEPOSITS

CELL = """() => {
    const cell = window.jupyterapp.shell.currentWidget.content.widgets[0].model;
    return [cell.type, cell.sharedModel.getSource()];
}"""


# Whether a text is in one line, and does not stick out of its place.
IS_ONE_LINE = """it => it.scrollWidth <= it.clientWidth
    && it.clientHeight < 2 * parseFloat(getComputedStyle(it).fontSize)"""


@pytest.fixture
def stepper(own_cells):
    """The widget at the beginning."""
    widget = own_cells.run_cell("two_locks").locator(".stepper")
    expect(widget.get_by_role("button", name="T1: acquire a")).to_be_visible()
    widget.notebook = own_cells
    return widget


def move(widget, thread):
    return widget.get_by_role("group", name=f"thread {thread}").get_by_role("button")


def banner(widget):
    return widget.locator(".stepper-banner")


def test_two_locks_into_a_deadlock_by_clicks(stepper):
    move(stepper, "T1").click()
    expect(move(stepper, "T1")).to_have_accessible_name("T1: acquire b")
    move(stepper, "T2").click()
    expect(banner(stepper)).to_contain_text("Deadlock")
    expect(stepper).to_contain_text("★ reached")
    expect(move(stepper, "T1")).to_have_accessible_name("T1: acquire b: T2 holds it")
    drawing = "wait-for graph: T1 waits for b held by T2, T2 waits for a held by T1; a cycle of 2: deadlock"
    expect(stepper.get_by_role("img")).to_have_attribute("aria-label", drawing)

    move(stepper, "T1").click(force=True)  # it cannot move: nothing happens
    stepper.get_by_role("button", name="Undo").click()
    expect(banner(stepper)).to_contain_text("T1 or T2 can move")
    expect(stepper).to_contain_text("not yet")
    stepper.get_by_role("button", name="Reset").click()
    expect(stepper.get_by_role("list", name="the schedule so far").get_by_role("listitem")).to_have_count(0)
    assert stepper.notebook.problems() == []


def test_two_locks_into_a_deadlock_by_keys(stepper):
    stepper.get_by_role("heading", name="two_locks").click()
    for key, text in (("2", "T1 or T2"), ("1", "Deadlock"), ("u", "T1 or T2"), ("u", "T1 or T2")):
        stepper.page.keyboard.press(key)
        expect(banner(stepper)).to_contain_text(text)
    stepper.page.keyboard.press("e")
    expect(banner(stepper)).to_contain_text("Finished")
    stepper.page.keyboard.press("r")
    stepper.page.keyboard.press("s")
    expect(stepper).to_contain_text("explore found this: deadlock")
    for _ in range(2):
        stepper.page.keyboard.press("n")
    expect(banner(stepper)).to_contain_text("Deadlock")
    assert stepper.notebook.problems() == []


def test_no_key_goes_to_jupyterlab_from_any_part_that_can_have_the_focus(stepper):
    parts = stepper.locator("button, [tabindex]")
    for part in [stepper, *parts.all()]:
        part.focus()
        for key in "m", "a", "x":  # JupyterLab's own: make the cell Markdown, insert one above, cut it
            stepper.page.keyboard.press(key)
    assert parts.count() > 8
    assert stepper.page.evaluate(CELL) == ["code", PROGRAM]


def test_who_presses_a_button_by_keyboard_keeps_the_focus(stepper):
    move(stepper, "T1").click()
    button = move(stepper, "T2")
    button.focus()
    stepper.page.keyboard.press("Enter")
    expect(button).to_have_accessible_name("T2: acquire a: T1 holds it")  # it is off now, and keeps its place
    expect(button).to_be_focused()


def test_the_schedule_that_is_copied_can_be_replayed(stepper):
    move(stepper, "T1").click()
    move(stepper, "T2").click()
    expect(banner(stepper)).to_contain_text("Deadlock")
    stepper.get_by_role("button", name="Copy schedule").click()
    expect(stepper).to_contain_text("Copied")
    copied = stepper.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("replay(two_locks, [0, ")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_theme_can_be_read(stepper, theme, pictures):
    stepper.notebook.set_theme(theme == "dark")
    move(stepper, "T1").click()
    expect(move(stepper, "T1")).to_have_accessible_name("T1: acquire b")
    assert serious_violations(stepper.page, ".stepper") == []
    move(stepper, "T2").click()
    expect(banner(stepper)).to_contain_text("Deadlock")
    assert serious_violations(stepper.page, ".stepper") == []
    stepper.notebook.shoot(stepper, pictures / f"stepper-deadlock-{theme}.png")
    stepper.notebook.set_theme(dark=False)


def test_a_second_view_and_a_saved_notebook_show_the_same(stepper):
    move(stepper, "T1").click()
    move(stepper, "T2").click()
    expect(banner(stepper)).to_contain_text("Deadlock")
    still = stepper.page.locator(".stepper-still")
    expect(still).to_contain_text("Deadlock")  # in a message of its own, after the widget
    expect(still).to_be_hidden()
    stepper.notebook.do("docmanager:save")
    saved = nbformat.read(stepper.notebook.lab.folder / "test_stepper.ipynb", as_version=4)
    page, _ = HTMLExporter().from_notebook_node(saved)
    assert "✗ Deadlock" in page
    stepper.notebook.do("notebook:create-output-view")
    second = stepper.page.locator(".jp-LinkedOutputView .stepper")
    expect(banner(second)).to_contain_text("Deadlock")
    second.get_by_role("button", name="Undo").click()
    expect(banner(stepper)).to_contain_text("T1 or T2 can move")
    stepper.notebook.do("application:close")  # the second view


def test_in_presentation_mode_everything_is_larger(stepper):
    head = stepper.get_by_role("group", name="thread T1").locator("header b")
    before = head.bounding_box()["height"]
    stepper.notebook.do("application:toggle-presentation-mode")
    stepper.page.wait_for_timeout(500)
    assert head.bounding_box()["height"] >= 1.2 * before
    stepper.notebook.do("application:toggle-presentation-mode")


def test_a_shared_variable_and_its_value_stand_beside_each_other(stepper):
    deposits = stepper.notebook.run_cell("two_deposits").locator(".stepper")
    for part in "dt", "dd":
        assert deposits.locator(part).evaluate(IS_ONE_LINE)


def test_after_a_restart_of_the_kernel_it_says_so(stepper):
    stepper.notebook.restart_kernel()
    expect(stepper).to_contain_text("the kernel has been restarted: run this cell again")
    move(stepper, "T1").click()
    assert stepper.notebook.problems() == []
