"""Why Python 3.14 needs fewer states than 3.13: it compiles the test of a `while` once, older ones twice.

Up to 3.13, a thread at the test before its first turn stands at another instruction than one that comes
back to it, though both go on in the same way. Here each `while` is read as if it had one test, on any Python.
"""

import ast
import functools
import sys

import pytest

from helpers import explore
from helpers.exploring.points import swapping
from tests.exploring import loops  # noqa: F401 - its programs are entered in EXPECTED
from tests.exploring.suite import EXPECTED
from tests.exploring.test_opcodes import codes_in

# Schedules and states: with a test for the first turn and one for the others, and with one test.
COUNTS = {
    "waiting_busily_for_somebody": ((7, 24), (5, 17)),
    "a_race_that_is_reached_after_a_busy_wait": ((7, 0), (5, 0)),
    "a_writer_among_readers_RWLockRead": ((237, 438), (165, 332)),
    "a_writer_among_readers_RWLockFair": ((368, 711), (285, 565)),
    "a_writer_among_readers_RWLockWrite": ((738, 1332), (588, 1084)),
    "a_reader_among_writers": ((638, 1150), (519, 916)),
    "greedy_beside_patient_BargingLock": ((24, 83), (19, 67)),
    "greedy_beside_patient_TicketLock": ((63, 218), (60, 208)),
}


class OneTest(ast.NodeTransformer):
    """`while test: body` as `while True: if not test: break; body`, which every Python compiles once."""

    def visit_While(self, node):
        self.generic_visit(node)
        if isinstance(node.test, ast.Constant):
            return node
        assert not node.orelse
        leave = ast.copy_location(ast.If(ast.UnaryOp(ast.Not(), node.test), [ast.Break()], []), node.test)
        forever = ast.copy_location(ast.Constant(True), node.test)
        return ast.copy_location(ast.While(forever, [leave, *node.body], []), node)


@functools.cache
def with_one_test(filename):
    """The code of a file's functions, by name and line, with each `while` read so."""
    with open(filename, encoding="utf-8") as file:
        tree = OneTest().visit(ast.parse(file.read()))
    code = compile(ast.fix_missing_locations(tree), filename, "exec", dont_inherit=True)
    return {(each.co_qualname, each.co_firstlineno): each for each in codes_in(code)}


def counted(program):
    verdict = explore(program)
    return verdict.schedules, verdict.states


@pytest.mark.parametrize("name", COUNTS)
def test_the_states_are_the_same_where_a_loop_has_one_test(name, monkeypatch):
    program = next(each for each in EXPECTED if each.__name__ == name)
    twice, once = COUNTS[name]
    assert counted(program) == (once if sys.version_info >= (3, 14) else twice)
    rewritten = swapping.rewritten

    def read_so(code, *rest):
        return rewritten(with_one_test(code.co_filename)[code.co_qualname, code.co_firstlineno], *rest)

    monkeypatch.setattr(swapping, "rewritten", read_so)
    monkeypatch.setattr(swapping, "_cache", {})
    assert counted(program) == once
