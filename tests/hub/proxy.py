"""JupyterHub's proxy, a program for Node.js: found on PATH, or put into .tools with npm.

Run as a program (``python -m tests.hub.proxy``), it sees to it that there is one, or says what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.check_notebooks import ROOT

NAME = "configurable-http-proxy"
#: The newest major version needs Node.js 22; this one runs on older ones, too.
VERSION = "4.6.3"
FOLDER = ROOT / ".tools" / "hub"
TRY_LIMIT_S = 20
INSTALL_LIMIT_S = 180
MISSING = (
    f"JupyterHub needs {NAME}, which is a program for Node.js, and there is none that runs. Install Node.js "
    f"with npm (Debian and Ubuntu: apt install nodejs npm) and run this again, or put {NAME} on PATH."
)


def find_proxy() -> Path | None:
    """The proxy that runs here, the one on PATH first; None where there is none."""
    path = os.pathsep.join([os.environ.get("PATH", ""), str(FOLDER / "node_modules" / ".bin")])
    for folder in path.split(os.pathsep):
        found = shutil.which(NAME, path=folder)
        if found is not None and runs(found):
            return Path(found)
    return None


def runs(program: str) -> bool:
    """Whether it does; a package of another Node.js may be there and find nothing of what it needs."""
    try:
        return (
            subprocess.run([program, "--version"], capture_output=True, timeout=TRY_LIMIT_S).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> str:
    """Puts it into .tools with npm; returns what npm said."""
    if (npm := shutil.which("npm")) is None:
        return "There is no npm."
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", FOLDER, f"{NAME}@{VERSION}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_LIMIT_S)
    except subprocess.TimeoutExpired:
        return f"npm was not done after {INSTALL_LIMIT_S} s."
    return done.stdout + done.stderr


def main() -> int:
    if find_proxy() is not None:
        return 0
    print(f"Installing {NAME} {VERSION} in {FOLDER} ...")
    said = install()
    if find_proxy() is not None:
        return 0
    print(f"{said.strip()}\n{MISSING}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
