"""A few of the programs that are stuck on RLocks; `stuck_rlocks.py` has as many as are wanted."""

import pytest

from tests.running.stuck_rlocks import end_one


@pytest.mark.parametrize("seed", range(30))
def test_is_ended(seed):
    end_one(seed)
