"""What is new in a run that goes on: bars, marks and sums since the last look, small enough to be sent on.

All times are seconds since the start. Reading costs as much as there is new, however long the run lasts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter as now
from typing import Any, NamedTuple

from ..running.records import Hold, Request, Told
from ..running.session import RunSession
from ..trace import HOLDABLE

INSTANT_S = 0.0005  # a wait under this cannot be seen, and a free lock takes a moment too
IN_VAIN = ("refused", "timed out")


class Item(NamedTuple):
    """One request and what came of it; `granted` and `ended` are None where that has not happened."""

    thread: str
    name: str
    style: str
    asked: float
    granted: float | None
    ended: float | None
    outcome: str


@dataclass
class Lane:
    """One thread: until when each of its levels is taken, and its sums so far (seconds and counts)."""

    number: int
    started: float
    ended: float | None = None
    busy: list[float] = field(default_factory=list)
    waited: float = 0.0
    granted: int = 0
    in_vain: int = 0


class Feed:
    """Reads what a session has written down since the last time.

    Args:
        session: a run that goes on.
        counts: the label of the progress marks that are counted, not shown; None counts grants.
    """

    def __init__(self, session: RunSession, counts: str | None = None) -> None:
        self._session, self._counts = session, counts
        self._lanes: dict[str, Lane] = {}
        self._marks: dict[str, int] = {}
        self._rows: dict[int, int] = {}
        self._told = 0
        self._levels: dict[tuple[str, str, float], int] = {}

    def read(self) -> dict[str, Any]:
        """Return what is new as JSON can say it.

        `now` is the time of the look; `lanes` names the threads; `levels` is how many things one thread has
        had at once. A bar of `bars` has ended, one of `open` goes on: lane, level, style, text, start, end.
        A mark is lane, level, style, text, time. `sums` has for each lane the part of its life that it
        waited, what is counted, and its requests in vain.
        """
        at = now() - self._session.started
        self._meet_threads()
        told, marks = self._new_told()
        ended = [*self._new_holds(), *told]
        still = list(self._open())
        levels = self._placed([*ended, *still])
        ended_levels, still_levels = levels[: len(ended)], levels[len(ended) :]
        marks += [
            self._vain(item, level)
            for item, level in zip(ended, ended_levels, strict=True)
            if item.outcome in IN_VAIN
        ]
        for item in ended:
            self._add(item)
        return {
            "now": round(at, 4),
            "lanes": list(self._lanes),
            "levels": max([1, *(len(lane.busy) for lane in self._lanes.values())]),
            "bars": self._bars(ended, ended_levels),
            "open": self._bars(still, still_levels),
            "marks": marks,
            "sums": self._sums(still, at),
        }

    # ---- reading

    def _since(self, seconds: float) -> float:
        return seconds - self._session.started

    def _meet_threads(self) -> None:
        for worker in self._session.workers.all[1:]:  # the first only starts the others and waits for them
            if worker.started:
                lane = self._lane(worker.name, self._since(worker.started))
                lane.ended = None if worker.ended is None else self._since(worker.ended)

    def _lane(self, thread: str, started: float = 0.0) -> Lane:
        lane = self._lanes.get(thread)
        if lane is None:
            lane = self._lanes[thread] = Lane(len(self._lanes), started)
        return lane

    def _new_holds(self) -> Iterator[Item]:
        for lock in list(self._session.locks):
            start = self._rows.get(id(lock), 0)
            holds = lock.ended_holds(start)
            self._rows[id(lock)] = start + len(holds)
            yield from (self._item_of_hold(lock.name, hold) for hold in holds)

    def _item_of_hold(self, name: str, hold: Hold) -> Item:
        ended = None if hold.released is None else self._since(hold.released)
        asked, granted = self._since(hold.asked), self._since(hold.granted)
        return Item(hold.site.thread, name, "exclusive", asked, granted, ended, "acquired")

    def _new_told(self) -> tuple[list[Item], list[list[Any]]]:
        new = self._session.told[self._told :]
        self._told += len(new)
        notes = [told.request for told in new if told.request.kind == "note"]
        marks = [self._mark(note) for note in notes if not self._is_counted(note)]
        items = [
            self._item_of_told(told) for told in new if told.request.kind not in ("note", "sleep", "join")
        ]
        return items, marks

    def _item_of_told(self, told: Told) -> Item:
        request = told.request
        granted = told.granted if _is_hold(request) else None
        return Item(
            request.site.thread,
            request.name,
            request.mode if _is_hold(request) else "elsewhere",
            self._since(request.asked),
            None if granted is None else self._since(granted),
            None if told.outcome == "held" else self._since(told.ended),
            told.outcome,
        )

    def _is_counted(self, note: Request) -> bool:
        counted = note.name == self._counts
        if counted:
            self._marks[note.site.thread] = self._marks.get(note.site.thread, 0) + 1
        return counted

    def _mark(self, note: Request) -> list[Any]:
        return [self._lane(note.site.thread).number, -1, "note", note.name, _rounded(self._since(note.asked))]

    def _open(self) -> Iterator[Item]:
        for lock in list(self._session.locks):
            yield from (self._item_of_hold(lock.name, hold) for hold in lock.still_held())
        for _, holds in list(self._session.open_holds.values()):
            yield from map(self._item_of_told, list(holds))
        for requests in list(self._session.waiting.requests.values()):
            for request in requests[-1:]:
                if request.kind not in ("sleep", "join"):
                    style = request.mode if _is_hold(request) else "elsewhere"
                    asked = self._since(request.asked)
                    yield Item(request.site.thread, request.name, style, asked, None, None, "waiting")

    # ---- placing

    def _placed(self, items: list[Item]) -> list[int]:
        """Return the level of each item in its lane: the first that is free when it is asked for.

        One that is seen twice, as it was granted while we looked, stays where it is.
        """
        levels = [0] * len(items)
        known, going_on = dict(self._levels), {}
        for number in sorted(range(len(items)), key=lambda number: items[number].asked):
            item = items[number]
            busy, key = self._lane(item.thread).busy, (item.thread, item.name, item.asked)
            level = known.get(key)
            if level is None:
                level = known[key] = _first_free(busy, item.asked)
            if level == len(busy):
                busy.append(0.0)
            busy[level] = math.inf if item.ended is None else item.ended
            if item.ended is None:
                going_on[key] = level
            levels[number] = level
        self._levels = going_on
        return levels

    def _bars(self, items: list[Item], levels: list[int]) -> list[list[Any]]:
        """Return the bars of each item: its wait, and its hold; the last is open-ended where it goes on."""
        bars: list[list[Any]] = []
        for item, level in zip(items, levels, strict=True):
            lane = self._lane(item.thread).number
            asked, granted, ended = item.asked, item.granted, item.ended
            wait_ends = ended if granted is None else granted
            if wait_ends is None or wait_ends - asked > INSTANT_S:
                style = "elsewhere" if item.style == "elsewhere" else "waiting"
                bars.append([lane, level, style, item.name, _rounded(asked), _rounded(wait_ends)])
            if granted is not None:
                bars.append([lane, level, item.style, item.name, _rounded(granted), _rounded(ended)])
        return bars

    def _vain(self, item: Item, level: int) -> list[Any]:
        return [self._lane(item.thread).number, level, "vain", item.outcome, _rounded(item.ended)]

    # ---- adding up

    def _add(self, item: Item) -> None:
        lane = self._lane(item.thread)
        if item.style != "elsewhere":
            ended = item.ended if item.granted is None else item.granted
            lane.waited += (ended or 0.0) - item.asked
            lane.granted += item.granted is not None
            lane.in_vain += item.outcome in IN_VAIN

    def _sums(self, still: list[Item], at: float) -> list[list[Any]]:
        waited = {thread: lane.waited for thread, lane in self._lanes.items()}
        granted = {thread: lane.granted for thread, lane in self._lanes.items()}
        for item in still:
            if item.style != "elsewhere":
                waited[item.thread] += (at if item.granted is None else item.granted) - item.asked
                granted[item.thread] += item.granted is not None
        counts = granted if self._counts is None else {name: self._marks.get(name, 0) for name in granted}
        return [
            [
                round(waited[name] / life, 4) if (life := self._life(lane, at)) else 0.0,
                counts[name],
                lane.in_vain,
            ]
            for name, lane in self._lanes.items()
        ]

    def _life(self, lane: Lane, at: float) -> float:
        return (at if lane.ended is None else lane.ended) - lane.started


def _is_hold(request: Request) -> bool:
    return request.kind in HOLDABLE and request.mode in ("exclusive", "shared")


def _first_free(busy: list[float], asked: float) -> int:
    """Return the first level that is free at a time; a new one where there is none.

    >>> _first_free([2.0, 1.0], 1.5), _first_free([2.0], 1.5)
    (1, 1)
    """
    for level, until in enumerate(busy):
        if until <= asked:
            return level
    return len(busy)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 4)
