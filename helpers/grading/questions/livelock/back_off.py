"""Exercise 07.2: two locks, taken with a random back-off."""

from __future__ import annotations

import ast
import threading
import time
from collections.abc import Callable
from typing import Any

from ....running import mark
from ...properties import Explored, Written
from ...question import Question
from .._threads import numbered, together

Take = Callable[[Any, Any], None]
CHANCE = {"random_choices": True, "max_steps": 600}
FEW = {"choice", "randint", "randrange"}


def _draws_a_pause(tree: ast.Module) -> str:
    """Return "" where one of the words of `random` is called of which every outcome can be played.

    >>> _draws_a_pause(ast.parse("time.sleep(random.uniform(0, 1))"))
    'no pause is drawn from a few: use random.choice, randint or randrange'
    >>> _draws_a_pause(ast.parse("time.sleep(random.choice((1, 2)))"))
    ''
    """
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {getattr(each, "attr", None) or getattr(each, "id", "") for each in functions}
    return "" if named & FEW else "no pause is drawn from a few: use random.choice, randint or randrange"


def _alone(take_both: Take, _: int) -> Callable[[], None]:
    def program() -> None:
        first, second = threading.Lock(), threading.Lock()
        for _ in range(2):
            take_both(first, second)
            assert first.locked(), "take_both returns, and the first lock is not held"
            assert second.locked(), "take_both returns, and the second lock is not held"
            first.release()
            second.release()

    return program


def _is_refused(take_both: Take, _: int) -> Callable[[], None]:
    """T1 is refused the second lock by somebody who then wants the first one, and does not give way."""

    def program() -> None:
        first, second = threading.Lock(), threading.Lock()

        def take() -> None:
            take_both(first, second)
            first.release()
            second.release()

        with second:
            thread = threading.Thread(target=take, name="T1")
            thread.start()
            time.sleep(0.005)
            with first:
                pass
        thread.join()

    return program


def _ring(take_both: Take, threads: int) -> Callable[[], None]:
    """Each thread takes its own lock and the next one's; the last one's next is the first one's."""

    def program() -> None:
        locks = [threading.Lock() for _ in range(threads)]
        owners = [""] * threads

        def use(number: int) -> None:
            mine = number, (number + 1) % threads
            name = f"T{number + 1}"
            take_both(locks[mine[0]], locks[mine[1]])
            for each in mine:
                assert not owners[each], f"{name} has a lock that {owners[each]} has too"
                owners[each] = name
            mark("has both")
            for each in mine:
                owners[each] = ""
                locks[each].release()

        together(numbered([lambda number=number: use(number) for number in range(threads)]))

    return program


BACK_OFF = Question(
    "07.2",
    "Random back-off",
    stars=2,
    minutes=15,
    answer_name="take_both",
    properties=(
        Explored(_alone, works=1, sizes=(1,), options=CHANCE, needed=True),
        Written(_draws_a_pause, uses=1, needed=True),
        Explored(
            _is_refused,
            works=1,
            called="gives back",
            sizes=(1,),
            options=CHANCE,
            because=dict.fromkeys(
                ("deadlock", "livelock", "starvation"), "T1 must give the first lock back before it pauses."
            ),
        ),
        Explored(
            _ring,
            safe=1,
            live=2,
            options=CHANCE,
            max_schedules=400,
            because={"livelock": "No outcome of chance leads out of this loop."},
        ),
    ),
)
