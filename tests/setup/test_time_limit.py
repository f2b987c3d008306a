"""tools/time_limit.py ends what would not end by itself."""

import signal
import subprocess
import sys
import time

from tools.check_notebooks import ROOT

LEFT_WAITING = """
import faulthandler, threading
faulthandler.enable()
threading.Thread(target=threading.Event().wait).start()
"""


def command(limit_s: float, code: str) -> list[str]:
    return [sys.executable, str(ROOT / "tools/time_limit.py"), str(limit_s), sys.executable, "-c", code]


def limited(limit_s: float, code: str):
    return subprocess.run(command(limit_s, code), capture_output=True, text=True, timeout=30)


def test_a_command_in_time_exits_as_it_did():
    assert limited(20, "raise SystemExit(7)").returncode == 7


def test_a_thread_that_never_ends_is_ended_and_located():
    began = time.monotonic()
    run = limited(1, LEFT_WAITING)
    assert run.returncode == 124
    assert "Time is up: stopped after 1 s" in run.stderr
    assert "in wait" in run.stderr
    assert time.monotonic() - began < 20


def test_what_the_command_started_is_ended_too(tmp_path):
    alive = tmp_path / "alive"
    child = f"import pathlib, time; time.sleep(2); pathlib.Path({str(alive)!r}).touch()"
    limited(20, f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}])")
    time.sleep(2.5)
    assert not alive.exists()


def test_ctrl_c_reaches_the_command(tmp_path):
    code = """
import time
print("up", flush=True)
try:
    time.sleep(60)
except KeyboardInterrupt:
    print("last words", flush=True)
"""
    with subprocess.Popen(command(60, code), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == "last words\n"
    assert process.returncode == 130
