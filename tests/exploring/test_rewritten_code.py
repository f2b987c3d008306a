"""Rewritten code means the same: whatever the construct, also while a loop makes its stack be kept."""

import threading

import pytest

from helpers import explore
from tests.exploring.constructs import BODIES


@pytest.mark.parametrize("name", BODIES)
def test_a_construct_means_the_same(name):
    body = BODIES[name]
    expected = body(threading.Lock())

    def program():
        lock, results = threading.Lock(), []
        threads = [threading.Thread(target=lambda: results.append(body(lock))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert results == [expected] * 2

    verdict = explore(program, max_schedules=40)
    assert verdict.kind == "proved" or "max_schedules" in verdict.reason, verdict.explain()
