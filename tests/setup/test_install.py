"""When tools/install.sh builds, adds, or does nothing. A fake Python notes what it is told."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.setup.project import supported_minors
from tools.check_notebooks import ROOT

NEWEST = supported_minors()[-1]
# The first name that tools/find_python.sh looks for, so that none of this machine's own is taken.
PYTHON = f"python3.{NEWEST}"
FAKE = f"""#!/bin/sh
case "$*" in
    *ensurepip*) echo 3{NEWEST} 3.{NEWEST}.1 final CPython venv ;;
    *version_info*) echo "python 3.$FAKE_MINOR" ;;
    *sys.version*) echo "$FAKE_BUILD" ;;
    "-m venv "*) mkdir -p .venv/bin && cp "$0" .venv/bin/python && echo venv >> log ;;
    "-m pip "*) echo "pip $*" >> log; exit "$FAKE_PIP_EXIT" ;;
esac
"""


class Course:
    """A folder with the set-up of the course and nothing else, and what was done there."""

    def __init__(self, folder: Path):
        self.folder = folder
        (folder / "bin").mkdir(parents=True)
        shutil.copytree(ROOT / "tools", folder / "tools")
        for name in ("pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, folder / name)
        python = folder / "bin" / PYTHON
        python.write_text(FAKE)
        python.chmod(0o755)

    def install(self, want: str, pip_exit: int = 0, **more: str) -> list[str]:
        """What was done: "venv" for a new environment, else what pip was asked to install."""
        log = self.folder / "log"
        log.write_text("")
        environment = {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
            "FAKE_BUILD": "3.11.7",
            "FAKE_MINOR": str(NEWEST),
            "FAKE_PIP_EXIT": str(pip_exit),
            **more,
        }
        command = ["/bin/sh", "tools/install.sh", want]
        self.run = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=20
        )
        return [line.rpartition(" ")[2] for line in log.read_text().splitlines()]

    def renew(self, name: str):
        stamp = (self.folder / ".venv/course.stamp").stat()
        os.utime(self.folder / name, (stamp.st_atime + 5, stamp.st_mtime + 5))


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path / "a folder with spaces")


def test_the_second_time_costs_nothing(course):
    assert course.install("lab") == ["venv", "."]
    assert course.install("lab") == []
    assert course.run.returncode == 0


def test_versions_come_from_the_constraints(course):
    course.install("lab")
    log = (course.folder / "log").read_text()
    assert "-c constraints.txt -e ." in log


def test_the_test_tools_are_added_and_stay(course):
    assert course.install("lab") == ["venv", "."]
    assert course.install("test") == [".[test]"]
    assert course.install("lab") == []
    course.renew("constraints.txt")
    assert course.install("lab") == [".[test]"]


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_newer_list_is_installed(course, name):
    course.install("lab")
    course.renew(name)
    assert course.install("lab") == ["."]


def test_an_installation_that_failed_starts_afresh(course):
    assert course.install("lab", pip_exit=1) == ["venv", "."]
    assert course.run.returncode == 1
    assert "Run the same command again" in course.run.stderr
    assert course.install("lab") == ["venv", "."]
    assert course.install("test", pip_exit=1) == [".[test]"]
    assert course.install("lab") == ["venv", "."]


def test_a_folder_that_was_moved_gets_a_new_environment(course):
    course.install("lab")
    course.folder = course.folder.rename(course.folder.with_name("elsewhere"))
    assert course.install("lab") == ["venv", "."]


def test_an_environment_whose_python_is_gone_is_replaced(course):
    course.install("lab")
    (course.folder / ".venv/bin/python").unlink()
    assert course.install("lab") == ["venv", "."]


def test_an_environment_made_by_an_older_python_of_the_same_name_is_replaced(course):
    """A system was upgraded: .venv/bin/python leads to its new python3, which finds none of the packages."""
    course.install("lab", FAKE_MINOR="11")
    assert course.install("lab", FAKE_MINOR="11", FAKE_BUILD="3.11.8") == []
    assert course.install("lab", FAKE_MINOR="12") == ["venv", "."]
    assert course.install("lab", FAKE_MINOR="12") == []


def test_another_python_named_by_hand_gets_a_new_environment(course):
    course.install("lab")
    assert course.install("lab", PYTHON=PYTHON) == []
    other = course.folder / "bin/other"
    other.write_text(FAKE.replace("$FAKE_BUILD", "3.12.1"))
    other.chmod(0o755)
    assert course.install("lab", PYTHON="other") == ["venv", "."]
    assert course.install("lab", PYTHON="other") == []


def test_a_python_that_does_not_fit_leaves_the_environment_alone(course):
    course.install("lab")
    course.install("lab", PYTHON="gone")
    assert "PYTHON=gone does not run" in course.run.stderr
    assert (course.folder / ".venv/course.stamp").exists()
