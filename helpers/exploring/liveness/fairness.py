"""Which parts of a graph of states a fair schedule can go round in for ever.

A schedule is *strongly fair* where every thread that can take a step again and again takes one again and
again. Time counts as a thread: it cannot be put off for ever. A part of the graph in which each state can be
reached from each other allows a fair schedule that stays in it where everybody who is ready somewhere in it
moves in it; else the states where that thread is ready are left out, and what remains is looked at again.
Chance is fairer still: where it decides again and again, each outcome comes again and again. So a state in
which an outcome leads out is left out too: staying for ever then has probability 0.

Source: Emerson, Lei, "Modalities for model checking: branching time logic strikes back", Science of Computer
Programming 8, 1987; for threads and fairness: Musuvathi, Qadeer, "Fair stateless model checking", PLDI 2008.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import networkx

from ..search.state_graph import END, Node
from ..steps import TIME

MayFollow = Callable[[int, int], bool]  # whether a choice in a state is taken into account


@dataclass(frozen=True)
class Part:
    """A part of the graph that a schedule can stay in for ever.

    Args:
        states: its states.
        movers: who takes steps in it.
    """

    states: frozenset[int]
    movers: frozenset[int]


def parts(nodes: list[Node], states: Iterable[int], may_follow: MayFollow) -> Iterator[Part]:
    """Yield the parts of the graph in which every state can be reached from every other, by some step."""
    within = {*states}
    graph = networkx.DiGraph()
    for state in sorted(within):
        graph.add_edges_from((state, after) for _, after in edges(nodes, state, within, may_follow))
    for component in networkx.strongly_connected_components(graph):
        found = frozenset(component)
        movers = {choice for state in found for choice, _ in edges(nodes, state, found, may_follow)}
        if movers:
            yield Part(found, frozenset(mover for mover in movers if mover >= TIME))


def fair_parts(nodes: list[Node], states: Iterable[int], may_follow: MayFollow) -> Iterator[Part]:
    """Yield the parts of the graph that a strongly fair schedule can stay in for ever."""
    for part in parts(nodes, states, may_follow):
        neglected = {each for state in part.states for each in nodes[state].ready} - part.movers
        rest = [
            state
            for state in part.states
            if neglected.isdisjoint(nodes[state].ready) and not _chance_leads_out(nodes[state], part)
        ]
        if len(rest) == len(part.states):
            yield part
        else:
            yield from fair_parts(nodes, rest, may_follow)


def _chance_leads_out(node: Node, part: Part) -> bool:
    return node.is_chance and any(after not in part.states for after in node.after.values())


def edges(
    nodes: list[Node], state: int, within: Iterable[int], may_follow: MayFollow
) -> Iterator[tuple[int, int]]:
    """Yield the choices in a state that are taken into account, and the states they lead to."""
    for choice, after in nodes[state].after.items():
        if after != END and after in within and may_follow(state, choice):
            yield choice, after
