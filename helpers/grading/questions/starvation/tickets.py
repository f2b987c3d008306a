"""Exercise 06.3: a lock that serves those who ask in the order in which they came."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable

from ...properties import Explored, Written
from ...question import Question
from .._threads import numbered, together


class _Closed(Exception):
    """What goes wrong inside a `with`."""


def _alone(lock_class: type, _: int) -> Callable[[], None]:
    def program() -> None:
        lock = lock_class()
        for _ in range(2):
            lock.acquire()
            lock.release()
        told = False
        try:
            with lock:
                raise _Closed
        except _Closed:
            told = True
        assert told, "an exception inside of the with does not come out of it"
        with lock:
            pass

    return program


def _counting(lock_class: type, threads: int) -> Callable[[], None]:
    def program() -> None:
        lock, count = lock_class(), 0

        def add() -> None:
            nonlocal count
            with lock:
                seen = count
                count = seen + 1

        together(numbered([add] * threads))
        assert count == threads, f"lost update: {threads} threads each added 1, and the count is {count}"

    return program


def _arrivals(lock_class: type, waiting: int) -> Callable[[], None]:
    """T1 holds the lock; others ask one after the other; T1 releases it and asks again at once."""

    def program() -> None:
        lock, came, served = lock_class(), [], []

        def ask(name: str, stay_ms: int) -> None:
            came.append(name)
            lock.acquire()
            next_one = came[len(served)]
            assert name == next_one, f"overtaking: {next_one} asked before {name}, and {name} is served first"
            served.append(name)
            assert len(served) == ended[0] + 1, f"{name} gets the lock while {served[-2]} holds it"
            time.sleep(stay_ms / 1000)
            ended[0] += 1
            lock.release()

        def first() -> None:
            ask("T1", stay_ms=20)
            ask("T1", stay_ms=1)

        def later(name: str, at_ms: int) -> None:
            time.sleep(at_ms / 1000)
            ask(name, stay_ms=5)

        ended = [0]
        names = [f"T{number}" for number in range(2, 2 + waiting)]
        others = {name: lambda at=at, name=name: later(name, at) for at, name in enumerate(names, 1)}
        together({"T1": first, **others})

    return program


def _spins(tree: ast.Module) -> str:
    """Return where a loop waits without blocking.

    >>> _spins(ast.parse("while not free: changed.wait()"))
    ''
    >>> _spins(ast.parse("while not free: pass"))
    'the loop in line 1 looks again and again: who waits must block, in wait() or acquire()'
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.While) and not any(map(_blocks, ast.walk(node))):
            instead = "who waits must block, in wait() or acquire()"
            return f"the loop in line {node.lineno} looks again and again: {instead}"
    return ""


def _blocks(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    values = [*node.args[:1], *(each.value for each in node.keywords)]
    tries = any(isinstance(value, ast.Constant) and value.value in (False, 0) for value in values)
    return node.func.attr in ("wait", "wait_for", "acquire", "get", "join") and not tries


TICKETS = Question(
    "06.3",
    "First come, first served",
    stars=3,
    minutes=25,
    answer_name="TicketLock",
    properties=(
        Explored(_alone, works=1, sizes=(1,), needed=True),
        Explored(_counting, safe=1, sizes=(2,), final=(3,), needed=True),
        Written(_spins, uses=1, needed=True),
        Explored(
            _arrivals,
            works=3,
            sizes=(1, 2),
            final=(3,),
            because={"lost wake-up": "Whoever is woken must be the one whose turn it is."},
        ),
    ),
)
