"""`task`: shows a learner the items of a question, with the learner's own numbers."""

from __future__ import annotations

from .learners import current_learner
from .properties import Chosen, Item
from .questions import find


class Task:
    """What a question asks of one learner; a notebook shows it, and `print` does too.

    Args:
        id: the question's id.
        texts: the items, as Markdown.
    """

    def __init__(self, id: str, texts: list[str]) -> None:
        self.id = id
        self._texts = texts

    def _repr_markdown_(self) -> str:
        return "\n\n".join(self._texts)

    def __str__(self) -> str:
        return self._repr_markdown_()

    __repr__ = __str__


def task(id: str) -> Task:
    """Return what a question asks of the learner whose name was told last.

    Args:
        id: the question's id, such as "02.1".

    Raises:
        TypeError: where `id` is no text.
        ValueError: where there is no such question, or it asks everybody the same.
    """
    items = asked(id)
    if not items:
        raise ValueError(f"question {id} asks everybody the same: its text stands in the notebook")
    return Task(id, [_shown(item) for item in items])


def asked(id: str) -> list[Item]:
    """Return the items that a question asks of the learner who was named; none where it asks for code.

    Args:
        id: the question's id.

    Raises:
        TypeError: where `id` is no text.
        ValueError: where there is no such question.
    """
    properties = find(id).properties
    return [item for each in properties if isinstance(each, Chosen) for item in each.asked(current_learner())]


def _shown(item: Item) -> str:
    options = f"\n\nOne of: {', '.join(f'`{option}`' for option in item.options)}" if item.options else ""
    return f"**{item.name}.** {item.text}{options}"
