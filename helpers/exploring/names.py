"""What the variables of a schedule are called: by the shortest way in which the program names them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from .points.sites import Site
from .recorder import Taken
from .steps import WHOLE, Attribute, overlap

_NAME = re.compile(r"^[\w.]+(\[[^\]]*\])*$")
_METHOD_OF = re.compile(r"^([\w.]+(?:\[[^\]]*\])*)\.\w+\(")


def variable_names(taken: list[Taken]) -> dict[int, str]:
    """Return, by the `id` of each read or write that is shown, the name of what it reads or writes.

    Shown are those of variables that more than one thread touches, one of them writing.
    """
    accesses: dict[int, list[Taken]] = defaultdict(list)
    for each in taken:
        if each.step is not None and each.step.verb in ("read", "write"):
            accesses[each.step.number].append(each)
    names: dict[int, str] = {}
    used: dict[str, int] = {}
    for of_target in accesses.values():
        for part in dict.fromkeys(each.step.part for each in of_target):
            group = [each for each in of_target if overlap(each.step.part, part)]
            if _is_shared(group):
                name = _unique(name_of([each for each in of_target if each.step.part == part], part), used)
                names |= {id(each.step): name for each in of_target if each.step.part == part}
    return names


def _is_shared(group: list[Taken]) -> bool:
    return len({each.task for each in group}) > 1 and any(each.step.verb == "write" for each in group)


def _unique(name: str, used: dict[str, int]) -> str:
    used[name] = used.get(name, 0) + 1
    return name if used[name] == 1 else f"{name}#{used[name]}"


def name_of(group: list[Taken], part: Any) -> str:
    """Return the shortest way in which some steps name the part of an object that they read or write."""
    sites: list[Site] = [each.step.subject for each in group]
    for site in sites:
        if site.kind in ("cell", "global_variable"):
            return site.name
    texts = [_plain(site) for site in sites]
    named = [text for text in texts if text]
    if named:
        return min(named, key=len)
    if type(part) is Attribute:
        return part.name
    owner = type(group[0].step.target.owner).__name__
    return owner if part is WHOLE else f"{owner}[{part!r}]"


def _plain(site: Site) -> str:
    text = site.text.removeprefix("self.")
    method = _METHOD_OF.match(text)
    if site.kind == "call" and method:
        return method[1]
    return text if _NAME.match(text) else site.name
