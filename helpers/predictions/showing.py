"""What a learner sees of a prediction: when it is made, and beside the result."""

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.predictions.answers import words

# Bluish green and vermilion of Okabe and Ito's palette; None stands for "no prediction".
COLOURS = {True: "#009E73", False: "#D55E00", None: "#999999"}
VERDICTS = {True: "✓ As you predicted", False: "✗ Not as you predicted", None: "? No prediction"}


@dataclass(frozen=True, repr=False)
class Prediction:
    """A prediction that was recorded.

    Args:
        id: which prediction, such as "01.lost-update".
        answer: what is predicted; None where nothing is yet.
        before: the answer that this one replaces; None where it replaces none.
        attempt: how many predictions of this id were made, this one included.
        choices: the choices that were offered, key and text.
    """

    id: str
    answer: Any
    before: Any = None
    attempt: int = 1
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def _head(self) -> str:
        return "No prediction yet" if self.answer is None else words(self.answer, self.choices)

    @property
    def _note(self) -> str:
        if self.answer is None:
            return f"Put your answer to {self.id} in place of ... and run this cell again."
        changed = f"Changed from {words(self.before, self.choices)}. " if self.before is not None else ""
        again = f"Attempt {self.attempt}. " if self.attempt > 1 else ""
        return f"{changed}{again}Recorded as your prediction for {self.id}: now run the next cell."

    def __repr__(self) -> str:
        return f"✎ {self._head}\n  {self._note}"

    def _repr_html_(self) -> str:
        colour = COLOURS[None] if self.answer is None else "#0072B2"
        return _card(colour, f"✎ {self._head}", self._note)


@dataclass(frozen=True, repr=False)
class Reveal:
    """A prediction beside what was observed.

    Args:
        id: which prediction, such as "01.lost-update".
        predicted: the answer that stood when the program ran; None where there was none.
        observed: what was observed.
        right: whether the two agree; None where nothing was predicted.
        first: the answer that was given first, before it was changed; None where it was not changed.
        choices: the choices that were offered, key and text.
    """

    id: str
    predicted: Any
    observed: Any
    right: bool | None
    first: Any = None
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def _pair(self) -> tuple[str, str]:
        return words(self.predicted, self.choices), words(self.observed, self.choices)

    @property
    def _note(self) -> str:
        if self.right is None:
            return f"You made no prediction for {self.id} yet: set it in the cell above."
        return "" if self.first is None else f"Your first answer was {words(self.first, self.choices)}."

    def __repr__(self) -> str:
        predicted, observed = self._pair
        note = f"\n  {self._note}" if self._note else ""
        return f"{VERDICTS[self.right]}\n  predicted  {predicted}\n  observed   {observed}{note}"

    def _repr_html_(self) -> str:
        predicted, observed = self._pair
        sides = "".join(map(_side, ("You predicted", "You observed"), (predicted, observed)))
        return _card(COLOURS[self.right], VERDICTS[self.right], self._note, sides)


def _card(colour: str, head: str, note: str, sides: str = "") -> str:
    # The text keeps the page's own colour, so that it reads in the light and in the dark theme.
    return (
        f'<div style="border-left:.45em solid {colour};padding:.3em 1em;margin:.5em 0;line-height:1.35">'
        f'<div style="font-size:1.35em;font-weight:600">{html.escape(head)}</div>'
        f'<div style="display:flex;flex-wrap:wrap;gap:.3em 3em;margin:.3em 0">{sides}</div>'
        f"<div>{html.escape(note)}</div></div>"
    )


def _side(title: str, answer: str) -> str:
    return (
        f'<div style="min-width:9em"><div style="opacity:.75">{title}</div>'
        f'<div style="font-size:1.6em">{html.escape(answer)}</div></div>'
    )
