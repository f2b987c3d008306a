""".ci/newest_python leaves nothing behind, and says what it lacks. It is caught amid a fake debootstrap."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.setup.project import supported_minors
from tools.check_notebooks import ROOT

SCRIPT = ROOT / ".ci/newest_python"
APART = "unshare --mount --propagation private --pid --fork --kill-child --mount-proc true"


def runs_here() -> bool:
    """Whether root may have namespaces here. Where it may not, .ci/newest_python itself fails."""
    if sys.platform != "linux" or os.getuid() or not all(map(shutil.which, ("git", "unshare", "setpriv"))):
        return False
    return subprocess.run(APART.split(), capture_output=True, timeout=20).returncode == 0


pytestmark = pytest.mark.skipif(not runs_here(), reason="needs root with namespaces of its own (Linux)")

# Called with --variant, --include, suite, folder and mirror: mounts, leaves a stray process, and is not done.
BUSY = """#!/bin/sh
mkdir -p "$4" && mount -t tmpfs none "$4" && touch "$4/file"
setsid sleep 300 &
echo "$4" > "$NOTES/folder"
sleep 300
"""
FAILING = """#!/bin/sh
echo "E: Couldn't find these debs: $2"
exit 1
"""
MIRROR = """#!/bin/sh
echo http://mirror.invalid/debian/
"""


def fake(folder: Path, name: str, text: str):
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


@pytest.fixture
def start(tmp_path):
    """Starts the script with fakes before the machine's own programs."""

    started = []

    def start(**fakes: str) -> subprocess.Popen:
        for name, text in ({"debootstrap": BUSY, "apt_get": MIRROR} | fakes).items():
            fake(tmp_path, name.replace("_", "-"), text)
        environment = {
            **os.environ,
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "NOTES": str(tmp_path),
            "TMPDIR": str(tmp_path),
        }
        command = ["bash", str(SCRIPT), "tests/setup/test_readme.py"]
        process = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def folder_of(notes: Path) -> Path:
    """The folder that the fake debootstrap is busy in."""
    deadline = time.monotonic() + 30
    while not (notes / "folder").exists():
        assert time.monotonic() < deadline, "debootstrap was not called"
        time.sleep(0.02)
    return Path((notes / "folder").read_text().strip())


ENDINGS = {
    "terminated": lambda pid: os.kill(pid, signal.SIGTERM),
    "interrupted with its group": lambda pid: os.killpg(pid, signal.SIGINT),
    "terminated with its group": lambda pid: os.killpg(pid, signal.SIGTERM),
    "killed": lambda pid: os.kill(pid, signal.SIGKILL),
    "killed with its group": lambda pid: os.killpg(pid, signal.SIGKILL),
}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
def test_a_run_that_is_ended_leaves_nothing(tmp_path, start, end):
    process = start()
    folder = folder_of(tmp_path)
    assert folder.parent.is_dir()
    assert str(folder) not in Path("/proc/self/mounts").read_text()
    end(process.pid)
    if process.wait(timeout=30) != -signal.SIGKILL:
        assert not folder.parent.exists(), "it did not wait for the removal"
    # Every process that it started holds its output open, so this ends when the last of them has.
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert not folder.parent.exists()
    assert str(folder) not in Path("/proc/self/mounts").read_text()


def said(process: subprocess.Popen) -> str:
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    return output


def test_a_python_that_cannot_be_had_is_a_failure(tmp_path, start):
    output = said(start(debootstrap=FAILING))
    python = f"python3.{supported_minors()[-1]}"
    assert f"Couldn't find these debs: --include={python},{python}-venv" in output
    assert f"Debian testing with {python} could not be had from http://mirror.invalid/debian/" in output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["apt-get", "debootstrap"]


REFUSED = "#!/bin/sh\nexit 1\n"


@pytest.mark.parametrize(
    ("fakes", "what"),
    [
        ({"unshare": REFUSED}, "does not let root have namespaces of its own"),
        ({"apt_get": "#!/bin/sh\n"}, "no sources of Debian"),
        ({"id": "#!/bin/sh\necho 1000\n"}, "must be run by root"),
    ],
)
def test_what_the_machine_lacks_is_said(start, fakes, what):
    assert what in said(start(**fakes))
