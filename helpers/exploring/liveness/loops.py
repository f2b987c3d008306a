"""What is wrong with a loop that goes on for ever: starvation or livelock.

- *starvation*: in a fair loop, a thread waits for a lock, a reader-writer lock or a semaphore and never gets
  in while others keep moving; or others make progress marks, and a thread that moves too never makes one.
- *livelock*: everybody who does not wait keeps moving, and nobody finishes or makes a progress mark.

Threads that wait for a join, an event, a condition, a queue or a barrier are victims, and decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..search.state_graph import Node
from ..steps import TIME
from .fairness import MayFollow, Part, edges, fair_parts, parts

GOT_IN = frozenset(("lock", "rw", "semaphore"))


@dataclass(frozen=True)
class Loop:
    """A part of the graph in which something is wrong.

    Args:
        kind: "starvation" or "livelock".
        part: the states it goes through.
        may_follow: which steps it consists of.
        victim: the task that starves, if any.
        needs_mark: True where the loop shows that others make progress marks.
    """

    kind: str
    part: Part
    may_follow: MayFollow
    victim: int | None = None
    needs_mark: bool = False


def states_that_may_wait(nodes: list[Node]) -> Iterator[int]:
    """Yield the states at which threads can go round for ever while somebody waits for time to pass."""
    waits = [
        index
        for index, node in enumerate(nodes)
        if node.timed and TIME not in node.ready and not node.is_chance
    ]
    for part in parts(nodes, waits, lambda _state, choice: choice != TIME):
        yield from sorted(part.states)


def loops(nodes: list[Node], tasks: int) -> Iterator[Loop]:
    """Yield what is wrong: first threads that are kept out, then livelocks, then who makes no progress.

    Args:
        nodes: the states.
        tasks: how many threads there are at most.
    """
    yield from _kept_out(nodes, tasks)
    yield from _livelocks(nodes)
    yield from _left_behind(nodes, tasks)


def _going_on(nodes: list[Node]) -> list[int]:
    return [index for index, node in enumerate(nodes) if not node.is_over]


def _threads(part: Part) -> frozenset[int]:
    return part.movers - {TIME}


def _kept_out(nodes: list[Node], tasks: int) -> Iterator[Loop]:
    for task in range(tasks):
        out = [index for index in _going_on(nodes) if nodes[index].waiting.get(task) in GOT_IN]
        for part in fair_parts(nodes, out, _any_step):
            if _threads(part):
                yield Loop("starvation", part, _any_step, task)


def _livelocks(nodes: list[Node]) -> Iterator[Loop]:
    def makes_no_mark(state: int, choice: int) -> bool:
        return choice not in nodes[state].marks

    for part in fair_parts(nodes, _going_on(nodes), makes_no_mark):
        if _threads(part):
            yield Loop("livelock", part, makes_no_mark)


def _left_behind(nodes: list[Node], tasks: int) -> Iterator[Loop]:
    """Yield loops in which others make progress, and one that moves does not."""
    for task in range(tasks):

        def makes_no_mark(state: int, choice: int, task: int = task) -> bool:
            return choice != task or choice not in nodes[state].marks

        for part in fair_parts(nodes, _going_on(nodes), makes_no_mark):
            if task in part.movers and len(_threads(part)) > 1 and _makes_a_mark(nodes, part, makes_no_mark):
                yield Loop("starvation", part, makes_no_mark, task, needs_mark=True)


def _makes_a_mark(nodes: list[Node], part: Part, may_follow: MayFollow) -> bool:
    """Return True where a step that stays in the part makes a mark; one that leads out is made only once."""
    inside = (
        (state, choice) for state in part.states for choice, _ in edges(nodes, state, part.states, may_follow)
    )
    return any(choice in nodes[state].marks for state, choice in inside)


def _any_step(_state: int, _choice: int) -> bool:
    return True
