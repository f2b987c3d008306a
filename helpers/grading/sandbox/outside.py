"""The outside of a sandbox: it asks the server inside for outcomes, and starts another where one is lost."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import bubblewrap, frames, replies
from .jobs import Job, Outcome
from .watching import PICTURE_S

START_LIMIT_S = 120.0
#: How much longer than an answer a server may take, before it is ended with all that it holds.
GRACE_S = 10.0
_SERVE = """
import sys
sys.path.insert(0, {root!r})
from helpers.grading.sandbox.server import main
main({to!r})
"""


class Sandbox:
    """A place where answers are graded, one after another, each in a process of its own.

    Args:
        isolated: False for processes with the same limits, but without bubblewrap: on a machine that holds
            nothing of worth, or for answers of people whom one trusts.
        cpu: the number of the CPU to stay on; None for any. Exploring uses one at a time.

    Raises:
        RuntimeError: where there is no bubblewrap, or no process can be forked on this system.
    """

    def __init__(self, *, isolated: bool = True, cpu: int | None = None) -> None:
        if not hasattr(os, "fork"):
            raise RuntimeError("grading a class needs Linux, macOS, or Linux in Windows (WSL)")
        if isolated and (why := bubblewrap.missing()):
            raise RuntimeError(
                f"There is no sandbox: {why}. With --no-sandbox answers can do all that you can do here."
            )
        self._isolated, self._cpu = isolated, cpu
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def grade(self, job: Job) -> Outcome:
        """Return what comes of an answer; it takes little longer than the job's limit, whatever it does.

        Raises:
            RuntimeError: where the server cannot be started; with what it said.
        """
        return replies.outcome(job, self.ask(job))

    def ask(self, job: Job) -> Any:
        """Return what the server says of an answer, unread, for `replies.outcome`, here or elsewhere.

        Raises:
            RuntimeError: where the server cannot be started; with what it said.
        """
        process = self._started()
        try:
            frames.send(process.stdin.fileno(), job.to_json())
            return frames.receive(process.stdout.fileno(), job.limits.seconds + PICTURE_S + GRACE_S)
        except TimeoutError:
            self._end()
            return replies.reply(job, "timeout")
        except (EOFError, OSError, ValueError) as error:
            self._end()
            return replies.reply(job, "lost", str(error))

    def close(self) -> None:
        """End the server, and with it every process inside."""
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2.0)
            self._end()

    def abort(self) -> None:
        """End the server at once, from whichever thread; a call of `grade` that is under way then returns."""
        if (process := self._process) is not None and process.returncode is None:
            _kill(process)

    def _started(self) -> subprocess.Popen[bytes]:
        return self._process or self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        to = ["isolated" if self._isolated else "plain", str(-1 if self._cpu is None else self._cpu)]
        serve = [sys.executable, "-I", "-B", "-c", _SERVE.format(root=str(bubblewrap.ROOT), to=to)]
        # Not in the terminal's group: Ctrl-C is for the one who grades, who then ends the servers in order.
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                [*(bubblewrap.command(cache=_font_cache()) if self._isolated else []), *serve],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                cwd="/",
                env=None if self._isolated else _little_environment(),
                start_new_session=True,
            )
            self._process = process
            try:
                frames.receive(process.stdout.fileno(), START_LIMIT_S)
            except (EOFError, TimeoutError, ValueError) as error:
                self._end()
                said.seek(0)
                words = said.read()[-2000:].decode(errors="replace").strip()
                raise RuntimeError(f"The sandbox does not start ({error}): {words}") from error
            except BaseException:
                self._end()
                raise
        return process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                stream.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _font_cache() -> Path | None:
    """Where matplotlib keeps its list of fonts, so that no server makes one; found without an import."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(os.environ.get("MPLCONFIGDIR") or Path(home) / "matplotlib")
    return folder if any(folder.glob("fontlist*.json")) else None


def _little_environment() -> dict[str, str]:
    """What a process without a sandbox gets of the environment: nothing that could be a secret."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    cache = _font_cache()
    return {**kept, "MPLCONFIGDIR": str(cache)} if cache else kept
