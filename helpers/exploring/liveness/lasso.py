"""A loop as a schedule: the way in, and one round in which everybody moves who has to."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from ..search.state_graph import StateGraph
from .fairness import edges
from .loops import Loop

MAX_BEGINNINGS = 100  # states at which a shortest round is looked for


@dataclass(frozen=True)
class Lasso:
    """A schedule that ends in a loop.

    Args:
        stem: the choices that lead to the loop.
        round: the choices of one round; they lead back to the state in which the round begins.
    """

    stem: tuple[int, ...]
    round: tuple[int, ...]


def lasso(graph: StateGraph, loop: Loop) -> Lasso:
    """Return a shortest round of a loop in which every mover moves, and a shortest way there."""
    nearest = sorted(loop.part.states, key=lambda state: (graph.nodes[state].depth, state))
    rounds = [(state, _round(graph, loop, state)) for state in nearest[:MAX_BEGINNINGS]]
    state, choices = min(rounds, key=lambda found: (len(found[1]), graph.nodes[found[0]].depth))
    return Lasso(tuple(graph.path_to(state)), choices)


def _round(graph: StateGraph, loop: Loop, begin: int) -> tuple[int, ...]:
    """Return the choices of a shortest round from a state, by breadth-first search."""
    bit = {mover: 1 << number for number, mover in enumerate(sorted(loop.part.movers))}
    mark = 1 << len(bit) if loop.needs_mark else 0
    wanted = begin, (1 << len(bit)) - 1 | mark
    came_from: dict[tuple[int, int], tuple[tuple[int, int], int] | None] = {(begin, 0): None}
    to_do = deque([(begin, 0)])
    while wanted not in came_from:
        at = state, moved = to_do.popleft()
        for choice, after in edges(graph.nodes, state, loop.part.states, loop.may_follow):
            marks = mark if choice in graph.nodes[state].marks and choice != loop.victim else 0
            reached = after, moved | bit.get(choice, 0) | marks
            if reached not in came_from:
                came_from[reached] = at, choice
                to_do.append(reached)
    return _choices(came_from, wanted)


def _choices(
    came_from: dict[tuple[int, int], tuple[tuple[int, int], int] | None], at: tuple[int, int]
) -> tuple[int, ...]:
    choices: list[int] = []
    while (came := came_from[at]) is not None:
        at, choice = came
        choices.append(choice)
    return tuple(reversed(choices))
