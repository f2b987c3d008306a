"""How many frames a second the live timeline draws in a real browser, with six threads: ``make frame-rate``.

It is no test: a busy machine draws fewer.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

import nbformat

from tests.browser.chromium import browser, find_chromium
from tests.browser.lab import running_lab
from tests.browser.notebook import Notebook

SECONDS = 5
PHILOSOPHERS = """
from helpers import Live
from helpers.lessons.deadlock.live import PHILOSOPHERS

live = Live(PHILOSOPHERS)
live.values = {**live.values, "fix": "in order", "seats": 6}
live
"""

# How often the strip was drawn in each of some seconds.
DRAWN_EACH_SECOND = """async seconds => {
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    let drawn = 0;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        drawn += 1;
        return clear.apply(this, box);
    };
    const rates = [];
    for (let second = 0; second < seconds; second += 1) {
        const [before, began] = [drawn, performance.now()];
        await new Promise(resolve => setTimeout(resolve, 1000));
        rates.push(1000 * (drawn - before) / (performance.now() - began));
    }
    return rates;
}"""


def main() -> int:
    path = find_chromium()
    if path is None:
        print("There is no Chromium on this machine: install what apt.txt names.")
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as lab,
        browser(path) as chromium,
    ):
        notebook = Notebook(chromium.new_page(viewport={"width": 1400, "height": 1000}), lab)
        metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        cells = [nbformat.v4.new_code_cell(PHILOSOPHERS)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), lab.folder / "rate.ipynb")
        notebook.open("rate.ipynb")
        live = notebook.run_cell("Live(").locator(".live")
        live.get_by_role("button", name="Run").click()
        live.locator(".live-clock").wait_for()
        rates = notebook.page.evaluate(DRAWN_EACH_SECOND, SECONDS)
        live.get_by_role("button", name="Stop").click()
        notebook.close()
    told = ", ".join(f"{rate:.0f}" for rate in rates)
    print(f"Frames a second with six threads: {told}; median {median(rates):.0f}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
