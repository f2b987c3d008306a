import importlib.metadata
import threading

import pytest

from helpers import check_environment
from helpers.environment import Environment, Row, machine, software


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOCKS_COURSE_HOME", str(tmp_path))
    return tmp_path


def test_this_machine_is_ready():
    found = check_environment()
    assert [row for row in found.rows if row.status == "FAIL"] == []
    assert found.ok
    assert repr(found).endswith("\nPASS: you are ready.")
    assert {"Python", "jupyterlab", "matplotlib", "readerwriterlock", "clock"} <= {
        row.name for row in found.rows
    }


def test_every_row_that_fails_says_what_to_do():
    found = Environment((Row("Python", "PASS", "3.11"), Row("<numpy>", "FAIL", "missing", "install it")))
    assert not found.ok
    assert found.verdict.startswith("FAIL: 1 of 2: <numpy>")
    assert "→ install it" in repr(found)
    assert "✗ FAIL" in repr(found)
    shown = found._repr_html_()
    assert "✗ FAIL" in shown
    assert "&lt;numpy&gt;" in shown
    assert "<numpy>" not in shown


def fails(row, *words):
    assert row.status == "FAIL"
    assert row.what_to_do
    for word in words:
        assert word in row.detail
    return True


@pytest.mark.parametrize("version", ["3.10.13", "3.13.0rc1", "3.14.0", "3.14.0rc1"])
def test_python_out_of_range(version):
    assert fails(software.python_version(version, ">=3.11,<3.14"), version)


@pytest.mark.parametrize("version", ["3.11.0", "3.12.1", "3.13.0+", "3.13.1"])
def test_python_in_range(version):
    assert software.python_version(version, ">=3.11,<3.14").status == "PASS"


def test_the_range_of_python_is_the_one_of_the_installed_course(monkeypatch):
    assert software.python_version("2.7.18").status == "FAIL"
    monkeypatch.setattr(software, "COURSE", "no-such-course")
    assert software.python_version("2.7.18").status == "NOTE"


def test_another_python_and_a_free_threaded_one():
    assert fails(software.python_kind("PyPy", free_threaded=False), "PyPy")
    free_threaded = software.python_kind("CPython", free_threaded=True)
    assert free_threaded.status == "NOTE"
    assert "free-threaded" in free_threaded.detail
    assert "of the GIL does not" in free_threaded.detail
    assert software.python_kind("CPython", free_threaded=False).status == "PASS"


def test_packages():
    asked = [
        "pytest>=9",
        "pytest>=99",
        "no-such-package>=1",
        'not-asked>=1; extra == "test"',
        "other; python_version<'3'",
    ]
    good, old, missing = software.packages(asked)
    assert good.status == "PASS"
    assert fails(old, importlib.metadata.version("pytest"), ">=99")
    assert fails(missing, "not installed", ">=1")


def test_the_course_is_not_installed(monkeypatch):
    monkeypatch.setattr(software, "COURSE", "no-such-course")
    (row,) = software.packages()
    assert fails(row, "not installed")


def test_packaging_is_missing(monkeypatch):
    monkeypatch.setattr(software, "_has", lambda package: package != "packaging")
    (row,) = software.packages()
    assert fails(row, "not installed")
    assert software.python_version("3.11.7", ">=3.11").status == "NOTE"


def test_helpers_of_another_checkout(tmp_path):
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    assert software.helpers_folder(notebooks).status == "NOTE"
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").touch()
    assert fails(software.helpers_folder(notebooks), "another copy")
    assert software.helpers_folder(notebooks, tmp_path).status == "PASS"


def test_no_thread_can_be_started():
    class Refused(threading.Thread):
        def start(self):
            raise RuntimeError("can't start new thread")

    assert fails(machine.threads_and_locks(Refused), "can't start new thread")


def test_a_lock_that_does_not_exclude():
    class Open:
        def acquire(self, blocking=True, timeout=-1):
            return True

        def release(self):
            pass

        __enter__ = __exit__ = lambda *_: None

    assert fails(machine.threads_and_locks(new_lock=Open), "[True, True]")


def test_a_coarse_clock():
    assert fails(machine.clock(15.6e-3), "1.6e+04 µs")
    assert machine.clock(1e-7).status == "PASS"


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (machine.sleep(0.0011), "PASS"),
        (machine.sleep(0.02), "NOTE"),
        (machine.cores(2), "PASS"),
        (machine.cores(1), "NOTE"),
    ],
)
def test_what_is_only_worth_knowing(row, status):
    assert row.status == status
    assert bool(row.what_to_do) == (status == "NOTE")


def test_predictions_that_cannot_be_kept(tmp_path):
    (tmp_path / "file").touch()
    row = software.predictions_folder(tmp_path / "file" / "folder")
    assert fails(row, "cannot be kept")
    assert "LOCKS_COURSE_HOME" in row.what_to_do
    assert software.predictions_folder(tmp_path / "new").status == "PASS"
