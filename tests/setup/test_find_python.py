"""Which Python tools/find_python.sh takes, and what it says to whom. Fake Pythons on a PATH of their own."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.setup.project import supported_minors
from tools.check_notebooks import ROOT

MINORS = supported_minors()
NEWEST = MINORS[-1]
RANGE = f"Python 3.{MINORS[0]} to 3.{NEWEST}"
SHIM = '#!/bin/sh\necho "python3: command not found in this version" >&2\nexit 127\n'


def fake(folder, name, version=None, level="final", build="CPython", has_venv="venv"):
    """Puts a Python on the PATH; without a version, one that does not run."""
    path = folder / name
    if version:
        major, minor = map(int, version.split(".")[:2])
        answer = f"{100 * major + minor} {version} {level} {build} {has_venv}"
        path.write_text(f"#!/bin/sh\necho {answer}\n")
    else:
        path.write_text(SHIM)
    path.chmod(0o755)
    return path


def find(folder, script: Path = ROOT / "tools/find_python.sh", **environment):
    environment = {**{"PATH": str(folder)}, **environment}
    return subprocess.run(
        ["/bin/sh", str(script)], env=environment, capture_output=True, text=True, timeout=20
    )


def refused(run) -> str:
    assert (run.returncode, run.stdout) == (1, "")
    return run.stderr


@pytest.mark.parametrize("minor", MINORS)
@pytest.mark.parametrize("pattern", ["python3", "python3.{minor}"])
def test_the_only_python_is_taken(tmp_path, minor, pattern):
    name = pattern.format(minor=minor)
    fake(tmp_path, name, f"3.{minor}.2")
    assert find(tmp_path).stdout == f"{name}\n"


def test_the_newest_is_taken(tmp_path):
    fake(tmp_path, "python3", f"3.{MINORS[0]}.7")
    for minor in MINORS:
        fake(tmp_path, f"python3.{minor}", f"3.{minor}.2")
        assert find(tmp_path).stdout == f"python3.{minor}\n"


def test_python3_is_taken_where_it_is_the_newest(tmp_path):
    fake(tmp_path, "python3", f"3.{NEWEST}.2")
    fake(tmp_path, f"python3.{NEWEST - 1}", f"3.{NEWEST - 1}.2")
    assert find(tmp_path).stdout == "python3\n"


UNFIT = {
    "broken shim": {"version": None},
    "too old": {"version": "3.9.1"},
    "too new": {"version": f"3.{NEWEST + 1}.0"},
    "alpha of the next": {"version": f"3.{NEWEST + 1}.0a1", "level": "alpha"},
    "release candidate": {"version": f"3.{NEWEST}.0rc1", "level": "candidate"},
    "free-threaded": {"version": f"3.{NEWEST}.1", "build": "free-threaded"},
    "PyPy": {"version": "3.11.11", "build": "PyPy"},
    "no ensurepip": {"version": f"3.{NEWEST}.1", "has_venv": "no-venv"},
}


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT)
@pytest.mark.parametrize("name", ["python3", f"python3.{NEWEST}"])
def test_the_next_is_taken_where_one_does_not_fit(tmp_path, name, unfit):
    fake(tmp_path, name, **unfit)
    fake(tmp_path, "python3.12", "3.12.1")
    assert find(tmp_path).stdout == "python3.12\n"


def test_no_python(tmp_path):
    assert f"No Python was found. Install one of {RANGE}" in refused(find(tmp_path))


def test_only_broken_shims(tmp_path):
    for name in ("python3", *(f"python3.{minor}" for minor in MINORS)):
        fake(tmp_path, name)
    said = refused(find(tmp_path))
    assert "No Python was found" in said
    assert "command not found" not in said


@pytest.mark.parametrize("version", ["2.7.18", "3.9.1", "3.10.13"])
def test_too_old(tmp_path, version):
    fake(tmp_path, "python3", version)
    said = refused(find(tmp_path))
    assert f"Python {version} was found, and it is too old: the course needs one of {RANGE}." in said
    assert f"make PYTHON=python3.{NEWEST} lab" in said


@pytest.mark.parametrize("version", [f"3.{NEWEST + 1}.0", f"3.{NEWEST + 1}.0a1", "4.0.0"])
def test_not_tried_yet(tmp_path, version):
    fake(tmp_path, "python3", version, "alpha" if "a" in version else "final")
    assert f"Python {version} was found, and it is not tried yet with this course" in refused(find(tmp_path))


@pytest.mark.parametrize("version", [f"3.{NEWEST}.0a7", f"3.{NEWEST}.0b4", f"3.{NEWEST}.0rc1"])
def test_a_preview_of_one_that_fits(tmp_path, version):
    fake(tmp_path, "python3", version, "candidate")
    said = refused(find(tmp_path))
    assert f"Python {version} was found. It is a preview, and the course was measured on releases" in said


@pytest.mark.parametrize("build", ["free-threaded", "PyPy"])
def test_another_build(tmp_path, build):
    fake(tmp_path, "python3", "3.13.5", build=build)
    assert f"Python 3.13.5 ({build}) was found, and the lessons are about the ordinary CPython" in refused(
        find(tmp_path)
    )


def test_a_free_threaded_build_is_taken_where_it_is_named(tmp_path):
    free = fake(tmp_path, "python3.13t", "3.13.5", build="free-threaded")
    assert find(tmp_path, PYTHON=str(free)).stdout == f"{free}\n"
    pypy = fake(tmp_path, "pypy3", "3.11.11", build="PyPy")
    assert "ordinary CPython" in refused(find(tmp_path, PYTHON=str(pypy)))


def test_no_ensurepip_names_the_debian_package(tmp_path):
    fake(tmp_path, "python3", "3.11.2", has_venv="no-venv")
    assert "sudo apt-get install python3-venv   (or python3.11-venv)" in refused(find(tmp_path))


def test_python_named_by_hand_decides_alone(tmp_path):
    fake(tmp_path, "python3", f"3.{NEWEST}.2")
    mine = fake(tmp_path, "mine", "3.12.1")
    assert find(tmp_path, PYTHON=str(mine)).stdout == f"{mine}\n"
    old = fake(tmp_path, "old", "3.8.1")
    assert "Python 3.8.1 was found, and it is too old" in refused(find(tmp_path, PYTHON=str(old)))
    assert "PYTHON=gone does not run" in refused(find(tmp_path, PYTHON="gone"))


def test_this_python_says_what_it_is():
    """No fake: the question that the script asks is one that a real Python answers."""
    free = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    assert find("", PYTHON=sys.executable).stdout == f"{sys.executable}\n"
    asked = subprocess.run(
        [sys.executable, "-c", question()], capture_output=True, text=True, timeout=20, check=True
    )
    number, _, level, build, has_venv = asked.stdout.split()
    assert int(number) == 100 * sys.version_info.major + sys.version_info.minor
    assert (level, build, has_venv) == ("final", "free-threaded" if free else "CPython", "venv")


def question() -> str:
    return (ROOT / "tools/find_python.sh").read_text(encoding="utf-8").split("question='")[1].split("'")[0]


def test_the_range_is_the_one_of_pyproject(tmp_path):
    """A version more in pyproject.toml is a version more to look for: it stands nowhere else."""
    (tmp_path / "tools").mkdir()
    for name in ("find_python.sh", "supported.sh"):
        (tmp_path / "tools" / name).symlink_to(ROOT / "tools" / name)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wider = text.replace(f",<3.{NEWEST + 1}", f",<3.{NEWEST + 2}")
    assert wider != text
    fake(tmp_path, f"python3.{NEWEST + 1}", f"3.{NEWEST + 1}.0")
    for pyproject, found in ((wider, f"python3.{NEWEST + 1}\n"), (text, "")):
        (tmp_path / "pyproject.toml").write_text(pyproject, encoding="utf-8")
        assert find(tmp_path, tmp_path / "tools/find_python.sh").stdout == found


def test_make_shows_the_message_and_stops(tmp_path):
    old = fake(tmp_path, "old", "3.8.1")
    environment = {**os.environ, "PYTHON": str(old)}
    for name in ("tools", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    command = ["make", "-f", str(ROOT / "Makefile"), "lab"]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=20)
    assert run.returncode == 2
    assert "too old" in run.stderr
