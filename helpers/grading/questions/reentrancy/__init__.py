"""The exercises of lesson 02: how deep an RLock is held, a class that needs none, a lock with an owner."""

from ...properties import Chosen, Explored, Written
from ...question import Question
from .depths import depths, my_numbers
from .owned import at_any_moment, exclusion, foreign_release, namesakes, one_owner, plain_lock_inside
from .stock import half_done, last_pieces, one_clerk, one_plain_lock, two_movers

__all__ = ["QUESTIONS", "my_numbers"]

_ANY_MOMENT = "T2 may ask at any moment, and the owner may change between two looks at it."

QUESTIONS = (
    Question(
        "02.1",
        "How deep?",
        stars=1,
        minutes=10,
        answer_name="depths",
        properties=(Chosen("02.1", depths, count=5),),
    ),
    Question(
        "02.2",
        "No RLock needed",
        stars=2,
        minutes=15,
        answer_name="Stock",
        properties=(
            Written(one_plain_lock, uses=1, needed=True),
            Explored(one_clerk, works=1, needed=True),
            Explored(two_movers, safe=1, live=1, needed=True, max_schedules=500),
            Explored(half_done, works=2, called="in one step"),
            Explored(last_pieces, works=1, called="last pieces", final=(3,)),
        ),
    ),
    Question(
        "02.3",
        "A lock that knows its owner",
        stars=3,
        minutes=25,
        answer_name="OwnedLock",
        properties=(
            Explored(one_owner, works=1, needed=True),
            Explored(exclusion, safe=1, live=1, final=(3,), needed=True),
            Explored(foreign_release, works=2, called="owner only"),
            Explored(at_any_moment, works=1, called="at any moment", because={"failure": _ANY_MOMENT}),
            Explored(namesakes, works=1, called="namesakes"),
            Written(plain_lock_inside, uses=1),
        ),
    ),
)
