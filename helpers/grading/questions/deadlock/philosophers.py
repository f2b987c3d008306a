"""Exercise 05.4: philosophers who give back, wait for a random time, and try again."""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable

from ....lessons.deadlock.programs import dinner
from ....running import mark
from ...properties import Explored, Written
from ...question import Question

Dine = Callable[[threading.Lock, threading.Lock, Callable[[], None]], None]

#: Words of `random` that have endlessly many outcomes, which cannot all be played.
ENDLESS = {"Random", "SystemRandom", "betavariate", "expovariate", "gauss", "normalvariate", "random"}
ENDLESS |= {"triangular", "uniform"}
FEW = "draw the pause with random.choice or random.randint, among a few values"


def _alone(dine: Dine, _size: int) -> Callable[[], None]:
    def program() -> None:
        left, right = threading.Lock(), threading.Lock()
        meals = []

        def meal() -> None:
            both = left.locked() and right.locked()
            assert both, "meal is called without both forks"
            meals.append("eats")

        dine(left, right, meal)
        assert len(meals) == 1, f"a philosopher who is alone eats {len(meals)} times"
        held = left.locked() or right.locked()
        assert not held, "after the meal a fork is still held"

    return program


def _dinner(dine: Dine, seats: int) -> Callable[[], None]:
    def program() -> None:
        forks = [threading.Lock() for _ in range(seats)]
        eats = [False] * seats
        ate = [0] * seats

        def sit(seat: int) -> None:
            def meal() -> None:
                neighbour = (seat + 1) % seats
                assert not eats[neighbour], f"P{seat} and P{neighbour} eat with the same fork"
                eats[seat] = True
                mark("eats")
                eats[seat] = False
                ate[seat] += 1

            dine(forks[seat], forks[(seat + 1) % seats], meal)

        dinner(sit, seats)
        for seat, times in enumerate(ate):
            assert times == 1, f"P{seat} eats {times} times"

    return program


def _asks_with_a_timeout(tree: ast.Module) -> str:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {getattr(call.func, "attr", None) or getattr(call.func, "id", "") for call in calls}
    if endless := sorted(ENDLESS & named):
        return f"random.{endless[0]} has more outcomes than can be played: {FEW}"
    acquires = [call for call in calls if getattr(call.func, "attr", "") == "acquire"]
    if not any(len(call.args) > 1 or "timeout" in {key.arg for key in call.keywords} for call in acquires):
        return "it never asks for a fork with a timeout: right.acquire(timeout=...)"
    return ""


PHILOSOPHERS = Question(
    "05.4",
    "Give back, wait, try again",
    stars=3,
    minutes=20,
    answer_name="dine",
    properties=(
        Explored(_alone, works=1, sizes=(1,), needed=True, options={"random_choices": True}),
        Written(_asks_with_a_timeout, uses=1, needed=True),
        Explored(
            _dinner,
            safe=1,
            live=3,
            options={"random_choices": True},
            because={
                "deadlock": "Nobody may wait for a fork without a limit while holding one.",
                "livelock": "Give the first fork back, and let chance decide each time how long you wait.",
                "unknown": f"{FEW[0].upper()}{FEW[1:]}.",
            },
        ),
    ),
)
