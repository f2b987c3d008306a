"""A trace that is told while threads still run shows no moment that never was."""

from helpers.running.locks import recorded_lock
from helpers.running.records import Request, Site
from helpers.running.session import RunSession
from helpers.running.telling import tell


class Meanwhile(dict):
    """Requests; while they are looked at, something happens."""

    def __init__(self, happen, requests):
        super().__init__({1: requests})
        self.happen = happen

    def values(self):
        self.happen()
        return super().values()


def told_while(happen_to):
    session = RunSession()
    session.callers.enter("T1")
    lock = recorded_lock(session.callers, session.waiting, session.told, "lock")
    session.locks.append(lock)
    lock.acquire()
    asks = Request("lock", "lock", "exclusive", session.started, Site("T1", None, 0))
    session.waiting.requests = Meanwhile(lambda: happen_to(lock), [asks])
    return tell(session, session.started + 1, finished=False, stdout="", result=None)


def test_who_gave_back_and_asks_again_does_not_wait_for_itself():
    assert told_while(lambda lock: lock.release()).cycle() == ()


def test_a_hold_that_began_meanwhile_is_not_the_one_that_was_waited_for():
    def again(lock):
        lock.release()
        lock.acquire()

    assert told_while(again).cycle() == ()


def test_who_holds_all_the_time_and_asks_does_wait_for_itself():
    assert len(told_while(lambda lock: None).cycle()) == 1
