"""``make hub-test``: a JupyterHub as docs/jupyterhub.md says, from a release to the feedback, for real."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.chromium import find_chromium
from tests.hub.proxy import MISSING, find_proxy
from tests.hub.world import build, command
from tools.check_notebooks import ROOT

LIMIT_S = 400


def main() -> int:
    """Returns 0 where all went as it must, 1 where not, 2 where it could not be tried, with the reason."""
    if problem := cannot():
        print(problem, file=sys.stderr)
        return 2
    proxy = find_proxy()
    with tempfile.TemporaryDirectory(prefix="locks-hub-") as folder:
        world = build(Path(folder))
        inside = [sys.executable, "-m", "tests.hub.inside", str(proxy)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [*command(world, [proxy.resolve().parents[1]]), *inside],
            input=json.dumps(world.passwords),
            text=True,
            env=environment,
            timeout=LIMIT_S,
        )
    return done.returncode


def cannot() -> str:
    """Why it cannot be tried here, and what to do about it; empty where it can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return (
            "hub-test starts servers as several accounts, so it needs Linux and root, as in a container or a "
            "virtual machine. It changes nothing outside its own temporary folder and .venv, .tools."
        )
    if shutil.which("bwrap") is None or find_chromium() is None:
        return "hub-test needs bubblewrap and Chromium: apt install bubblewrap chromium."
    if importlib.util.find_spec("jupyterhub") is None:
        return "hub-test needs JupyterHub: run `make hub-test`, which installs it in .venv."
    return "" if find_proxy() else MISSING


if __name__ == "__main__":
    sys.exit(main())
