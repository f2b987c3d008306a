"""Each notebook of the course is as its author wrote it; and each way of not being so is seen."""

import nbformat
import pytest

from tools import check_notebooks
from tools.check_notebooks import course_notebooks, problems, problems_of_content


def test_every_notebook_of_the_course():
    assert len(course_notebooks()) >= 9 + 8 + 8  # lessons, solutions and exercises
    assert problems(course_notebooks()) == []


def a_clean_notebook() -> nbformat.NotebookNode:
    cells = [
        nbformat.v4.new_markdown_cell("# Title", id="title"),
        nbformat.v4.new_code_cell("x = 1", id="one"),
    ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def written(notebook, folder, name="lesson.ipynb"):
    path = folder / name
    path.write_text(nbformat.v4.writes(notebook) + "\n", encoding="utf-8")
    return path


def test_a_clean_notebook_passes(tmp_path):
    assert problems([written(a_clean_notebook(), tmp_path)]) == []


def leave_an_output(notebook):
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="1")]


def leave_a_count(notebook):
    notebook.cells[1].execution_count = 7


def drop_an_id(notebook):
    del notebook.cells[0]["id"]


def repeat_an_id(notebook):
    notebook.cells[1]["id"] = "title"


def age(notebook):
    notebook.nbformat_minor = 4


def name_a_kernel(notebook):
    notebook.metadata.kernelspec.name = "my-venv"


def title_a_kernel(notebook):
    notebook.metadata.kernelspec.display_name = "Python 3.11.7"


def name_a_version(notebook):
    notebook.metadata.language_info.version = "3.11.7"


def leave_a_trace_of_a_run(notebook):
    notebook.cells[1].metadata["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00"}


def write_badly(notebook):
    notebook.cells[1].source = "x=1"


CONTENT = {
    leave_an_output: "cell 2 has outputs",
    leave_a_count: "cell 2 has an execution count",
    drop_an_id: "cell 1 has no id",
    repeat_an_id: "cell 2 has the id of another cell, title",
    age: "its format is older than 4.5, the first with cell ids",
    name_a_kernel: "its kernel is my-venv (Python 3 (ipykernel)), not the plain python3",
    title_a_kernel: "its kernel is python3 (Python 3.11.7), not the plain python3",
    name_a_version: "its metadata name Python 3.11.7",
}
FILE = {
    leave_a_trace_of_a_run: "nbstripout would change it",
    write_badly: "ruff would format it otherwise",
}


@pytest.mark.parametrize("break_it", CONTENT, ids=lambda break_it: break_it.__name__)
def test_broken_content_is_refused(break_it):
    notebook = a_clean_notebook()
    break_it(notebook)
    assert problems_of_content(notebook) == [CONTENT[break_it]]


def test_broken_files_are_refused_by_name(tmp_path):
    paths = [written(a_clean_notebook(), tmp_path)]
    for break_it in FILE:
        notebook = a_clean_notebook()
        break_it(notebook)
        paths.append(written(notebook, tmp_path, f"{break_it.__name__}.ipynb"))
    assert problems(paths) == [f"{break_it.__name__}.ipynb: {problem}" for break_it, problem in FILE.items()]


def test_strip_mends_what_a_run_left(tmp_path):
    notebook = a_clean_notebook()
    for break_it in (leave_an_output, leave_a_count, name_a_version, leave_a_trace_of_a_run):
        break_it(notebook)
    path = written(notebook, tmp_path)
    assert check_notebooks.main([str(path)]) == 1
    assert check_notebooks.main(["--strip", str(path)]) == 0
    assert check_notebooks.main([str(path)]) == 0
    assert [cell.id for cell in nbformat.read(path, as_version=4).cells] == ["title", "one"]
