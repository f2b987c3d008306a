"""Runs a command and ends it, with all that it started, when its time is up.

Usage: ``python tools/time_limit.py SECONDS COMMAND ...``. Exits as the command did, or with 124 when time was
up, as coreutils' `timeout` does, which macOS lacks. A test run needs it: one thread left waiting for a lock
would keep the interpreter, and so the whole run, from ever ending.
"""

import contextlib
import os
import signal
import subprocess
import sys


def main(limit_s: float, command: list[str]) -> int:
    """Runs `command` for at most `limit_s` seconds and returns its exit code, or 124."""
    process = subprocess.Popen(command, start_new_session=True)
    try:
        return process.wait(limit_s)
    except subprocess.TimeoutExpired:
        print(f"\nTime is up: stopped after {limit_s:g} s: {' '.join(command)}", file=sys.stderr)
        # Python's faulthandler, which pytest switches on, answers this with where each thread stands.
        ask(process, signal.SIGABRT)
        return 124
    except KeyboardInterrupt:
        ask(process, signal.SIGINT)
        return 130
    finally:
        end_group(process)


def ask(process: subprocess.Popen, by: signal.Signals, patience_s: float = 10) -> None:
    """Signals the command, and gives it `patience_s` seconds for its last words."""
    process.send_signal(by)
    with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
        process.wait(patience_s)


def end_group(process: subprocess.Popen) -> None:
    """Ends every process that is left of the command's group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


if __name__ == "__main__":
    # An ordinary end lets `finally` clean up, where the default would leave the command behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
