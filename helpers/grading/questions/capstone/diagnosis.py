"""Exercise 08.1: what can happen in a program, read from its code; each learner has other ones."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random

from ....exploring import explore
from ...learners import chance_of, current_learner
from ...properties import Chosen, Item
from ...question import Question
from .cases import CASES

ID = "08.1"
COUNT = 6
WORDS = {"failure": "lost update", "proved": "nothing"}
ANSWERS = ("lost update", "deadlock", "lost wake-up", "starvation", "livelock", "nothing")


@lru_cache
def diagnosis(program: Callable[[], None]) -> str:
    """Return what can happen in a program, in the words of the answers.

    >>> from .cases import two_orders
    >>> diagnosis(two_orders)
    'deadlock'
    """
    kind = explore(program).kind
    return WORDS.get(kind, kind)


def my_programs() -> dict[str, Callable[[], None]]:
    """Return your programs by their letters; they depend on the name that `learner` was told."""
    return _programs(chance_of(current_learner(), ID))


def _programs(numbers: Random) -> dict[str, Callable[[], None]]:
    return dict(zip("ABCDEF", numbers.sample(list(CASES), k=COUNT), strict=True))


def _items(numbers: Random) -> Sequence[Item]:
    return [_item(letter, program) for letter, program in _programs(numbers).items()]


def _item(letter: str, program: Callable[[], None]) -> Item:
    code = textwrap.dedent(inspect.getsource(program)).replace(program.__name__, f"program_{letter}", 1)
    text = f"What can happen?\n\n```python\n{code}```"
    return Item(letter, text, diagnosis(program), CASES[program], options=ANSWERS)


DIAGNOSIS = Question(
    ID,
    "Six programs",
    stars=1,
    minutes=15,
    answer_name="answer",
    properties=(Chosen(ID, _items, count=COUNT),),
)
