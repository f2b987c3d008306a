"""How a chart reaches a notebook: as an image with alternative text, by itself, once."""

import base64
import html
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient

from helpers.charts import alt_text, panels, timeline
from tests.charts.traces import contended, deadlocked

ROOT = Path(__file__).parents[2]


def test_the_last_expression_shows_the_figure_with_its_alt_text():
    ax = timeline(contended())
    data, metadata = ax._repr_mimebundle_()
    assert data == ax.figure._repr_mimebundle_()[0]
    assert f'alt="{html.escape(alt_text(ax))}"' in data["text/html"]
    assert metadata["image/png"]["alt"] == data["text/plain"] == alt_text(ax)
    assert metadata["image/png"]["width"] == 9 * 96
    assert 'width="864"' in data["text/html"]
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")


def test_the_alt_text_cannot_break_out_of_its_attribute():
    trace = contended()
    rows = tuple(row._replace(name='"><b>') if row.kind == "lock" else row for row in trace.rows)
    ax = timeline(type(trace)(rows, trace.threads, trace.duration))
    assert len(re.findall("[<>]", ax._repr_mimebundle_()[0]["text/html"])) == 2


def test_panels_are_axes_of_one_figure_row_by_row():
    axes = panels(2, 3, height_in=5.0)
    assert len(axes) == 6
    assert {ax.figure for ax in axes} == {axes[0].figure}
    assert [ax.get_subplotspec().num1 for ax in axes] == [0, 1, 2, 3, 4, 5]
    assert list(axes[0].figure.get_size_inches()) == [13.5, 5.0]


def test_a_figure_is_white():
    ax = timeline(contended())
    assert ax.figure.get_facecolor() == ax.get_facecolor() == (1.0, 1.0, 1.0, 1.0)


def test_alt_text_of_a_figure_without_charts_is_empty():
    assert alt_text(Figure()) == ""
    with pytest.raises(TypeError, match=r"alt_text takes a chart's Axes or Figure, not 3 \(int\)"):
        alt_text(3)


@pytest.mark.parametrize(("rows", "columns"), [(0, 1), (1, -2)])
def test_no_panels_are_refused(rows, columns):
    with pytest.raises(ValueError, match=f"not {rows} and {columns}"):
        panels(rows, columns)


def test_a_title_too_long_for_its_panel_is_broken():
    narrow, _, _ = panels(1, 3)
    assert "\n" in timeline(deadlocked(), ax=narrow).get_title(loc="left")
    assert "\n" not in timeline(deadlocked()).get_title(loc="left")


def test_charts_neither_need_ipython_nor_load_pyplot():
    code = (
        "import sys; sys.modules['IPython'] = None\n"
        "import helpers.charts\n"
        "from tests.charts.traces import contended\n"
        "helpers.charts.timeline(contended()).figure.png()\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, check=True, timeout=60)


def test_in_a_kernel_each_chart_is_shown_once():
    cells = [
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from helpers.charts import contention, panels, timeline\n"
        "from tests.charts.traces import contended",
        "timeline(contended())",
        "display(timeline(contended()), contention(contended()))",
        "left, right = panels(1, 2)\ntimeline(contended(), ax=left)\ncontention(contended(), ax=right)",
        "ax = timeline(contended())",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=60).execute()
    shown = [[output["data"] for output in cell.outputs] for cell in notebook.cells]
    assert [len(outputs) for outputs in shown] == [0, 1, 2, 1, 0]
    for outputs in shown:
        for data in outputs:
            assert re.search(r'<img [^>]*alt="(Timeline|Bars)', data["text/html"])
    assert "Timeline" in shown[3][0]["text/html"]
    assert "Bars of the part" in shown[3][0]["text/html"]
