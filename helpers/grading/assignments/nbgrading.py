"""nbgrader with the settings of this course, without a variable that has to be set by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def nbgrader(arguments: Sequence[str], private: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run one of nbgrader's commands, and return how it went and what it said.

    Args:
        arguments: the command and its options, such as ``["autograde", "05_deadlock"]``.
        private: the folder for submissions and grades; None is the one of the settings.
    """
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(command, env={**os.environ, **settings(private)}, capture_output=True, text=True)


def lab() -> int:
    """Open JupyterLab with the settings of this course, until it is closed; return its exit status."""
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={ROOT}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # as in most containers; JupyterLab refuses it unless told to
    return subprocess.run(command, env={**os.environ, **settings()}).returncode


def settings(private: Path | None = None, course: Path | None = None) -> dict[str, str]:
    """Return the variables by which nbgrader, also in JupyterLab, finds the settings of this course.

    Args:
        private: the folder for submissions and grades; None is the one of the settings.
        course: the folder that holds solutions/ and exercises/; None is this checkout.
    """
    programs = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]  # nbgrader calls alembic
    paths = [str(HERE / "settings"), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    python = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    found = {
        "PATH": os.pathsep.join(filter(None, programs)),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)),
        "PYTHONPATH": os.pathsep.join(filter(None, python)),
    }
    if private is not None:
        found["LOCKS_GRADING_DIR"] = str(private)
    if course is not None:
        found["LOCKS_COURSE_ROOT"] = str(course)
    return found
