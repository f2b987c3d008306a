"""Exercise 06.1: a trace in which five threads have not done their jobs, each for a reason of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from ....lessons.starvation.measures import request_of
from ....trace import Row, ThreadRecord, Trace
from ...learners import chance_of, current_learner
from ...properties import Chosen, Item
from ...question import Question

ID = "06.1"
WATCHED_MS = 100.0
REASONS = ("late", "slow", "unlucky", "starving")
PLACES = ("board", "desk", "phone", "printer", "till")
WHY = {
    "late": "look when it asks for its lock, and how long it then waits",
    "slow": "look how long it waits, and how long it has held its lock at the end",
    "unlucky": "it waits; count how often others get its lock while it waits",
    "starving": "count how often others get its lock while it waits",
}


def my_trace() -> Trace:
    """Return your trace; it depends on the name that `learner` was told."""
    return _trace(chance_of(current_learner(), ID))


def _trace(numbers: Random) -> Trace:
    reasons = [*REASONS, numbers.choice(REASONS)]
    numbers.shuffle(reasons)
    places = numbers.sample(PLACES, k=len(reasons))
    helpers = (f"Q{number}" for number in range(1, 100))
    rows: list[Row] = []
    for name, reason, place in zip("ABCDE", reasons, places, strict=True):
        rows += _ROWS[reason](numbers, name, place, helpers)
    rows.sort(key=lambda row: row.requested)
    names = sorted({row.thread for row in rows}, key=lambda name: (name > "E", name))
    threads = tuple(ThreadRecord(name, 0.0, None) for name in names)
    return Trace(tuple(rows), threads, WATCHED_MS, finished=False)


def _late(numbers: Random, name: str, place: str, _: Iterator[str]) -> list[Row]:
    return [_held(name, place, numbers.randint(80, 92))]


def _slow(numbers: Random, name: str, place: str, _: Iterator[str]) -> list[Row]:
    return [_held(name, place, numbers.randint(2, 12))]


def _unlucky(numbers: Random, name: str, place: str, helpers: Iterator[str]) -> list[Row]:
    return [_held(next(helpers), place, 1), _waiting(name, place, numbers.randint(4, 14))]


def _starving(numbers: Random, name: str, place: str, helpers: Iterator[str]) -> list[Row]:
    """Two readers overlap, and the next turn of one always begins before the other one leaves."""
    readers = next(helpers), next(helpers)
    turn = numbers.randint(16, 24)
    starts = range(1, int(WATCHED_MS) - 5, turn // 2)
    asked = numbers.choice(starts[1:4]) + turn // 4  # well between two starts: it can be seen who was first
    rows = [_waiting(name, place, asked)]
    for number, start in enumerate(starts):
        rows.append(_read(readers[number % 2], place, start, start + turn - 2))
    return rows


_ROWS = {"late": _late, "slow": _slow, "unlucky": _unlucky, "starving": _starving}


def _held(thread: str, place: str, start: float) -> Row:
    return Row(thread, "lock", place, "exclusive", start, start, None, None, "held")


def _waiting(thread: str, place: str, start: float) -> Row:
    return Row(thread, "lock", place, "exclusive", start, None, None, None, "waiting")


def _read(thread: str, place: str, start: float, end: float) -> Row:
    if end >= WATCHED_MS:
        return Row(thread, "rw", place, "shared", start, start, None, None, "held")
    return Row(thread, "rw", place, "shared", start, start, end, thread, "acquired")


def _ahead(trace: Trace, name: str) -> int:
    return request_of(trace, name).overtaken


def _reason(trace: Trace, name: str) -> str:
    """Return why a thread has not done its job, as lesson 06 tells it from a trace.

    >>> trace = _trace(Random(1))
    >>> sorted({_reason(trace, name) for name in "ABCDE"})
    ['late', 'slow', 'starving', 'unlucky']
    """
    request = request_of(trace, name)
    if request.waited == 0:
        return "late" if request.asked > request.held else "slow"
    return "starving" if request.overtaken > 1 else "unlucky"


def _items(numbers: Random) -> Sequence[Item]:
    trace = _trace(numbers)
    items = []
    for name in "ABCDE":
        reason = _reason(trace, name)
        text = f"After {WATCHED_MS:.0f} ms {name} has not done its job. Why?"
        items.append(Item(name, text, reason, WHY[reason], options=REASONS))
    most = max(_ahead(trace, name) for name in "ABCDE")
    text = "How often did others get in ahead of one of the five, at most? Write a number."
    why = "for each one that waits, count the holds of its lock that begin while it waits"
    return [*items, Item("ahead", text, most, why)]


JOBS = Question(
    ID,
    "Late, slow, unlucky or starving",
    stars=1,
    minutes=10,
    answer_name="answer",
    properties=(Chosen(ID, _items, count=6),),
)
