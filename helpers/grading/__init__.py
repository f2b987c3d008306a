"""Graded exercises: `check` says of an answer what every interleaving of it shows, and gives points.

`questions` declares what is asked, one module a lesson; `properties` are the kinds of checks. An answer
passes the door (`allowed`), becomes an object (`executing`, `answers`), is judged (`checking`), and is shown
(`showing`). `assignments` makes the notebooks that learners get.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .checking import check, grade_answer
    from .learners import learner
    from .result import Finding, Result
    from .tasks import task

__all__ = ["Finding", "Result", "check", "grade_answer", "learner", "task"]

_HOMES = {
    "Finding": "result",
    "Result": "result",
    "check": "checking",
    "grade_answer": "checking",
    "learner": "learners",
    "task": "tasks",
}


def __getattr__(name: str) -> Any:
    """Fetch a word from its module the first time it is used, as `helpers` does."""
    if name not in _HOMES:
        raise AttributeError(f"helpers.grading has no {name!r}. It has: {', '.join(__all__)}.")
    word = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = word
    return word
