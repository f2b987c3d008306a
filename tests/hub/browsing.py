"""What a person sees and clicks on a hub, in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.browser.chromium import browser, find_chromium
from tests.hub.people import LIMIT_S, Person

SIZE = {"width": 1200, "height": 800}


@contextmanager
def opened(person: Person, password: str) -> Iterator[Page]:
    """Lends a browser's page in which a person has logged in at the hub's door, and sees their JupyterLab."""
    with browser(find_chromium()) as chromium:
        page = _fresh_page(chromium)
        page.goto(person.url)
        page.get_by_label("Username").fill(person.name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        yield page


def nbgrader_menu(page: Page) -> list[str]:
    """Opens the menu, and returns what there is to choose."""
    page.get_by_role("menuitem", name="Nbgrader").click()
    entries = page.locator(".lm-Menu-itemLabel").all_inner_texts()
    return [entry for entry in entries if entry]


def fetch(page: Page, assignment: str) -> None:
    """Clicks Fetch in the open menu's Assignment List, and waits until it says that it was done."""
    page.get_by_role("menuitem", name="Assignment List").click()
    page.get_by_role("button", name="Fetch").click()
    page.get_by_role("button", name="Submit").wait_for()
    page.get_by_text(assignment).first.wait_for()


def scores(page: Page, person: Person, assignment: str) -> dict[str, str]:
    """By student, the score that Formgrader shows, such as "16 / 16"; it has a tab of its own.

    A hub lets no page be shown inside another, so the menu's Formgrader stays empty.
    """
    page.goto(f"{person.url}/user/{person.name}/formgrader/manage_submissions/{assignment}")
    page.locator("tbody tr .score").first.wait_for()
    rows = page.locator("tbody tr").all()
    return {row.locator(".student-id").inner_text(): row.locator(".score").inner_text() for row in rows}


def _fresh_page(chromium: Browser) -> Page:
    page = chromium.new_page(viewport=SIZE)
    page.set_default_timeout(1000 * LIMIT_S)
    return page
