"""Asks another explorer about a program, in a process of its own that is ended when its time is up."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

LIMIT_S = 20.0
FRONTRUN_ENDS = (3, 15)  # the first Python without it, as pyproject.toml has it
FRONTRUN = (sys.executable, "-m", "helpers.bench.frontrun_peer")

# frontrun refuses to work where its own command has not set this.
_ENVIRONMENT = {"FRONTRUN_ACTIVE": "1"}


@dataclass(frozen=True)
class Finding:
    """What an explorer said of a program.

    Args:
        kind: "deadlock" or "proved"; else "out of time", "no verdict", "did not run" or "not installed".
        schedules: how many schedules it played.
        seconds: how long it took; its limit where it was out of time.
        words: what there is to say where it found neither.
        processor_s: how much processor time it took, whatever else the machine did meanwhile.
    """

    kind: str
    schedules: int = 0
    seconds: float = 0.0
    words: str = ""
    processor_s: float = 0.0


def frontrun(program: str, limit_s: float) -> Finding:
    """Return what frontrun finds in a program; on a Python that it is not made for, that it is not there."""
    if sys.version_info >= FRONTRUN_ENDS and find_spec("frontrun") is None:
        version = ".".join(map(str, FRONTRUN_ENDS))
        return Finding("not installed", words=f"not installed from Python {version} on")
    return ask(program, limit_s)


def ask(program: str, limit_s: float, command: Sequence[str] = FRONTRUN) -> Finding:
    """Return what the other explorer finds in a program, or that it found nothing within the limit.

    It may hang, or spin in threads that nobody can end, so it is killed as a process.

    Args:
        program: a name of `PROGRAMS`.
        limit_s: seconds that its process has, with its start.
        command: is given the name of the program as one more argument, and prints a `Finding` as the last
            line of its output, in JSON.
    """
    process = subprocess.Popen(
        [*command, program],
        env={**os.environ, **_ENVIRONMENT},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        out, errors = process.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        return Finding("out of time", seconds=limit_s, words=f"none in {limit_s:g} s")
    finally:
        process.kill()  # does nothing where it has ended
        process.communicate()
    if process.returncode or not out.strip():
        return Finding(
            "did not run", words=f"did not run: {_last_line(errors) or f'exit {process.returncode}'}"
        )
    return Finding(**json.loads(_last_line(out)))


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]
