"""Makes a bench's own code count as a learner's.

`run` and `explore` tell a learner's program from ours by the file that its code stands in, and watch only the
former.
"""

from collections.abc import Callable
from types import CodeType
from typing import TypeVar

FILE = "learners_program.py"

AnyFunction = TypeVar("AnyFunction", bound=Callable)


def as_learners_code(function: AnyFunction) -> AnyFunction:
    """Mark a function, and all functions inside it, as a learner's code."""
    function.__code__ = _moved(function.__code__)
    return function


def _moved(code: CodeType) -> CodeType:
    inside = tuple(_moved(each) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=FILE, co_consts=inside)
