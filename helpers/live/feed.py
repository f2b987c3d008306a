"""What is new in a run that goes on, as short lists of words and whole numbers that can be sent as they are.

All times are nanoseconds since the start. Reading costs as much as there is new, however long the run lasts.
It takes its time from the threads that it tells of, so what a view can work out by itself, such as on which
level a bar is drawn, is left to the view.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter as now
from typing import Any

from ..running.locks import RecordedLock
from ..running.records import Hold, Request
from ..running.session import RunSession
from ..trace import HOLDABLE

HELD = ("exclusive", "shared")
NEVER_SHOWN = ("sleep", "join")


@dataclass(slots=True)
class Lane:
    """One thread: when it began and ended, and its sums so far: what it waited for locks, what is counted."""

    name: str
    started: int = 0
    ended: int | None = None
    waited: int = 0
    count: int = 0


class Feed:
    """Reads what a session has written down since the last time.

    Args:
        session: a run that goes on.
        counts: the label of the progress marks that are counted, not shown; None counts grants.
    """

    def __init__(self, session: RunSession, counts: str | None = None) -> None:
        self._session, self._counts = session, counts
        self._lanes: list[Lane] = []
        self._numbers: dict[str, int] = {}
        self._told = 0
        self._holds: list[int] = []  # how many of each lock's holds have been read

    def read(self) -> dict[str, Any]:
        """Return what is new as JSON can say it.

        `now` is the time of the look. `lanes` has each thread's name, its life so far, the waiting in it, and
        what is counted. `rows` are requests that have ended and `open` those that go on: lane, mode, name,
        when it was asked for, granted and given back (None: not yet, or never), and the outcome. The mode of
        what cannot be held is "elsewhere". `marks` are lane, label and time.
        """
        at = self._nano(now())
        self._meet_threads()
        rows: list[list[Any]] = []
        marks: list[list[Any]] = []
        self._read_told(rows, marks)
        self._read_holds(rows)
        self._add(rows)
        still = self._open()
        return {"now": at, "lanes": self._sums(still, at), "rows": rows, "open": still, "marks": marks}

    # ---- threads

    def _meet_threads(self) -> None:
        for worker in self._session.workers.all[1:]:  # the first only starts the others and waits for them
            if worker.started:
                lane = self._lanes[self._lane(worker.name)]
                lane.started = self._nano(worker.started)
                lane.ended = None if worker.ended is None else self._nano(worker.ended)

    def _lane(self, thread: str) -> int:
        number = self._numbers.get(thread)
        if number is None:
            number = self._numbers[thread] = len(self._lanes)
            self._lanes.append(Lane(thread))
        return number

    def _nano(self, seconds: float) -> int:
        return int((seconds - self._session.started) * 1e9)

    # ---- requests

    def _read_told(self, rows: list[list[Any]], marks: list[list[Any]]) -> None:
        new = self._session.told[self._told :]
        self._told += len(new)
        for told in new:
            request = told.request
            if request.kind == "note":
                self._read_note(request, marks)
            elif request.kind not in NEVER_SHOWN:
                rows.append(self._row(request, told.granted, told.ended, told.outcome))

    def _read_note(self, note: Request, marks: list[list[Any]]) -> None:
        lane = self._lane(note.site.thread)
        if note.name == self._counts:
            self._lanes[lane].count += 1
        else:
            marks.append([lane, note.name, self._nano(note.asked)])

    def _read_holds(self, rows: list[list[Any]]) -> None:
        for number, lock in enumerate(list(self._session.locks)):
            if number == len(self._holds):
                self._holds.append(0)
            holds = lock.ended_holds(self._holds[number])
            self._holds[number] += len(holds)
            for hold in holds:
                rows.append(self._row(_request(lock, hold), hold.granted, hold.released, "acquired"))

    def _open(self) -> list[list[Any]]:
        session, rows = self._session, []
        for lock in list(session.locks):
            for hold in lock.still_held():
                rows.append(self._row(_request(lock, hold), hold.granted, None, "held"))
        for _, holds in list(session.open_holds.values()):
            for told in list(holds):
                rows.append(self._row(told.request, told.granted, None, "held"))
        for requests in list(session.waiting.requests.values()):
            for request in requests[-1:]:
                if request.kind not in NEVER_SHOWN:
                    rows.append(self._row(request, None, None, "waiting"))
        return rows

    def _row(self, request: Request, granted: float | None, ended: float | None, outcome: str) -> list[Any]:
        zero = self._session.started
        is_held = request.mode in HELD and request.kind in HOLDABLE
        return [
            self._lane(request.site.thread),
            request.mode if is_held else "elsewhere",
            request.name,
            int((request.asked - zero) * 1e9),
            None if granted is None or not is_held else int((granted - zero) * 1e9),
            None if ended is None else int((ended - zero) * 1e9),
            outcome,
        ]

    # ---- sums

    def _add(self, rows: list[list[Any]]) -> None:
        for number, mode, _, asked, granted, ended, _ in rows:
            if mode != "elsewhere":
                lane = self._lanes[number]
                lane.waited += (ended if granted is None else granted) - asked
                lane.count += self._counts is None and granted is not None

    def _sums(self, still: list[list[Any]], at: int) -> list[list[Any]]:
        """Return each lane's sums; those of the requests that go on are added anew at each look."""
        waited = [lane.waited for lane in self._lanes]
        count = [lane.count for lane in self._lanes]
        for number, mode, _, asked, granted, _, _ in still:
            if mode != "elsewhere":
                waited[number] += (at if granted is None else granted) - asked
                count[number] += self._counts is None and granted is not None
        return [
            [lane.name, (at if lane.ended is None else lane.ended) - lane.started, waited[n], count[n]]
            for n, lane in enumerate(self._lanes)
        ]


def _request(lock: RecordedLock, hold: Hold) -> Request:
    return Request(lock.kind, lock.name, "exclusive", hold.asked, hold.site)
