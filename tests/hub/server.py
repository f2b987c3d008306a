"""A JupyterHub with the configuration of docs/jupyterhub.md, ended with all that it started."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.hub.world import CONFIG

URL = "http://127.0.0.1:8000"
START_LIMIT_S = 90
STOP_LIMIT_S = 60
LOG = Path("hub.log")


@contextmanager
def running_hub(proxy: Path) -> Iterator[str]:
    """Lends the address of a hub that answers; what it says is in hub.log in the current folder."""
    path = os.pathsep.join([str(Path(sys.executable).parent), str(proxy.parent), os.environ["PATH"]])
    environment = {"PATH": path, "LANG": "C.UTF-8", "HOME": str(Path.cwd()), "PYTHONUNBUFFERED": "1"}
    with LOG.open("w") as log:
        hub = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", CONFIG],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        try:
            _wait_until_it_answers(hub)
            yield URL
        finally:
            _stop(hub)


def others(patience_s: float = 10) -> list[str]:
    """The processes of this machine beside its first one and this one, once `patience_s` seconds are over."""
    deadline = time.monotonic() + patience_s
    while (found := _processes()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def _processes() -> list[str]:
    numbers = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()}
    return sorted(f"{number} {_command_of(number)}" for number in numbers - {1, os.getpid()})


def _command_of(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return "ended"


def _wait_until_it_answers(hub: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while True:
        try:
            requests.get(f"{URL}/hub/api", timeout=2).raise_for_status()
            return
        except requests.RequestException:
            if hub.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the hub did not start") from None
            time.sleep(0.2)


def _stop(hub: subprocess.Popen) -> None:
    """Ends the hub; told to end kindly, it ends the servers and its proxy first."""
    hub.terminate()
    try:
        hub.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        hub.kill()
        hub.wait()
