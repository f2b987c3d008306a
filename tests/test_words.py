"""The words that `helpers` offers, and that it stays light."""

import ast
import os
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
    if word == "Live":
        pytest.importorskip("anywidget", reason="it has no wheel for Python without the GIL")
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


DRAWS = {*helpers._HOMES["helpers.charts"], "Live", "step"}
WITHOUT_WHAT_DRAWS = """
import sys
for name in ("matplotlib", "numpy", "ipywidgets", "anywidget", "IPython", "ipykernel", "jupyterlab"):
    sys.modules[name] = None  # to import it raises ModuleNotFoundError
import threading
import helpers
from helpers import *

def program():
    a, b, gate = threading.Lock(), threading.Lock(), threading.Barrier(2)
    def take(first, second):
        with first:
            gate.wait()
            with second:
                pass
    threading.Thread(target=take, args=(a, b)).start()
    threading.Thread(target=take, args=(b, a)).start()

trace = run(program)
assert not trace.finished and len(trace.cycle()) == 2 and trace.stuck_lines() and trace.select()
verdict = explore(program)
assert verdict.kind == "deadlock" and str(verdict), verdict
assert replay(program, verdict.schedule).cycle()
"""


def test_what_does_not_draw_needs_nothing_that_draws(tmp_path):
    words = ", ".join(word for word in helpers.__all__ if word not in DRAWS)
    script = tmp_path / "script.py"
    script.write_text(WITHOUT_WHAT_DRAWS.replace("import *", f"import {words}"), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, script], check=True, env=environment, timeout=60)
