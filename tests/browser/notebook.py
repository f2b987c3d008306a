"""A notebook open in a real JupyterLab: what a person does with it, and how to wait until it has happened."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import Lab

LIMIT_MS = 60_000
SETTLED_S = 0.5

# Not the page's own indicator, which says "idle" before there is a kernel: cells run then would never end.
KERNEL_IS_IDLE = """() => {
    const context = window.jupyterapp.shell.currentWidget?.sessionContext;
    const kernel = context?.session?.kernel;
    return context?.isReady && kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
}"""

# JupyterLab draws only the cells near the part that can be seen: a cell is brought there by its number.
SHOW_CELL = """async source => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const index = notebook.widgets.findIndex(
        cell => cell.model.type === 'code' && cell.model.sharedModel.getSource().includes(source));
    if (index < 0) throw new Error(`no code cell holds ${source}`);
    notebook.activeCellIndex = index;
    await notebook.scrollToItem(index, 'start');
    return index;
}"""

END_KERNELS = """() => {
    const opened = [...(window.jupyterapp?.shell.widgets('main') ?? [])];
    return Promise.all(opened.map(each => each.context?.sessionContext?.shutdown()));
}"""

PROBLEMS = """() => window.jupyterapp.shell.currentWidget.content.widgets.flatMap((cell, index) =>
    (cell.model.outputs?.toJSON() ?? [])
        .filter(output => output.output_type === 'error' || output.name === 'stderr')
        .map(output => `cell ${index}: ${output.evalue || output.text}`))"""


@dataclass
class Notebook:
    """One notebook in one page; `errors` holds what its scripts have thrown so far."""

    page: Page
    lab: Lab
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(LIMIT_MS)
        expect.set_options(timeout=LIMIT_MS)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str) -> None:
        """Opens a notebook of the served folder, such as "notebooks/05_deadlock.ipynb", with a kernel."""
        self.page.goto(f"{self.lab.url}/lab/tree/{path}?reset&token={self.lab.token}")
        self.page.wait_for_function("() => window.jupyterapp")
        self.page.evaluate("() => window.jupyterapp.restored")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")
        self.page.locator(".jp-NotebookPanel .jp-Notebook .jp-Cell").first.wait_for()
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        self.page.wait_for_function(KERNEL_IS_IDLE)

    def do(self, command: str, **arguments) -> None:
        """Carries out one of JupyterLab's commands, and waits for it."""
        self.page.evaluate(
            "([name, args]) => window.jupyterapp.commands.execute(name, args)", [command, arguments]
        )

    def restart_kernel(self) -> None:
        self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
        )
        self.wait_until_idle()

    def run_all(self) -> None:
        self.do("notebook:run-all-cells")
        self.wait_until_idle()

    def run_cell(self, source: str) -> Locator:
        """Runs the code cell that holds `source`, and gives its output."""
        self.show_cell(source)
        self.do("notebook:run-cell")
        self.wait_until_idle()
        return self.show_cell(source)

    def show_cell(self, source: str) -> Locator:
        """Scrolls to the first code cell that holds `source`, and gives its output."""
        index = self.page.evaluate(SHOW_CELL, source)
        cell = self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]')
        cell.wait_for()
        return cell.locator(".jp-Cell-outputArea")

    def problems(self) -> list[str]:
        """What cells wrote to stderr or raised, and what the page's scripts threw."""
        return [*self.page.evaluate(PROBLEMS), *self.errors]

    def set_theme(self, dark: bool) -> None:
        theme = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.do("apputils:change-theme", theme=theme)
        self.page.wait_for_function(f"() => document.body.dataset.jpThemeLight === '{str(not dark).lower()}'")

    def shoot(self, what: Locator, file: Path) -> None:
        """Takes a picture of one part of the page."""
        what.scroll_into_view_if_needed()
        file.write_bytes(what.screenshot())  # Playwright would write it in threads of its own, which stay

    def close(self) -> None:
        """Ends the kernels of the notebooks that are open in the page, and leaves it."""
        self.page.evaluate(END_KERNELS)
        self.page.context.close()


def picture_of(part: Locator) -> bytes:
    """What can be seen of a part of the page right now."""
    return part.screenshot(animations="allow")


def wait_until_settled(part: Locator, limit_s: float = 30) -> bytes:
    """Waits until a part of the page has looked the same for half a second; gives its picture."""
    deadline = time.monotonic() + limit_s
    seen, since = picture_of(part), time.monotonic()
    while time.monotonic() - since < SETTLED_S:
        assert time.monotonic() < deadline, f"the picture still changes after {limit_s} s"
        part.page.wait_for_timeout(50)
        now = picture_of(part)
        if now != seen:
            seen, since = now, time.monotonic()
    return seen


def wait_until_changed(part: Locator, before: bytes, limit_s: float = 30) -> bytes:
    """Waits until a part of the page looks otherwise than `before`; gives its picture."""
    deadline = time.monotonic() + limit_s
    while (now := picture_of(part)) == before:
        assert time.monotonic() < deadline, f"the picture has not changed in {limit_s} s"
        part.page.wait_for_timeout(50)
    return now
