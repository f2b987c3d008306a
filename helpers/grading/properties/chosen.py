"""An answer that is plain data: predicted numbers, or one of some options, for each item that is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar

from ..answers import Answer
from ..learners import chance_of
from ..question import Grading
from ..result import Finding
from ..sealing import key_of, opened, plain

UNANSWERED = (None, ..., "")


@dataclass(frozen=True)
class Item:
    """One thing that is asked.

    What is right is either computed, from a program that is played or explored, or stands in the sealed key.

    Args:
        name: the item's key in the learner's answer.
        text: what is asked, as Markdown.
        expected: the right value, where it is computed.
        why: what is said of a wrong value: how to find the right one; or of each wrong option by itself.
        key: the item's name in the sealed key, where what is right stands there.
        options: what may be answered; empty where any value may.
    """

    name: str
    text: str
    expected: Any = None
    why: str | Mapping[str, str] = ""
    key: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """Items that are answered with plain data; each right one gives points.

    Args:
        question: the question's id.
        items: takes a learner's source of numbers, returns the items.
        count: how many items that are.
        each: points for each.
        needed: True where nothing else is looked at if not all are right.
    """

    question: str
    items: Callable[[Random], Sequence[Item]]
    count: int
    each: int = 1
    needed: bool = False

    takes_code: ClassVar[bool] = False

    @property
    def max_points(self) -> int:
        """Points that it can give."""
        return self.count * self.each

    def asked(self, learner: str) -> list[Item]:
        """Return what a learner is asked."""
        items = list(self.items(chance_of(learner, self.question)))
        if len(items) != self.count:
            raise ValueError(f"question {self.question} has {len(items)} items, not {self.count}")
        return items

    def judge(self, answer: Answer, grading: Grading) -> list[Finding]:
        """Compare what is answered with what is right, item by item."""
        items = self.asked(grading.learner)
        if type(answer.value) is not dict and len(items) > 1 and answer.value not in (None, ...):
            wanted = "{" + ", ".join(f'"{item.name}": ...' for item in items) + "}"
            reason = f"{answer.value!r:.80} is not one value for each item: write {wanted}"
            return [Finding(item.name, 0, self.each, reason) for item in items]
        given = answer.value if type(answer.value) is dict else {items[0].name: answer.value}
        unknown = [name for name in given if name not in {item.name for item in items}]
        if unknown:
            names = ", ".join(item.name for item in items)
            reason = f"there is no item {unknown[0]!r:.80}: the items are {names}"
            return [Finding(item.name, 0, self.each, reason) for item in items]
        return [self._judge_item(item, given.get(item.name)) for item in items]

    def _judge_item(self, item: Item, value: Any) -> Finding:
        if type(value) in (str, type(None), type(...)) and value in UNANSWERED:
            return Finding(item.name, 0, self.each, f"{item.name}: not answered yet", missing=True)
        why = self._why_wrong(item, value)
        return Finding(item.name, 0 if why else self.each, self.each, f"{item.name}: {why}" if why else "")

    def _why_wrong(self, item: Item, value: Any) -> str:
        options = {plain(option) for option in item.options}
        if options and (type(value) is not str or plain(value) not in options):
            return f"{value!r:.80} is none of {', '.join(item.options)}"
        if item.key:
            why = opened(f"{self.question} {item.key}", value, key_of(self.question.partition(".")[0]))
            return f"{value} is none of the options" if why is None else why
        if isinstance(item.expected, str) and type(value) is str:
            return "" if plain(value) == plain(item.expected) else _said(item.why, value)
        if type(value) is not type(item.expected):
            wanted = _KINDS.get(type(item.expected), type(item.expected).__name__)
            return f"{value!r:.80} is not {wanted}"
        return "" if value == item.expected else _said(item.why, value)


def _said(why: str | Mapping[str, str], value: Any) -> str:
    """Return what is said of a wrong value.

    >>> _said({"a": "it is too early"}, "A "), _said("count again", 3)
    ('it is too early', 'count again')
    """
    return why if isinstance(why, str) else {plain(each): said for each, said in why.items()}[plain(value)]


_KINDS = {int: "a whole number", str: "a text", list: "a list", bool: "True or False", tuple: "a tuple"}
