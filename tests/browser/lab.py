"""A real JupyterLab on loopback whose every folder is its own, ended by its own process id."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.check_notebooks import ROOT

START_LIMIT_S = 120
STOP_LIMIT_S = 20

# JupyterLab asks its makers for news at the first start, and waits for an answer with a popup.
SETTINGS = {"apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False}}


@dataclass(frozen=True)
class Lab:
    """A server that answers: its address, what it lets in, and the folder that it serves."""

    url: str
    token: str
    folder: Path


@contextmanager
def running_lab(
    folder: Path, parts: Sequence[str] = ("notebooks", "docs"), extra: Mapping[str, str] | None = None
) -> Iterator[Lab]:
    """Serves a copy of `parts` of the course from `folder`, an empty one; raises RuntimeError with the log.

    `extra` holds more variables for the environment of the server.
    """
    served, private = folder / "served", folder / "private"
    for part in parts:
        shutil.copytree(ROOT / part, served / part)
    lab = Lab(f"http://127.0.0.1:{free_port()}", secrets.token_hex(8), served)
    environment = {**private_environment(private), **(extra or {})}
    with (folder / "server.log").open("w+") as log:
        server = subprocess.Popen(
            command(lab), stdout=log, stderr=subprocess.STDOUT, env=environment, cwd=served
        )
        try:
            wait_until_it_answers(server, lab, folder / "server.log")
            yield lab
        finally:
            stop(server)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def private_environment(private: Path) -> dict[str, str]:
    """The environment of a server that neither reads nor changes anybody's Jupyter, nor their predictions."""
    for name, setting in SETTINGS.items():
        file = private / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(setting), encoding="utf-8")
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "LOCKS_COURSE_HOME": "course_home",
    }
    ours = {name: str(private / folder) for name, folder in folders.items()}
    # The kernel finds helpers where this test found them.
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**os.environ, **ours, "PYTHONPATH": path}


def command(lab: Lab) -> list[str]:
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        f"--port={lab.url.rpartition(':')[2]}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={lab.token}",
        f"--ServerApp.root_dir={lab.folder}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.extension_manager=readonly",
        "--MappingKernelManager.shutdown_wait_time=2",
    ]


def wait_until_it_answers(server: subprocess.Popen, lab: Lab, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while not answers(lab):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.1)


def answers(lab: Lab) -> bool:
    try:
        with urllib.request.urlopen(f"{lab.url}/api/status?token={lab.token}", timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def stop(server: subprocess.Popen) -> None:
    """End the server; told to end kindly, it ends its kernels first."""
    server.terminate()
    try:
        server.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
