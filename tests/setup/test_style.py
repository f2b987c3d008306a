"""Code and notebooks are as `make format` leaves them."""

import subprocess
import sys

import pytest

from tools.check_notebooks import ROOT


@pytest.mark.parametrize("command", ["check", "format --check"])
def test_ruff_has_nothing_to_say(command):
    run = subprocess.run(
        [sys.executable, "-m", "ruff", *command.split(), "."], cwd=ROOT, capture_output=True, text=True
    )
    if run.returncode:
        pytest.fail(f"`make format` mends most of this:\n{run.stdout}{run.stderr}", pytrace=False)
