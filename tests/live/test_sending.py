"""In a kernel, the thread that sends looks at the run too, and each frame is a message of its own."""

import time
from queue import Empty

import pytest

from helpers.bench.live import _kernel
from helpers.live.timeline.sending import sender_of

LIMIT_S = 60.0
RUN = """
import threading
from helpers import Live
from helpers.lessons.deadlock.live import PHILOSOPHERS
from helpers.live.session import LiveRun

lookers = set()
look = LiveRun._look
LiveRun._look = lambda *args: (lookers.add(threading.current_thread().name), look(*args))[1]
live = Live(PHILOSOPHERS)
trace = live.run(seconds=1.0, fix="in order")
print(live.comm.comm_id, *lookers)
"""


@pytest.fixture(scope="module")
def heard():
    """All that a kernel sends while a run is shown, up to the end of the cell."""
    messages = []
    deadline = time.monotonic() + LIMIT_S
    with _kernel() as client:
        asked = client.execute(RUN)
        while time.monotonic() < deadline:
            try:
                message = client.get_iopub_msg(timeout=1)
            except Empty:
                continue
            messages.append(message)
            is_ours = message["parent_header"].get("msg_id") == asked
            if is_ours and message["content"].get("execution_state") == "idle":
                return messages
    raise AssertionError(f"the cell did not end: {messages[-3:]}")


def told_to_the_widget(heard):
    printed = "".join(each["content"]["text"] for each in heard if each["msg_type"] == "stream")
    comm_id, *lookers = printed.split()
    to_it = [
        each for each in heard if each["msg_type"] == "comm_msg" and each["content"]["comm_id"] == comm_id
    ]
    custom = [each for each in to_it if each["content"]["data"]["method"] == "custom"]
    return custom, lookers


def test_the_thread_that_sends_looks(heard):
    _, lookers = told_to_the_widget(heard)
    assert lookers == ["IOPub"]


def test_each_frame_is_a_message_of_its_own(heard):
    custom, _ = told_to_the_widget(heard)
    contents = [each["content"]["data"]["content"] for each in custom]
    assert [content["kind"] for content in contents] == ["begin"] + ["frame"] * (len(contents) - 1)
    assert 3 <= len(contents) <= 12
    assert len({each["header"]["msg_id"] for each in custom}) == len(custom)
    times = [content["now"] for content in contents[1:]]
    assert times == sorted(times)
    assert all(each["header"]["msg_type"] == "comm_msg" for each in custom)


def test_without_a_kernel_nobody_sends():
    from helpers import Live
    from helpers.lessons.deadlock.live import PHILOSOPHERS

    assert sender_of(Live(PHILOSOPHERS)) is None
