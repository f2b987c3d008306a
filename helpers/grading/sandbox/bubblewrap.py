"""What a sandbox's processes see of the system: a read-only Python and the course, and a small private /tmp.

Bubblewrap builds it from fresh namespaces: users (nobody, without any privilege), processes, mounts, network
(not even a loopback), messages, host name. No home, no environment, no devices but three, no /proc.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
#: All of the checkout that is inside: neither solutions/ nor tests/ are.
VISIBLE = ("helpers", "exercises")
NAMESPACES = ("user", "pid", "net", "ipc", "uts")
SCRATCH_BYTES = 16 << 20
NOBODY = "65534"
INSTALL = "install it (Debian and Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap)"
_TRY_LIMIT_S = 20


@functools.cache
def missing() -> str:
    """Return why there can be no sandbox here, and what to do about it; "" where there can be one."""
    if sys.platform != "linux":
        return f"bubblewrap works on Linux only, and this is {sys.platform}"
    if shutil.which("bwrap") is None:
        return f"bubblewrap is not installed; {INSTALL}"
    try:
        tried = subprocess.run(
            [*_namespaces(), *_system(), *_course(), sys.executable, "-I", "-S", "-c", ""],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_TRY_LIMIT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not work here: {error}"
    if tried.returncode:
        return f"bubblewrap does not work here: {tried.stderr.strip() or f'exit code {tried.returncode}'}"
    return ""


def command(*, cache: Path | None = None) -> list[str]:
    """Return the command that builds a sandbox; what is to run in it comes after.

    Args:
        cache: a folder that is seen as /cache, read-only: matplotlib's list of fonts.
    """
    shown = ["--ro-bind", str(cache), "/cache"] if cache is not None else []
    return [*_namespaces(), *_system(), *_course(), *shown, *_variables(), "--remount-ro", "/"]


def _namespaces() -> list[str]:
    return [
        "bwrap",
        *(f"--unshare-{name}" for name in NAMESPACES),
        "--unshare-cgroup-try",
        *("--uid", NOBODY, "--gid", NOBODY, "--hostname", "sandbox"),
        *("--cap-drop", "ALL", "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"),
    ]


def _system() -> list[str]:
    """The system's libraries, the Python that runs this, and an empty /tmp."""
    options = ["--size", str(SCRATCH_BYTES), "--tmpfs", "/tmp", "--dir", "/dev"]
    for device in ("null", "zero", "urandom"):
        options += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
    options += ["--ro-bind", "/usr", "/usr"]
    for folder in map(Path, ("/lib", "/lib64", "/lib32", "/bin")):
        if folder.is_symlink():
            options += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            options += ["--ro-bind", str(folder), str(folder)]
    for file in ("/etc/ld.so.cache", "/etc/localtime"):
        options += ["--ro-bind-try", file, file]
    for folder in _python():
        if not folder.is_relative_to(ROOT):
            options += ["--ro-bind", str(folder), str(folder)]
    return options


def _course() -> list[str]:
    """What of the checkout is needed, laid over an empty folder, so that the rest of it is not there."""
    options = ["--tmpfs", str(ROOT)]
    inside = [ROOT / name for name in VISIBLE] + [each for each in _python() if each.is_relative_to(ROOT)]
    for folder in inside:
        options += ["--ro-bind", str(folder), str(folder)]
    return [*options, "--remount-ro", str(ROOT)]


def _python() -> Iterator[Path]:
    """The folders of this Python, and of the virtual environment that it runs in."""
    for folder in dict.fromkeys((sys.base_prefix, sys.exec_prefix, sys.prefix)):
        if not Path(folder).is_relative_to("/usr"):
            yield Path(folder)


def _variables() -> list[str]:
    # One thread is enough for arithmetic that is not done, and each would take address space.
    known = {"TMPDIR": "/tmp", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TZ": "UTC"}
    known |= {"MPLCONFIGDIR": "/tmp/matplotlib", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin"}
    return [word for name, value in known.items() for word in ("--setenv", name, value)]
