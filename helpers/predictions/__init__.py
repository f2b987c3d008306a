"""Predict, run, look: a learner's prediction is recorded before a program runs and shown beside its result.

A notebook's cell gives ``...`` as the answer until the learner writes one, so it also runs untouched.
"""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from helpers.predictions.answers import agree, choice, plain
from helpers.predictions.keeping import Attempt, attempts_kept
from helpers.predictions.showing import Prediction, Reveal

__all__ = ["Prediction", "Reveal", "predict", "reveal"]


def predict(id: str, answer: Any, *, choices: Mapping[str, str] | None = None) -> Prediction:
    """Record what the learner expects, before the program runs.

    Until the reveal the answer may be changed; the first one and its time stay on record. After the
    reveal a new attempt begins.

    Args:
        id: the lesson's two digits, a dot and a name, such as "01.lost-update".
        answer: a number, a text, True, False or a collection of these; ``...`` or None where the learner
            has not answered yet.
        choices: the answers to choose from, key and text, such as ``{"a": "400", "b": "fewer"}``.

    Raises:
        ValueError: where the id is not of that form, or the answer is not one of the choices.
        TypeError: where the answer is of another type.
    """
    _check_id(id)
    offered = {str(key): str(text) for key, text in (choices or {}).items()}
    chosen = _chosen(id, plain(answer), offered)
    with attempts_kept() as kept:
        attempts = kept.setdefault(id, [])
        if not attempts or _is_over(attempts[-1], chosen):
            attempts.append(Attempt())
        current = attempts[-1]
        before = current.answer
        current.choices = offered
        if not current.answers or before != chosen:
            current.answers.append((_now(), chosen))
        changed = before if before != chosen else None
        return Prediction(id, chosen, changed, len(attempts), offered)


def reveal(id: str, observed: Any, *, tolerance: float = 0.0) -> Reveal:
    """Show what the learner predicted beside what was observed.

    Args:
        id: the id that `predict` was given.
        observed: what the program did; of several choices, the key or the text of the true one.
        tolerance: how far a predicted number may be off and still be right, in the unit of the number.

    Raises:
        ValueError: where the id is not of the form "01.lost-update", or the tolerance is below 0.
        TypeError: where `observed` is not a number, a text, True, False or a collection of these.
    """
    _check_id(id)
    if not (math.isfinite(tolerance) and tolerance >= 0):
        raise ValueError(f"tolerance must be a number of at least 0, not {tolerance!r}.")
    with attempts_kept() as kept:
        attempt = kept[id][-1] if kept.get(id) else Attempt()
        seen = choice(_observed(observed), attempt.choices)
        attempt.revealed.append((_now(), seen))
    predicted = attempt.answer
    right = None if predicted is None else agree(_in_order(predicted, observed), seen, tolerance)
    changed = attempt.first if attempt.first != predicted else None
    return Reveal(id, predicted, seen, right, changed, attempt.choices)


def _check_id(id: str) -> None:
    if not isinstance(id, str) or not re.fullmatch(r"\d\d\.[a-z0-9]+(-[a-z0-9]+)*", id):
        raise ValueError(
            f"{id!r} cannot be the id of a prediction. Write the lesson's two digits, a dot and lower-case "
            'words joined by hyphens, such as "01.lost-update".'
        )


def _chosen(id: str, answer: Any, choices: Mapping[str, str]) -> Any:
    if answer is None or not choices:
        return answer
    chosen = choice(answer, choices)
    if chosen not in choices:
        offered = ", ".join(f"{key!r} ({text})" for key, text in choices.items())
        raise ValueError(f"{answer!r} is not one of the choices of {id}: {offered}.")
    return chosen


def _is_over(attempt: Attempt, answer: Any) -> bool:
    # A notebook run again and again without answers would otherwise fill the file with empty attempts.
    return bool(attempt.revealed) and not (answer is None and attempt.first is None)


def _observed(observed: Any) -> Any:
    value = plain(observed)
    if value is None:
        raise TypeError(f"What was observed must be a value, not {observed!r}.")
    return value


def _in_order(predicted: Any, observed: Any) -> Any:
    # Where a set was observed, the order in which the learner listed its members does not matter.
    unordered = isinstance(observed, set | frozenset) and isinstance(predicted, list)
    return sorted(predicted, key=repr) if unordered else predicted


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
