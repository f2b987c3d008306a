"""Which Python tools/find_python.sh takes, and what it says to whom. Fake Pythons on a PATH of their own."""

import os
import subprocess

import pytest

from tools.check_notebooks import ROOT

# Answers the two questions that the script asks: its version, and whether it can make environments.
FAKE = """#!/bin/sh
case "$2" in
    *version_info*) echo {version} ;;
    *ensurepip*) exit {ensurepip} ;;
esac
"""
SHIM = '#!/bin/sh\necho "python3: command not found in this version" >&2\nexit 127\n'


def fake(folder, name, version=None, ensurepip=True):
    """Puts a Python on the PATH; without a version, one that does not run."""
    text = FAKE.format(version=version, ensurepip=int(not ensurepip)) if version else SHIM
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def find(folder, **environment):
    command = ["/bin/sh", str(ROOT / "tools/find_python.sh")]
    environment = {**{"PATH": str(folder)}, **environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20)


def refused(run) -> str:
    assert (run.returncode, run.stdout) == (1, "")
    return run.stderr


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_python3_is_taken_where_it_fits(tmp_path, version):
    fake(tmp_path, "python3", version)
    fake(tmp_path, "python3.13", "3.13")
    assert find(tmp_path).stdout == "python3\n"


@pytest.mark.parametrize("first", [None, "3.9", "3.14"], ids=["broken shim", "too old", "too new"])
def test_the_next_name_is_tried_where_python3_does_not_fit(tmp_path, first):
    fake(tmp_path, "python3", first)
    fake(tmp_path, "python3.12", "3.12")
    assert find(tmp_path).stdout == "python3.12\n"


def test_the_next_name_is_tried_where_python3_has_no_ensurepip(tmp_path):
    fake(tmp_path, "python3", "3.11", ensurepip=False)
    fake(tmp_path, "python3.13", "3.13")
    assert find(tmp_path).stdout == "python3.13\n"


def test_no_python(tmp_path):
    assert "No Python was found. Install Python 3.11, 3.12 or 3.13" in refused(find(tmp_path))


def test_only_broken_shims(tmp_path):
    for name in ("python3", "python3.13", "python3.12", "python3.11"):
        fake(tmp_path, name)
    said = refused(find(tmp_path))
    assert "No Python was found" in said
    assert "command not found" not in said


@pytest.mark.parametrize("version", ["2.7", "3.9", "3.10"])
def test_too_old(tmp_path, version):
    fake(tmp_path, "python3", version)
    assert f"Python {version} was found, and it is too old" in refused(find(tmp_path))


@pytest.mark.parametrize("version", ["3.14", "3.15", "4.0"])
def test_not_tried_yet(tmp_path, version):
    fake(tmp_path, "python3", version)
    assert f"Python {version} was found, and it is not tried yet with this course" in refused(find(tmp_path))


def test_no_ensurepip_names_the_debian_package(tmp_path):
    fake(tmp_path, "python3", "3.11", ensurepip=False)
    assert "sudo apt-get install python3-venv   (or python3.11-venv)" in refused(find(tmp_path))


def test_python_named_by_hand_decides_alone(tmp_path):
    fake(tmp_path, "python3", "3.11")
    mine = fake(tmp_path, "mine", "3.12")
    assert find(tmp_path, PYTHON=str(mine)).stdout == f"{mine}\n"
    old = fake(tmp_path, "old", "3.8")
    assert "Python 3.8 was found, and it is too old" in refused(find(tmp_path, PYTHON=str(old)))
    assert "PYTHON=gone does not run" in refused(find(tmp_path, PYTHON="gone"))


def test_make_shows_the_message_and_stops(tmp_path):
    old = fake(tmp_path, "old", "3.8")
    environment = {**os.environ, "PYTHON": str(old)}
    (tmp_path / "tools").symlink_to(ROOT / "tools")
    command = ["make", "-f", str(ROOT / "Makefile"), "lab"]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=20)
    assert run.returncode == 2
    assert "too old" in run.stderr
