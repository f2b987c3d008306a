"""What docs/pythons.md says of the Python that runs the tests, where no clock is needed to see it."""

import platform
import re
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "docs" / "pythons.md").read_text(encoding="utf-8")
SINCE_3_13, SINCE_3_14, SINCE_3_15 = (sys.version_info >= (3, minor) for minor in (13, 14, 15))


def cells(row: str) -> list[str]:
    """The cells of the table row that begins with these words, without the first."""
    (line,) = re.findall(rf"^\| {re.escape(row)} \|(.*)\|$", PAGE, re.MULTILINE)
    return [cell.strip(" *") for cell in line.split("|")]


def column() -> int:
    """The column of this Python in the table of `RLock`."""
    return SINCE_3_13 + SINCE_3_14 + SINCE_3_15


def what(call) -> str:
    """The name of the error or of the warning that a call comes to, or "" for none."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            call()
        except Exception as error:
            return type(error).__name__
    return "".join(each.category.__name__ for each in caught)


def test_whether_an_rlock_says_that_it_is_locked():
    said = cells("`threading.RLock().locked()`")[column()]
    assert what(lambda: threading.RLock().locked()) == ("" if said == "there" else said)


def test_what_an_argument_for_an_rlock_comes_to():
    said = cells("`threading.RLock(1)`")[column()]
    assert what(lambda: threading.RLock(1)) == ("" if said == "accepted" else said)


def test_a_wait_for_no_number_of_seconds():
    """It became an error with bug-fix releases; of those that the page does not name nothing is said."""
    seen = what(lambda: threading.Event().wait(float("nan")))
    expected = {"3.14.10": "ValueError", "3.15.0": "", "3.15.2": "ValueError"}
    assert seen == expected.get(platform.python_version(), seen if SINCE_3_14 else "")


AT_EXIT = """
import atexit, threading

def start_one():
    thread = threading.Thread(target=print, args=("ran",))
    thread.start()
    thread.join()

atexit.register(start_one)
"""


@pytest.mark.skipif(sys.version_info[:2] == (3, 12), reason="3.12.1 refuses; of other 3.12 nothing is said")
def test_a_thread_may_be_started_at_exit():
    command = [sys.executable, "-c", AT_EXIT]
    assert subprocess.check_output(command, text=True, timeout=60) == "ran\n"
