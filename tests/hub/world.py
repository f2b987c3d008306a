"""A machine as docs/jupyterhub.md describes it, inside this one: accounts, homes, /srv/locks.

Bubblewrap shows a hub, and whatever it starts, this machine's programs, and accounts, homes and a loopback of
their own. Nothing outside is changed, and when its first process ends, all others in it do.
"""

import os
import secrets
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.grading.assignments.student import NAME, pack
from tools.check_notebooks import ROOT

CONFIG = ROOT / "docs" / "jupyterhub" / "jupyterhub_config.py"
PEOPLE = {"teacher": 5001, "ada": 5002, "bo": 5003}
#: What of the checkout a teacher works with.
TEACHERS = ("helpers", "exercises", "solutions")


@dataclass(frozen=True)
class World:
    """A folder that holds all that can be written to, and everybody's password."""

    folder: Path
    passwords: dict[str, str]


def build(folder: Path) -> World:
    """Makes the files of the machine in an empty folder."""
    world = World(folder, {name: secrets.token_hex(8) for name in PEOPLE})
    for name in ("etc", "home", "hub", "srv/locks"):
        (folder / name).mkdir(parents=True)
    (folder / "hub").chmod(0o700)
    _accounts(world)
    _shared(folder / "srv" / "locks")
    _homes(folder / "home")
    return world


def command(world: World, programs: Iterable[Path]) -> list[str]:
    """What shows the machine to a command that comes after; `programs` are folders that it needs to run."""
    shown = [*programs, ROOT, *map(Path, dict.fromkeys((sys.base_prefix, sys.prefix)))]
    hidden = {Path("/tmp"), *closed(shown)}
    options = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for path in ("/run", "/var/log"):
        options += ["--tmpfs", path]
    for path in sorted(hidden):
        options += ["--perms", "1777" if path == Path("/tmp") else "0755", "--tmpfs", str(path)]
    for path in shown:
        for folder in [each for each in reversed(path.parents) if hidden & {each, *each.parents}]:
            options += ["--dir", str(folder)]
        options += ["--ro-bind", str(path), str(path)]
    options += ["--tmpfs", str(ROOT / "solutions")]
    for path in ("home", "srv"):
        options += ["--bind", str(world.folder / path), f"/{path}"]
    for path in ("passwd", "group", "shadow"):
        options += ["--ro-bind", str(world.folder / "etc" / path), f"/etc/{path}"]
    options += ["--bind", str(world.folder / "hub"), "/mnt", "--chdir", "/mnt"]
    return ["bwrap", "--die-with-parent", "--unshare-pid", "--unshare-net", "--unshare-ipc", *options]


def closed(paths: Iterable[Path]) -> set[Path]:
    """The outermost folders above these that not everybody may enter, such as /root."""
    found = set()
    for path in paths:
        above = [each for each in reversed(path.parents) if not each.stat().st_mode & 0o001]
        found.update(above[:1])
    return found


def _accounts(world: World) -> None:
    lines = {name: Path("/etc", name).read_text().splitlines() for name in ("passwd", "group", "shadow")}
    for name, number in PEOPLE.items():
        lines["passwd"].append(f"{name}:x:{number}:{number}::/home/{name}:/bin/sh")
        lines["group"].append(f"{name}:x:{number}:")
        lines["shadow"].append(f"{name}:{_hashed(world.passwords[name])}:20000:0:99999:7:::")
    for name, all_lines in lines.items():
        path = world.folder / "etc" / name
        path.write_text("\n".join(all_lines) + "\n")
        path.chmod(0o600 if name == "shadow" else 0o644)


def _hashed(password: str) -> str:
    command = ["openssl", "passwd", "-6", "-stdin"]
    return subprocess.run(
        command, input=password, capture_output=True, text=True, check=True, timeout=20
    ).stdout.strip()


def _shared(folder: Path) -> None:
    """What docs/jupyterhub.md has in /srv/locks."""
    with zipfile.ZipFile(pack(folder)) as package:
        package.extractall(folder)
    shutil.copytree(CONFIG.parent / "students", folder / "students")
    (folder / "exchange").mkdir()
    (folder / "exchange").chmod(0o777)


def _homes(folder: Path) -> None:
    for name, number in PEOPLE.items():
        (folder / name).mkdir()
        (folder / name).chmod(0o700)
        if name == "teacher":
            for part in TEACHERS:
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / part, folder / name / NAME / part, ignore=ignored)
        for path in (folder / name, *(folder / name).rglob("*")):
            os.chown(path, number, number)
