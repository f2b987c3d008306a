"""Code, JavaScript and notebooks are as `make format` leaves them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.check_notebooks import ROOT


def test_biome_has_nothing_to_say_of_javascript():
    biome = shutil.which("biome", path=Path(sys.executable).parent)
    if biome is None:
        pytest.skip("biome comes for Linux on x86_64 only")
    run = subprocess.run([biome, "lint", "helpers"], cwd=ROOT, capture_output=True, text=True)
    if run.returncode:
        pytest.fail(f"`make lint` says:\n{run.stdout}{run.stderr}", pytrace=False)


@pytest.mark.parametrize("command", ["check", "format --check"])
def test_ruff_has_nothing_to_say(command):
    run = subprocess.run(
        [sys.executable, "-m", "ruff", *command.split(), "."], cwd=ROOT, capture_output=True, text=True
    )
    if run.returncode:
        pytest.fail(f"`make format` mends most of this:\n{run.stdout}{run.stderr}", pytrace=False)
