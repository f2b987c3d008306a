"""Three processes say the same of the whole suite, byte for byte; `make determinism` runs more."""

from tests.determinism import said_by_a_process
from tests.exploring.suite import EXPECTED


def test_three_processes_say_the_same():
    first, second, third = (said_by_a_process("explored") for _ in range(3))
    assert first.count("\n") > len(EXPECTED)
    assert first == second == third
