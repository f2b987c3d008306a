"""Graded exercises: `check` says of an answer what every interleaving of it shows, and gives points.

`questions` declares what is asked, one module a lesson; `properties` are the kinds of checks. An answer
passes the door (`allowed`), becomes an object (`executing`, `answers`), is judged (`checking`), and is shown
(`showing`). `assignments` makes the notebooks that learners get.
"""

from .checking import check, grade_answer
from .learners import learner
from .result import Finding, Result
from .tasks import task

__all__ = ["Finding", "Result", "check", "grade_answer", "learner", "task"]
