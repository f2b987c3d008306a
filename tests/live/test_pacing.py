"""A run is looked at until it ends, whoever looks, and the waiting thread looks where the loop does not."""

import asyncio
import threading

import pytest

from helpers.live import pacing

LIMIT_S = 10.0


@pytest.fixture(autouse=True)
def _fast(monkeypatch):
    monkeypatch.setattr(pacing, "FRAME_S", 0.01)


@pytest.fixture
def soon_stalled(monkeypatch):
    monkeypatch.setattr(pacing, "STALLED_S", 0.5)


@pytest.fixture
def loop():
    """An event loop that runs in a thread of its own."""
    made = asyncio.new_event_loop()
    thread = threading.Thread(target=made.run_forever, name="loop")
    thread.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    thread.join(LIMIT_S)
    made.close()


def looks(last):
    """A look that is the last one at its `last`th call, and the names of the threads that looked."""
    seen = []

    def look():
        seen.append(threading.current_thread().name)
        return len(seen) == last

    return look, seen


def test_the_waiting_thread_looks_until_it_is_over():
    look, seen = looks(5)
    pacing.by_sleeping(look)
    assert seen == ["MainThread"] * 5


def test_a_loops_thread_looks_until_it_is_over(loop):
    look, seen = looks(5)
    pacing.by_loop(loop)(look)
    assert seen == ["loop"] * 5


def test_what_a_look_raises_is_raised_where_the_run_is(loop):
    def look():
        raise ValueError("no such lane")

    with pytest.raises(ValueError, match="no such lane"):
        pacing.by_loop(loop)(look)


def test_a_loop_that_calls_no_more_is_asked_no_longer(loop, soon_stalled):
    look, seen = looks(6)
    let_go = threading.Event()

    def third_look_blocks_the_loop():
        if len(seen) == 2:
            loop.call_soon(let_go.wait, LIMIT_S)
        return look()

    pacing.by_loop(loop)(third_look_blocks_the_loop)
    let_go.set()
    assert seen == ["loop"] * 3 + ["MainThread"] * 3


def test_a_loop_that_does_not_run_is_not_waited_for(soon_stalled):
    look, seen = looks(3)
    loop = asyncio.new_event_loop()
    pacing.by_loop(loop)(look)
    loop.run_until_complete(asyncio.sleep(0.1))  # it does not look now that it runs
    loop.close()
    assert seen == ["MainThread"] * 3


def test_a_loop_that_is_closed_is_not_waited_for(soon_stalled):
    look, seen = looks(3)
    loop = asyncio.new_event_loop()
    loop.close()
    pacing.by_loop(loop)(look)
    assert seen == ["MainThread"] * 3


def test_a_look_that_does_not_come_back_is_told(loop, soon_stalled):
    let_go = threading.Event()
    with pytest.raises(RuntimeError, match="does not come back: does it wait for a lock of the program"):
        pacing.by_loop(loop)(lambda: let_go.wait(LIMIT_S))
    let_go.set()


def test_nobody_looks_any_more_once_the_wait_has_been_interrupted(loop, monkeypatch):
    look, seen = looks(1000)
    looking = pacing._Looking(loop, look)
    monkeypatch.setattr(looking, "_is_over_while_called", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        looking.until_true()
    before = len(seen)
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0.1), loop).result(LIMIT_S)
    assert len(seen) == before
