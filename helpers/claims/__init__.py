"""What the lessons claim: each claim is a function that returns True where it held, and else False.

``python -m helpers.claims`` runs every claim many times and counts how often it held.
"""

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

__all__ = ["Claim", "all_claims", "claim"]

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
_registry: dict[tuple[str, str], "Claim"] = {}


@dataclass(frozen=True)
class Claim:
    """A statement of a lesson, and the function that checks it.

    Args:
        statement: what the lesson says, in one sentence.
        module: the module that defines the function, such as "helpers.lessons.reentrancy.claims".
        name: the function's name.
        function: takes nothing, returns True where the statement held and False where it did not.
    """

    statement: str
    module: str
    name: str
    function: Callable[[], bool]

    @property
    def lesson(self) -> str:
        """The lesson's number and name, such as "02.reentrancy"; only the name where it has no notebook."""
        name = self.module.removesuffix(".claims").rpartition(".")[2]
        number = lesson_numbers(NOTEBOOKS).get(name)
        return f"{number}.{name}" if number else name

    @property
    def key(self) -> str:
        """What tells this claim from all others, such as "02.reentrancy.cost_is_alike"."""
        return f"{self.lesson}.{self.name}"


def claim(statement: str) -> Callable[[Callable[[], bool]], Callable[[], bool]]:
    """Mark a function as the check of a claim: ``@claim("RLock costs within 15 % of Lock")``.

    The function is called as before; what it returns is checked.

    Args:
        statement: what the lesson says, in one sentence.

    Raises:
        TypeError: where the statement is no text, or the function needs an argument; when called, where it
            returns anything but True or False.
        ValueError: where another function makes the same claim.

    >>> @claim("two is more than one")
    ... def two_is_more():
    ...     return 2
    >>> two_is_more()
    Traceback (most recent call last):
    TypeError: two_is_more, which checks "two is more than one", must return True or False, not 2.
    >>> del _registry[two_is_more.__module__, "two_is_more"]
    """
    if not isinstance(statement, str) or not statement.strip():
        raise TypeError(
            f'A claim is marked with what it states, as in @claim("..."), not with {statement!r}.'
        )

    def mark(function: Callable[[], bool]) -> Callable[[], bool]:
        _refuse_arguments(function)

        @functools.wraps(function)
        def check() -> bool:
            held = function()
            if not isinstance(held, bool):
                who = f'{function.__name__}, which checks "{statement}",'
                raise TypeError(f"{who} must return True or False, not {held!r}.")
            return held

        _register(Claim(statement, function.__module__, function.__qualname__, check))
        return check

    return mark


def all_claims(lessons: str = "helpers.lessons") -> list[Claim]:
    """Import every module of the lessons and return their claims, lesson by lesson, as they are written.

    Args:
        lessons: the package that holds the lessons' modules.
    """
    package = importlib.import_module(lessons)
    modules = [package, *_submodules(package)]
    claims = [
        claim for claim in _registry.values() if claim.module in {module.__name__ for module in modules}
    ]
    return sorted(claims, key=lambda claim: (not claim.lesson[0].isdigit(), claim.lesson))


@functools.cache
def lesson_numbers(notebooks: Path) -> dict[str, str]:
    """Return the number of each lesson, which its notebook's file name gives: "02_reentrancy.ipynb"."""
    stems = (path.stem.partition("_") for path in sorted(notebooks.glob("[0-9]*_*.ipynb")))
    return {name: number for number, _, name in stems}


def _submodules(package: ModuleType) -> list[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    return [importlib.import_module(each.name) for each in found]


def _refuse_arguments(function: Callable) -> None:
    for parameter in inspect.signature(function).parameters.values():
        if parameter.default is parameter.empty and parameter.kind not in (
            parameter.VAR_POSITIONAL,
            parameter.VAR_KEYWORD,
        ):
            raise TypeError(
                f"{function.__name__} checks a claim, so it cannot need the argument {parameter.name!r}."
            )


def _register(new: Claim) -> None:
    # A module that is imported again, as editors and notebooks do, brings the same functions once more.
    for known in _registry.values():
        if known.statement == new.statement and (known.module, known.name) != (new.module, new.name):
            raise ValueError(f'{known.module}.{known.name} makes the claim "{new.statement}" already.')
    _registry[new.module, new.name] = new
