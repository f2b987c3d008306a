"""Every module of helpers can be imported where what only Linux, or only POSIX, has is missing."""

import subprocess
import sys

from tools.check_notebooks import ROOT

# Third parties have their own ways round what is missing, so they are loaded before it is taken away.
IMPORT_ALL = """
import os, pkgutil, signal, sys, time
import anywidget, executing, ipywidgets, matplotlib.figure, networkx, numpy, readerwriterlock.rwlock

for name in ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"):
    sys.modules[name] = None
for module, names in {
    os: ("fork", "getuid", "geteuid", "killpg", "register_at_fork", "sched_getaffinity", "sched_yield"),
    signal: ("SIGALRM", "SIGKILL", "SIGUSR1", "alarm", "pthread_kill", "setitimer"),
    time: ("clock_gettime", "clock_gettime_ns", "CLOCK_MONOTONIC_RAW", "pthread_getcpuclockid"),
}.items():
    for name in names:
        if hasattr(module, name):
            delattr(module, name)

package = __import__(sys.argv[1])
for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not found.name.endswith("__main__"):
        __import__(found.name)
        print(found.name)
"""


def import_all(package, folder):
    command = [sys.executable, "-c", IMPORT_ALL, package]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


def test_helpers_need_nothing_that_only_one_system_has():
    run = import_all("helpers", ROOT)
    assert run.returncode == 0, run.stderr
    assert "helpers.trace" in run.stdout.split()


def test_a_module_that_needs_posix_is_seen(tmp_path):
    (tmp_path / "tied").mkdir()
    (tmp_path / "tied/__init__.py").touch()
    for line in ("import fcntl", "from signal import SIGALRM", "import os\nCORES = os.sched_getaffinity(0)"):
        (tmp_path / "tied/module.py").write_text(line)
        assert import_all("tied", tmp_path).returncode == 1, line
