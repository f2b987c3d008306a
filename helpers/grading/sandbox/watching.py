"""What a server sees of a child: its result, how much it prints, how it ends; and when its time is up."""

from __future__ import annotations

import os
import selectors
import signal
import time
from dataclasses import dataclass

from .jobs import PICTURE_KIB, RESULT_KIB
from .limits import Limits

PICTURE_S = 10.0
_LOOK_S = 0.02
_MOST_BYTES = (RESULT_KIB + PICTURE_KIB) << 10


@dataclass
class Seen:
    """What was seen of a child.

    Args:
        result: its first line, the result; None where there was none.
        picture: its second line, the timeline; empty where there was none.
        why: why it was ended before its result: "timeout", "output" or "result"; empty where it was not.
        ended: the way it ended, as `os.waitpid` tells it; None where it had to be killed.
    """

    result: str | None = None
    picture: str = ""
    why: str = ""
    ended: int | None = None


class Child:
    """A child that a server watches until it ends or is to be ended.

    Args:
        process: its number.
        results: where its lines can be read.
        output: where all that it prints can be read.
        limits: how much it may take.
    """

    def __init__(self, process: int, results: int, output: int, limits: Limits) -> None:
        self._process, self._results, self._output, self._limits = process, results, output, limits
        self._said, self._printed = bytearray(), 0
        self._seen = Seen()
        self._deadline = time.monotonic() + limits.seconds

    def watch(self) -> Seen:
        """Return what was seen; the child may still run where it was to be ended, and others of its."""
        with selectors.DefaultSelector() as selector:
            for descriptor in (self._results, self._output):
                os.set_blocking(descriptor, False)
                selector.register(descriptor, selectors.EVENT_READ)
            while selector.get_map() and not self._is_over():
                for key, _ in selector.select(_LOOK_S):
                    if not self._take(key.fd):
                        selector.unregister(key.fd)
                if self._has_ended():
                    while self._take(self._results):
                        pass
                    break
        self._has_ended(patience_s=1.0 if not self._seen.why else 0.0)
        lines = bytes(self._said).decode("utf-8", "replace").split("\n")
        if len(lines) > 1:
            self._seen.result, self._seen.picture = lines[0], lines[1] if len(lines) > 2 else ""
        return self._seen

    def _take(self, descriptor: int) -> int:
        """Read what is there; return how much, 0 where nothing will come any more."""
        try:
            part = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return 0
        if descriptor == self._output:
            self._printed += len(part)
        else:
            had_result = b"\n" in self._said
            self._said += part
            if not had_result and b"\n" in part:
                self._deadline = time.monotonic() + PICTURE_S
        return len(part)

    def _is_over(self) -> bool:
        has_result = b"\n" in self._said
        if len(self._said) > (_MOST_BYTES if has_result else RESULT_KIB << 10):
            self._seen.why = "" if has_result else "result"
            return True
        if self._printed > self._limits.output_kib << 10 and not has_result:
            self._seen.why = "output"
            return True
        if time.monotonic() > self._deadline:
            self._seen.why = "" if has_result else "timeout"
            return True
        return False

    def _has_ended(self, patience_s: float = 0.0) -> bool:
        until = time.monotonic() + patience_s
        while self._seen.ended is None:
            process, status = os.waitpid(self._process, os.WNOHANG)
            if process:
                self._seen.ended = status
            elif time.monotonic() >= until:
                return False
            else:
                time.sleep(0.001)
        return True


def told(status: int) -> str:
    """Return how a process ended, in words.

    >>> told(0), told(3 << 8), told(9)
    ('exit code 0', 'exit code 3', 'signal SIGKILL')
    """
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        known = {each.value: each.name for each in signal.Signals}
        return f"signal {known.get(number, number)}"
    return f"exit code {os.WEXITSTATUS(status)}"
