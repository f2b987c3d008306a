import threading

from conftest import threads_left


def test_a_thread_left_behind_is_seen():
    before = set(threading.enumerate())
    go_on = threading.Event()
    thread = threading.Thread(target=go_on.wait, daemon=True)
    thread.start()
    assert threads_left(before, patience_s=0.05) == [thread]
    go_on.set()
    assert threads_left(before, patience_s=5) == []
