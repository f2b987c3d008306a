"""What may be an answer, and when two answers agree."""

import math
from collections.abc import Mapping
from typing import Any


def plain(answer: Any) -> Any:
    """Return an answer as a value that JSON can keep; `...` and None, "no answer yet", become None.

    Raises:
        TypeError: where the answer is not a number, a text, True, False or a collection of these.

    >>> plain(400), plain(" four "), plain(...), plain({"B", "A"})
    (400, ' four ', None, ['A', 'B'])
    >>> plain(len)
    Traceback (most recent call last):
    TypeError: An answer is a number, a text, True, False or a list of these, not <built-in function len>.
    """
    if answer is None or answer is ...:
        return None
    if isinstance(answer, bool | int | float | str):
        return answer
    if isinstance(answer, set | frozenset):
        return sorted(map(plain, answer), key=repr)
    if isinstance(answer, list | tuple):
        return [plain(each) for each in answer]
    if type(answer).__module__ == "numpy" and hasattr(answer, "tolist"):
        return answer.tolist()
    raise TypeError(f"An answer is a number, a text, True, False or a list of these, not {answer!r}.")


def agree(predicted: Any, observed: Any, tolerance: float = 0.0) -> bool:
    """Tell whether a prediction came true.

    Args:
        predicted: a plain answer.
        observed: a plain answer.
        tolerance: how far a predicted number may be off, in the unit of the number.

    >>> agree(" Fewer than 400", "fewer than 400"), agree("400", 400), agree(["A", "b"], ["a", "B"])
    (True, True, True)
    >>> agree(380, 400), agree(380, 400, tolerance=20), agree("many", 400)
    (False, True, False)
    """
    if isinstance(predicted, list) and isinstance(observed, list):
        return len(predicted) == len(observed) and all(
            agree(*pair, tolerance) for pair in zip(predicted, observed, strict=True)
        )
    if isinstance(predicted, str) and isinstance(observed, str):
        return _squeezed(predicted) == _squeezed(observed)
    numbers = _number(predicted), _number(observed)
    if None in numbers:
        return bool(predicted == observed)
    return math.isclose(*numbers, rel_tol=1e-9, abs_tol=tolerance)


def choice(answer: Any, choices: Mapping[str, str]) -> Any:
    """Return the key of the choice that an answer names, by its key or by its text; else the answer.

    >>> choices = {"a": "400", "b": "fewer"}
    >>> choice("B", choices), choice(400, choices), choice("more", choices)
    ('b', 'a', 'more')
    """
    for named in (choices.keys(), choices.values()):
        for key, name in zip(choices, named, strict=True):
            if agree(answer, name):
                return key
    return answer


def words(answer: Any, choices: Mapping[str, str]) -> str:
    """Return an answer as a reader should see it.

    >>> words(None, {}), words(1234567, {}), words(0.12345678, {}), words("b", {"b": "fewer"})
    ('no prediction', '1,234,567', '0.123457', 'b: fewer')
    """
    if answer is None:
        return "no prediction"
    if isinstance(answer, list):
        return ", ".join(words(each, choices) for each in answer)
    if isinstance(answer, str):
        return f"{answer}: {choices[answer]}" if answer in choices else answer
    if isinstance(answer, bool):
        return str(answer)
    return f"{answer:,.6g}" if isinstance(answer, float) else f"{answer:,}"


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())


def _number(answer: Any) -> float | None:
    try:
        return float(answer)
    except (TypeError, ValueError):
        return None
