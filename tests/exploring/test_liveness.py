"""Loops that go on for ever: which are fair, what they are called, and how they are shown."""

import random
import threading
import time

import pytest

from helpers import alt_text, explore, replay, run, timeline
from helpers.exploring.liveness import lasso, loops, states_that_may_wait
from helpers.exploring.liveness.fairness import fair_parts, parts
from helpers.exploring.search.state_graph import END, Node
from helpers.exploring.steps import TIME
from helpers.trace import Trace
from tests.exploring.loops import (
    BargingLock,
    a_deadlock_beside_a_heartbeat,
    a_writer_among_readers,
    backing_off,
    backing_off_at_random,
    greedy_beside_patient,
    polite_philosophers,
    rwlock,
)
from tests.exploring.suite import philosophers, start_and_join


def graph(edges, waiting=None, marks=(), over=(), chance=()):
    """Return the nodes of a graph given as {state: {choice: state after it}}."""
    nodes = []
    for state in range(max(edges) + 1):
        choices = tuple(edges.get(state, {}))
        node = Node(
            () if state in chance else choices,
            choices,
            (waiting or {}).get(state, {}),
            state in over,
            None,
            state,
        )
        node.after = dict(edges.get(state, {}))
        node.marks = {choice for at, choice in marks if at == state}
        node.is_chance = state in chance
        node.timed = "time" in node.waiting.values()
        nodes.append(node)
    return nodes


class Bare:
    """Nodes in the place of a graph that begins in each of them."""

    def __init__(self, nodes):
        self.nodes = nodes

    def path_to(self, index):
        return []


def fair(nodes):
    return [sorted(part.states) for part in fair_parts(nodes, range(len(nodes)), lambda *_: True)]


def kinds(nodes, tasks=3):
    return [(loop.kind, loop.victim) for loop in loops(nodes, tasks)]


def test_a_loop_of_everybody_is_fair():
    assert fair(graph({0: {1: 1}, 1: {2: 0}})) == [[0, 1]]


def test_a_loop_that_leaves_out_who_is_ready_is_not_fair():
    assert fair(graph({0: {1: 1, 2: 2}, 1: {1: 0, 2: 2}, 2: {}})) == []


def test_a_fair_loop_inside_one_that_is_not():
    # task 2 is ready in state 0 only, and leads out; states 1 and 2 can go on without it
    assert fair(graph({0: {1: 1, 2: 3}, 1: {1: 2}, 2: {1: 1, 3: 0}, 3: {}})) == []
    assert fair(graph({0: {1: 1, 2: 3}, 1: {1: 2}, 2: {1: 1}, 3: {}})) == [[1, 2]]


def test_time_cannot_be_put_off_for_ever():
    assert fair(graph({0: {1: 0, TIME: 1}, 1: {}})) == []
    assert fair(graph({0: {1: 0, TIME: 0}})) == [[0]]


def test_a_loop_that_chance_leads_out_of_has_probability_0():
    nodes = graph({0: {1: 1}, 1: {-2: 0, -3: 2}, 2: {}}, chance={1})
    assert fair(nodes) == []
    assert fair(graph({0: {1: 1}, 1: {-2: 0, -3: 0}}, chance={1})) == [[0, 1]]


def test_a_step_that_ends_the_program_is_in_no_loop():
    assert list(parts(graph({0: {1: END}}), [0], lambda *_: True)) == []


@pytest.mark.parametrize("what", ["lock", "semaphore"])
def test_who_is_kept_out_starves(what):
    assert kinds(graph({0: {1: 0}}, waiting={0: {2: what}})) == [("starvation", 2), ("livelock", None)]


@pytest.mark.parametrize("what", ["join", "event", "condition", "queue", "barrier"])
def test_victims_do_not_decide(what):
    assert kinds(graph({0: {1: 0}}, waiting={0: {2: what}})) == [("livelock", None)]


def test_progress_of_everybody_who_moves_is_no_livelock():
    edges = {0: {1: 1}, 1: {2: 0}}
    assert kinds(graph(edges)) == [("livelock", None)]
    assert kinds(graph(edges, marks=[(0, 1), (1, 2)])) == []
    assert kinds(graph(edges, marks=[(0, 1)])) == [("starvation", 2)]


def test_a_mark_on_the_way_out_of_a_loop_is_no_progress_in_it():
    # both go round with nobody's mark; task 2's mark is made in a step that leads out, to the end of task 2
    edges = {0: {1: 1, 2: 2}, 1: {2: 0, 1: 2}, 2: {}}
    nodes = graph(edges, marks=[(0, 2)])
    assert kinds(nodes) == [("livelock", None)]
    assert {lasso(Bare(nodes), loop).round for loop in loops(nodes, 3)} == {(1, 2)}


def test_a_daemon_that_goes_on_after_the_end_is_fine():
    assert kinds(graph({0: {1: 0}}, over={0})) == []


def test_time_may_pass_only_where_threads_go_round_beside_somebody_who_waits_for_it():
    nodes = graph({0: {1: 1}, 1: {1: 2}, 2: {1: 1}}, waiting={each: {2: "time"} for each in range(3)})
    assert list(states_that_may_wait(nodes)) == [1, 2]
    assert list(states_that_may_wait(graph({0: {1: 0}}))) == []


# ---- what a verdict says


def test_a_livelock_is_told_as_a_loop():
    verdict = explore(polite_philosophers(2))
    assert verdict.headline.endswith("steps repeat for ever (2 to 7); nobody gets on")
    assert verdict.headline.startswith("these 6")
    assert verdict.trace.loop == 2
    assert f"through {verdict.states} states, which stand for all" in verdict.explain()
    assert "repeats for ever" in timeline(verdict.trace).get_legend().get_texts()[-1].get_text()


def test_a_starvation_names_its_victim():
    verdict = explore(a_writer_among_readers(rwlock.RWLockRead))
    assert verdict.trace.victim == "T3"
    assert "T3 never gets in" in verdict.explain()
    assert "T3 waits for lock, held by" in verdict.explain()
    assert "livelock" not in verdict._repr_html_()


def test_who_keeps_trying_in_vain_never_gets_on():
    verdict = explore(greedy_beside_patient(BargingLock))
    assert "T2 never gets on" in verdict.explain()
    marked = [row.thread for row in verdict.trace.marks() if row.requested >= verdict.trace.loop]
    assert marked == ["T1"]


def test_the_round_can_be_gone_round_again_and_again():
    program = polite_philosophers(2)
    verdict = explore(program)
    stem, once = verdict.schedule[: -verdict.loop], verdict.schedule[-verdict.loop :]
    assert replay(program, (*stem, *once * 50)).duration > 250


def test_a_deadlock_beside_a_thread_that_moves_shows_its_cycle():
    verdict = explore(a_deadlock_beside_a_heartbeat)
    assert len(verdict.trace.cycle()) == 2


def test_all_kinds_of_one_program():
    def program():
        a, b, stop = threading.Lock(), threading.Lock(), threading.Event()

        def take(first, second):
            while not stop.is_set():
                with first:
                    if second.acquire(blocking=False):
                        second.release()
                        stop.set()

        def fail():
            assert not stop.is_set()

        start_and_join(lambda: take(a, b), lambda: take(b, a), fail)

    verdict = explore(program, find="all")
    assert {each.kind for each in verdict.found} == {"failure", "livelock"}


def test_a_trace_keeps_its_loop_in_json():
    trace = explore(a_writer_among_readers(rwlock.RWLockRead)).trace
    assert Trace.from_json(trace.to_json()) == trace
    assert "repeats for ever, and T3 never gets in" in alt_text(timeline(trace))


# ---- declared choices


def coin():
    drawn = []

    def draw():
        drawn.append(random.randint(1, 3))

    start_and_join(draw, draw)
    assert sum(drawn) < 6


def test_every_outcome_of_a_declared_choice_is_played():
    assert explore(coin).kind == "unknown"
    verdict = explore(coin, random_choices=True)
    assert verdict.kind == "failure"
    assert "draws outcome 3 of 3" in verdict.explain()
    assert replay(coin, verdict.schedule, random_choices=True) == verdict.trace
    assert [row.outcome for row in verdict.trace.marks()] == ["raised"]


def test_a_livelock_of_probability_0_is_none():
    verdict = explore(backing_off_at_random, random_choices=True)
    assert verdict.kind == "proved"
    assert any("probability above 0" in assumed for assumed in verdict.assumes)


def test_a_choice_that_helps_nobody_is_a_livelock_all_the_same():
    def program():
        a, b = threading.Lock(), threading.Lock()

        def take(first, second):
            while True:
                with first:
                    if second.acquire(blocking=False):
                        second.release()
                        return
                random.choice("ab")

        start_and_join(lambda: take(a, b), lambda: take(b, a))

    assert explore(program, random_choices=True).kind == "livelock"


def test_chance_is_real_in_a_run_and_afterwards():
    before = random.choice, random.randint, random.randrange
    explore(coin, random_choices=True)
    assert (random.choice, random.randint, random.randrange) == before
    assert run(lambda: random.choice([7])).result == 7


@pytest.mark.parametrize("wrong", [-1, -5, 0])
def test_an_outcome_that_is_none(wrong):
    schedule = list(explore(coin, random_choices=True).schedule)
    at = next(index for index, number in enumerate(schedule) if number < 0)
    schedule[at] = wrong
    with pytest.raises(ValueError, match="random choice of 3"):
        replay(coin, schedule, random_choices=True)


# ---- and never a cry of wolf


def test_a_fair_lock_is_no_starvation():
    def program():
        lock, done = threading.Lock(), threading.Event()

        def greedy():
            while not done.is_set():
                with lock:
                    pass

        def patient():
            with lock:
                pass
            done.set()

        start_and_join(greedy, patient)

    assert explore(program).kind == "proved", "a strongly fair scheduler lets the patient one in"


@pytest.mark.parametrize("count", [2, 3])
def test_ordered_philosophers_who_eat_for_ever_do_not_starve(count):
    eat = philosophers(count, ordered=True)
    assert explore(eat).kind == "proved"


def test_back_off_is_judged_by_its_pauses():
    began = time.monotonic()
    found = {pauses: explore(backing_off(*pauses)).kind for pauses in [(0.002, 0.002), (0.002, 0.003)]}
    assert found == {(0.002, 0.002): "livelock", (0.002, 0.003): "proved"}
    assert time.monotonic() - began < 60
