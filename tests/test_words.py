"""The words that `helpers` offers, and that it stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import helpers

SOURCE = ast.parse(Path(helpers.__file__).read_text("utf-8"))
ROOT = Path(helpers.__file__).parents[1]
HEAVY = {"matplotlib", "ipywidgets", "networkx", "numpy", "anywidget"}


def offered_to_editors():
    return {
        alias.name: node.module
        for branch in SOURCE.body
        if isinstance(branch, ast.If)
        for node in branch.body
        for alias in node.names
    }


def test_editors_are_told_the_same_as_python():
    assert offered_to_editors() == helpers._HOME_OF
    assert sorted(helpers._HOME_OF) == sorted(helpers.__all__)
    assert set(helpers.__all__) <= set(dir(helpers))


@pytest.mark.parametrize("word", helpers.__all__)
def test_each_word_can_be_imported(word):
    assert getattr(helpers, word).__name__ == word


def test_a_word_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(AttributeError, match=r"no 'runn'.*check_environment.*waits"):
        helpers.runn  # noqa: B018


def test_import_is_light():
    code = (
        "import sys, time; began = time.perf_counter(); import helpers; "
        "print(time.perf_counter() - began, *{name.partition('.')[0] for name in sys.modules})"
    )
    command = [sys.executable, "-c", code]
    outputs = [subprocess.check_output(command, text=True, cwd=ROOT).split() for _ in range(3)]
    assert not HEAVY & set(outputs[0])
    assert min(float(spent_s) for spent_s, *_ in outputs) <= 0.3
