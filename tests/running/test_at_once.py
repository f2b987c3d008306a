"""What threads do at the same moment: nobody gets what another one got, without the GIL too."""

import threading
from operator import attrgetter

import pytest

from helpers.running.session import RunSession
from helpers.substitution import Operation

THREADS = 4
TIMES = 5_000

take, give_back = Operation("semaphore", "shared", "hold"), Operation("semaphore", "shared", "release")


def at_once(job, times=TIMES):
    """What so many calls of a job return, made by some threads at the same time."""
    gate, returned = threading.Barrier(THREADS), [[] for _ in range(THREADS)]

    def body(mine):
        gate.wait()
        for _ in range(times):
            mine.append(job())

    threads = [threading.Thread(target=body, args=(mine,)) for mine in returned]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(each for mine in returned for each in mine)


@pytest.fixture
def session():
    return RunSession()


def test_each_object_has_a_name_of_its_own(session):
    names = at_once(lambda: session.names.unique("lock"))
    assert sorted(set(names)) == names


def test_each_hold_ends_once_whoever_ends_it(session):
    slots, times = threading.Semaphore(), 500
    for _ in range(THREADS * times):
        session.operate(take, slots, lambda: True, None)
    at_once(lambda: session.operate(give_back, slots, lambda: 0, None), times)
    assert len(session.told) == len(set(map(attrgetter("granted"), session.told))) == THREADS * times
