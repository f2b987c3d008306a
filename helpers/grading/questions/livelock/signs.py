"""Exercise 07.1: what a monitor shows of six services, each to be diagnosed by progress, then by activity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from ....lessons.livelock.measures import Signs
from ...learners import chance_of, current_learner
from ...properties import Chosen, Item
from ...question import Question

ID = "07.1"
WATCHED_MS = 2_000
DIAGNOSES = ("deadlock", "livelock", "starvation", "slow")
SERVICES = "UVWXYZ"
WHY = {
    True: "somebody makes progress here; look whether each thread does",
    False: "nobody makes progress here; look whether anybody computes or tries",
}


def _deadlocked(numbers: Random) -> list[Signs]:
    return _signs(numbers, lambda _: (numbers.randint(0, 2), 0, 0))


def _livelocked(numbers: Random) -> list[Signs]:
    busy = numbers.randint(350, 450)
    return _signs(numbers, lambda _: (busy + numbers.randint(0, 60), 40 * busy + numbers.randint(0, 999), 0))


def _livelocked_with_pauses(numbers: Random) -> list[Signs]:
    rounds = numbers.randint(50, 190)
    return _signs(numbers, lambda _: (numbers.randint(1, 4), rounds + numbers.randint(0, 1), 0))


def _starved(numbers: Random) -> list[Signs]:
    """One makes no progress: it waits, or it tries and is refused; the total looks healthy."""
    victim, tries = numbers.randrange(3), numbers.choice((0, numbers.randint(200, 900)))
    served = numbers.randint(120, 400)

    def sign(number: int) -> tuple[int, int, int]:
        if number == victim:
            return numbers.randint(1, 3) + tries // 5, tries, 0
        return served // 2 + numbers.randint(0, 9), 0, served + numbers.randint(0, 9)

    return _signs(numbers, sign)


def _slow(numbers: Random) -> list[Signs]:
    """All get on: they compute for long, or they wait for each other's long holds."""
    computes = numbers.random() < 0.5
    cpu_ms = numbers.randint(500, 600) if computes else 3
    return _signs(numbers, lambda _: (cpu_ms + numbers.randint(0, 9), 0, numbers.randint(1, 4)))


def _slow_with_retries(numbers: Random) -> list[Signs]:
    return _signs(
        numbers,
        lambda _: (numbers.randint(100, 300), numbers.randint(300, 900), numbers.randint(2, 9)),
    )


_KINDS = (_deadlocked, _livelocked, _livelocked_with_pauses, _starved, _slow, _slow_with_retries)


def _signs(numbers: Random, sign: Callable[[int], tuple[int, int, int]]) -> list[Signs]:
    return [Signs(f"T{number + 1}", *sign(number)) for number in range(3)]


def diagnosis(signs: Sequence[Signs]) -> str:
    """Return the diagnosis of a service, in the order of questions that lesson 07 asks.

    >>> diagnosis([Signs("T1", 2.0, 0, 0), Signs("T2", 1.0, 0, 0)])
    'deadlock'
    >>> diagnosis([Signs("T1", 2.0, 80, 0), Signs("T2", 1.0, 79, 0)])
    'livelock'
    >>> diagnosis([Signs("T1", 900.0, 0, 3), Signs("T2", 1.0, 0, 0)])
    'starvation'
    """
    progress = [each.progress for each in signs]
    if all(progress):
        return "slow"
    if any(progress):
        return "starvation"
    return "livelock" if any(each.refused for each in signs) else "deadlock"


def my_services() -> dict[str, list[Signs]]:
    """Return what the monitor shows of your services; it depends on the name that `learner` was told."""
    return _services(chance_of(current_learner(), ID))


def _services(numbers: Random) -> dict[str, list[Signs]]:
    kinds = list(_KINDS[:-1])
    kinds.append(numbers.choice(_KINDS))
    numbers.shuffle(kinds)
    return {service: kind(numbers) for service, kind in zip(SERVICES, kinds, strict=True)}


def _items(numbers: Random) -> Sequence[Item]:
    return [_item(service, signs) for service, signs in _services(numbers).items()]


def _item(service: str, signs: Sequence[Signs]) -> Item:
    rows = [f"| {each.thread} | {each.cpu_ms} ms | {each.refused} | {each.progress} |" for each in signs]
    head = "| thread | processor time | tries refused | progress marks |"
    text = "\n".join([f"The last {WATCHED_MS:,} ms:", "", head, "|---|---|---|---|", *rows])
    why = WHY[any(each.progress for each in signs)]
    return Item(service, text, diagnosis(signs), why, options=DIAGNOSES)


SIGNS = Question(
    ID,
    "Six services",
    stars=1,
    minutes=10,
    answer_name="answer",
    properties=(Chosen(ID, _items, count=6),),
)
