"""The variables that threads share: at which places they are touched, what they are called and hold."""

from __future__ import annotations

import collections
import types
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from readerwriterlock import rwlock

from ..names import name_of, variable_names
from ..points.sites import Site
from ..recorder import Recorder, Taken, as_text
from ..steps import WHOLE, Attribute, Step

_CONTAINERS = (list, dict, set, collections.deque)


class SitePlace(NamedTuple):
    """A place in the code at which a variable is touched; the same in every schedule."""

    filename: str
    line: int
    kind: str
    text: str
    writes: bool


class Variable(NamedTuple):
    """A variable that threads share, and its value as a short text."""

    name: str
    value: str


@dataclass(frozen=True)
class Known:
    """What is known of the variables that a program's threads share.

    Args:
        places: where they are touched.
        first: their names, and what they held before anybody touched them.

    >>> one, other = Known(first=(Variable("n", "0"),)), Known(first=(Variable("n", "1"), Variable("m", "2")))
    >>> [variable.name for variable in (one | other).first]
    ['n', 'm']
    """

    places: frozenset[SitePlace] = frozenset()
    first: tuple[Variable, ...] = field(default=())

    def __or__(self, other: Known) -> Known:
        names = {variable.name for variable in self.first}
        more = (variable for variable in other.first if variable.name not in names)
        return Known(self.places | other.places, (*self.first, *more))


def place_of(site: Site) -> SitePlace:
    """Return what tells a place in the code from others."""
    return SitePlace(site.filename, site.line, site.kind, site.text, site.writes)


def shared_places(taken: list[Taken]) -> frozenset[SitePlace]:
    """Return where a schedule touches variables of more than one thread, one of them writing.

    What a reader-writer lock keeps inside is left out: its operations are told as one each.
    """
    names = variable_names(taken)
    sites = [each.step.subject for each in taken if id(each.step) in names]
    return frozenset(place_of(site) for site in sites if site.filename != rwlock.__file__)


def variables_now(recorder: Recorder, known: Known) -> tuple[Variable, ...]:
    """Return the variables that threads share, and what they hold now, or before anybody touches them."""
    now: dict[str, str] = {}
    names = {variable.name for variable in known.first}
    for group in grouped((*recorder.taken, *recorder.pending.values()), known.places).values():
        name, value = variable_name(group), value_of(recorder, group[0].step)
        if value and (name in names or is_of_many(group)):
            now.setdefault(name, value)
    first = [Variable(name, now.pop(name, value)) for name, value in known.first]
    return (*first, *(Variable(name, value) for name, value in now.items()))


def is_of_many(group: list[Taken]) -> bool:
    """Return True where more than one thread touches a variable."""
    return len({each.task for each in group}) > 1


def grouped(steps: Iterable[Taken], places: Collection[SitePlace]) -> dict[Any, list[Taken]]:
    """Return the steps that touch a variable, by the variable, of all that are touched at some places."""
    groups: dict[Any, list[Taken]] = {}
    for each in steps:
        if touches(each.step):
            groups.setdefault(key_of(each.step), []).append(each)
    shared = {
        key for key, group in groups.items() if any(place_of(each.step.subject) in places for each in group)
    }
    return {key: group for key, group in groups.items() if key in shared}


def touches(step: Step | None) -> bool:
    """Return True where a step reads or writes a variable."""
    return step is not None and step.verb in ("read", "write")


def key_of(step: Step) -> Any:
    """Return what tells a variable from others in one schedule; a container is one variable."""
    is_whole = isinstance(step.target.owner, _CONTAINERS) and step.subject.kind != "global_variable"
    return step.number, WHOLE if is_whole else step.part


def variable_name(group: list[Taken]) -> str:
    """Return what the program calls a variable, given the steps that touch it."""
    name = name_of(group, group[0].step.part)
    return name.partition("[")[0] if isinstance(group[0].step.target.owner, _CONTAINERS) else name


def value_of(recorder: Recorder, step: Step) -> str:
    """Return what the variable of a step holds, as a short text; empty where that is nothing plain."""
    owner = step.target.owner
    if key_of(step)[1] is not WHOLE or isinstance(owner, types.CellType) or type(step.part) is Attribute:
        return recorder.value_of(step)
    return as_text(list(owner) if isinstance(owner, collections.deque) else owner)
