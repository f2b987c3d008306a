"""Frames of a run that is read while it goes on, as a live view gets them."""

import threading
import time

from helpers import mark
from helpers.live.feed import Feed
from helpers.running import execute
from helpers.running.session import RunSession

LIMIT_S = 5.0


def frames_of(program, counts=None):
    """The frames of a run that ends by itself, read about every millisecond, and its trace."""
    frames = []

    def watch(session):
        feed = Feed(session, counts)
        deadline = time.monotonic() + LIMIT_S
        done = False
        while not done and time.monotonic() < deadline:
            done = session.workers.all_done.wait(0.001)
            frames.append(feed.read())
        return done

    trace = execute(program, RunSession(), watch)
    assert trace.finished
    return frames, trace


def start_and_join(*bodies):
    threads = [threading.Thread(target=body, name=f"T{n}") for n, body in enumerate(bodies, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def busy():
    """Three threads that wait for locks, nest them, wait for one another, and try in vain."""
    outer, inner, gate = threading.Lock(), threading.RLock(), threading.Barrier(3)

    def work():
        for _ in range(20):
            with outer, inner:
                time.sleep(0.0005)
                outer.acquire(blocking=False)
            if inner.acquire(blocking=False):
                mark("got in")
                inner.release()
            gate.wait()
            mark("met")

    start_and_join(work, work, work)
