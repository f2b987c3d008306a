"""What stands in for `sys.stdout` while a program prints."""

import gc
import io
import sys

from helpers.substitution.printing import kept_stdout


class Flushed(io.StringIO):
    def __init__(self):
        super().__init__()
        self.times = 0

    def flush(self):
        self.times += 1


def test_who_is_ours_is_kept_and_everybody_else_passes(monkeypatch):
    real = Flushed()
    monkeypatch.setattr(sys, "stdout", real)
    ours = [True]
    with kept_stdout(lambda: ours[0]) as kept:
        print("ours", flush=True)
        ours[0] = False
        print("theirs", flush=True)
    assert ("".join(kept), real.getvalue(), real.times) == ("ours\n", "theirs\n", 1)


def test_the_garbage_collector_flushes_nothing(monkeypatch):
    """In a kernel, flushing waits for the thread that sends, which may wait for this one: ten seconds."""
    real = Flushed()
    monkeypatch.setattr(sys, "stdout", real)
    with kept_stdout(lambda: False):
        pass
    gc.collect()
    assert real.times == 0
