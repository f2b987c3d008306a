"""The exercises of lesson 03: give back what was got and no more, a try in a with, two locks or none."""

from ...properties import Explored
from ...question import Question
from . import answered, library
from .both import crosswise, gives_up, holds_none_while_waiting, waits_in_time
from .library import Shelf

__all__ = ["QUESTIONS", "Shelf"]

_NEVER_WAIT = {"deadlock": "Nobody may wait here: a try looks at the lock and takes it in one step."}

QUESTIONS = (
    Question(
        "03.1",
        "Give back what you got",
        stars=1,
        minutes=10,
        answer_name="borrow",
        properties=(
            Explored(library.alone, works=2, needed=True),
            Explored(library.beside_others, safe=1, live=2, sizes=(1,), final=(2,), because=_NEVER_WAIT),
        ),
    ),
    Question(
        "03.2",
        "A try in a with",
        stars=2,
        minutes=15,
        answer_name="try_acquire",
        properties=(
            Explored(answered.alone, works=2, needed=True),
            Explored(answered.beside_others, safe=2, live=2, sizes=(1,), final=(2,), because=_NEVER_WAIT),
        ),
    ),
    Question(
        "03.3",
        "Both or none",
        stars=3,
        minutes=25,
        answer_name="acquire_both",
        properties=(
            Explored(gives_up, works=1, sizes=(0, 1, 2, 3), needed=True, options={"max_steps": 2_000}),
            Explored(crosswise, safe=1, live=1, final=(3,), needed=True),
            Explored(holds_none_while_waiting, works=3, called="waits without a lock", sizes=(0, 1)),
            Explored(waits_in_time, works=2, called="waits in time", sizes=(0, 1, 2)),
        ),
    ),
)
