"""What a run writes down while it goes on: small tuples, in seconds of `time.perf_counter`."""

from __future__ import annotations

from types import CodeType
from typing import NamedTuple


class Site(NamedTuple):
    """Who did something, and where: a thread's name, code, and the instruction's offset in bytes."""

    thread: str
    code: CodeType | None
    offset: int


class Request(NamedTuple):
    """A request that may have to wait: what, how, since when, and from where."""

    kind: str
    name: str
    mode: str
    asked: float
    site: Site


class Hold(NamedTuple):
    """A hold of a lock: asked for and granted when and where, released when and by whom (None: not yet)."""

    asked: float
    granted: float
    site: Site
    released: float | None = None
    released_by: str | None = None


class Told(NamedTuple):
    """How a request that is no lock's hold went, or ended."""

    request: Request
    granted: float | None
    ended: float
    outcome: str
    released_by: str | None = None
