"""The outside of a sandbox: it asks the server inside for outcomes, and starts another where one is lost."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

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
        self._said: IO[bytes] | None = None  # what the server writes to stderr, until it is ready

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self) -> None:
        """Start the server, and do not wait until it is ready: `grade` does, and starts it where need be."""
        if self._process is None:
            self._process = self._new_server()

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
        process = self._ready()
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
        if self._process is not None and self._said is None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2.0)
        self._end()

    def abort(self) -> None:
        """End the server at once, from whichever thread; a call of `grade` that is under way then returns."""
        if (process := self._process) is not None and process.returncode is None:
            _kill(process)

    def _new_server(self) -> subprocess.Popen[bytes]:
        to = ["isolated" if self._isolated else "plain", str(-1 if self._cpu is None else self._cpu)]
        serve = [sys.executable, "-I", "-B", "-c", _SERVE.format(root=str(bubblewrap.ROOT), to=to)]
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the server is ready
        # Not in the terminal's group: Ctrl-C is for the one who grades, who then ends the servers in order.
        return subprocess.Popen(
            [*(bubblewrap.command(cache=_font_cache()) if self._isolated else []), *serve],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            cwd="/",
            env=None if self._isolated else _little_environment(),
            start_new_session=True,
        )

    def _ready(self) -> subprocess.Popen[bytes]:
        self.begin()
        if self._said is not None:
            try:
                frames.receive(self._process.stdout.fileno(), START_LIMIT_S)
            except (EOFError, TimeoutError, ValueError) as error:
                words = self._end()
                raise RuntimeError(f"The sandbox does not start ({error}): {words}") from error
            except BaseException:
                self._end()
                raise
            self._forget_said()
        return self._process

    def _forget_said(self) -> str:
        """Close the file that holds what the server wrote while it started; return the end of it."""
        if self._said is None:
            return ""
        with self._said as said:
            self._said = None
            said.seek(0)
            return said.read()[-2000:].decode(errors="replace").strip()

    def _end(self) -> str:
        """End the server with all that it holds; return what it said, where it was not ready yet."""
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    stream.close()
        return self._forget_said()


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
