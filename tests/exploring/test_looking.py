"""A look at a program that stands still: what it says of it, and which steps are quiet."""

import random
import threading

import pytest
from readerwriterlock.rwlock import RWLockRead, RWLockWrite

from helpers import explore, replay
from helpers.exploring.looking import look, survey
from helpers.lessons.livelock.challenges import never_full
from helpers.lessons.livelock.explored import until_fed
from helpers.lessons.mutual_exclusion.programs import ends_while_holding, four_tellers
from helpers.lessons.reader_writer_locks.explored import read_twice
from helpers.lessons.starvation.explored import writes_once
from helpers.lessons.try_lock.explored import look_then_ask
from tests.exploring.suite import (
    crosswise_behind_a_barrier,
    lost_update_of_a_closure_variable,
    lost_update_of_an_attribute,
    lost_update_of_an_item,
    notify_before_wait,
    philosophers,
    start_and_join,
    two_locks_in_two_orders,
)


def after(program, *names, **options):
    """A look at a program after the turns of these threads."""
    known = survey(program, **options)
    seen = look(program, (), known, **options)
    for name in names:
        number = next(each.thread for each in seen.threads if each.name == name)
        seen = look(program, (*seen.schedule, number), known, **options)
    return seen


def thread(seen, name):
    return next(each for each in seen.threads if each.name == name)


def does(seen):
    return {each.name: each.what for each in seen.threads if each.ready}


def held(seen):
    return {thing.name: [name for name, _ in thing.holders] for thing in seen.things}


# ---- which steps are quiet


def test_at_the_beginning_every_thread_stands_before_a_step_that_matters():
    assert does(after(lost_update_of_a_closure_variable)) == {"T1": "read count", "T2": "read count"}
    assert does(after(two_locks_in_two_orders)) == {"T1": "acquire first", "T2": "acquire second"}


def test_a_lock_that_each_thread_has_for_itself_is_a_step_and_a_variable_of_its_own_is_none():
    def program():
        def work():
            mine = []
            with threading.Lock():
                mine.append(1)

        start_and_join(work, work)

    assert does(after(program)) == {"T1": "acquire Lock", "T2": "acquire Lock#2"}
    assert does(after(program, "T1")) == {"T1": "release Lock", "T2": "acquire Lock#2"}


def test_who_has_arrived_goes_through_the_open_barrier_by_itself():
    seen = after(crosswise_behind_a_barrier, "T1", "T1", "T2", "T2")
    assert [turn.what.split()[0] for turn in seen.turns] == ["acquire", "arrive"] * 2
    assert seen.kind == "deadlock"


def test_the_last_thread_goes_to_its_end_by_itself():
    seen = after(lost_update_of_a_closure_variable, "T1", "T1", "T2", "T2")
    assert (seen.kind, len(seen.turns), seen.lost) == ("ended", 4, ())


def test_an_operation_on_a_reader_writer_lock_is_one_turn():
    seen = after(read_twice(RWLockWrite), "R1", "W1")
    assert [turn.what for turn in seen.turns] == ["acquire rw to read", "acquire rw to write"]
    assert held(seen) == {"rw": ["R1"]}
    assert not thread(seen, "W1").ready


def test_a_program_is_over_when_only_daemons_are_left():
    seen = after(writes_once(RWLockRead), "W1", "W1")
    assert seen.kind == "ended"


def test_going_on_ends_as_the_default_schedule_does():
    program = philosophers(3, ordered=False)
    seen = look(program, (), survey(program), goes_on=True)
    assert seen.kind == "ended"
    assert [seen.name_of(turn.thread) for turn in seen.turns] == ["P0"] * 4 + ["P1"] * 4 + ["P2"] * 4
    assert replay(program, seen.schedule).finished


@pytest.mark.parametrize(
    "program", [lost_update_of_a_closure_variable, two_locks_in_two_orders, notify_before_wait]
)
def test_a_schedule_of_explore_is_one_of_a_look(program):
    verdict = explore(program)
    assert look(program, verdict.schedule, survey(program)).kind == verdict.kind


# ---- what it says


def test_where_a_thread_stands():
    seen = after(lost_update_of_a_closure_variable)
    places = thread(seen, "T1").places
    assert [place.function for place in places] == ["add"]
    assert places[0].line == places[0].first_line + 2
    assert [place.function for place in thread(seen, "MainThread").places] == [
        "start_and_join",
        "lost_update_of_a_closure_variable",
    ]


def test_the_variables_of_a_thread_are_its_own_plain_ones():
    assert thread(after(four_tellers, "T1"), "T1").values == (("_", "0"), ("seen", "0"))


def test_where_an_error_was_raised():
    seen = after(lost_update_of_a_closure_variable, "T1", "T2", "T1", "T2")
    main = thread(seen, "MainThread")
    assert seen.kind == "failure"
    assert main.ended
    assert main.places[0].function == "lost_update_of_a_closure_variable"


@pytest.mark.parametrize(
    ("program", "name", "before", "at_last"),
    [
        (lost_update_of_a_closure_variable, "count", "0", "1"),
        (lost_update_of_an_attribute, "balance", "0", "1"),
        (lost_update_of_an_item, "stock", "{'apples': 0}", "{'apples': 1}"),
    ],
)
def test_shared_variables_have_their_values_from_the_first_look_on(program, name, before, at_last):
    assert after(program).variables == ((name, before),)
    seen = after(program, "T1", "T2", "T1", "T2")
    assert (name, at_last) in seen.variables
    assert [(lost.writer, lost.loser) for lost in seen.lost] == [(2, 1)]


def test_a_write_after_another_read_loses_nothing():
    assert after(lost_update_of_a_closure_variable, "T2", "T2", "T1", "T1").lost == ()


def test_a_write_that_reads_nothing_first_loses_nothing():
    def program():
        count = 0

        def add_and_clear():
            nonlocal count
            count += 1
            count = 0

        start_and_join(add_and_clear, add_and_clear)

    assert after(program, "T1", "T1", "T2", "T2", "T1").lost == ()


def test_who_holds_and_who_waits():
    seen = after(two_locks_in_two_orders, "T1", "T2")
    assert held(seen) == {"first": ["T1"], "second": ["T2"]}
    assert {thing.name: thing.waiting for thing in seen.things} == {"first": ("T2",), "second": ("T1",)}
    assert thread(seen, "T1").blocked_by == ("T2",)
    assert [wait.thread for wait in seen.cycle] == ["T1", "T2"]


def test_a_reader_may_wait_behind_a_writer_that_holds_nothing():
    seen = after(read_twice(RWLockWrite), "R1", "W1", "R1")
    assert seen.kind == "deadlock"
    assert {(wait.thread, wait.holder) for wait in seen.cycle} == {("R1", "W1"), ("W1", "R1")}


def test_an_rlock_tells_its_depth_and_an_event_whether_it_is_set():
    def program():
        lock, told = threading.RLock(), threading.Event()

        def work():
            with lock, lock:
                told.set()

        start_and_join(work, told.wait)

    states = {thing.name: (thing.kind, thing.state) for thing in after(program, "T1", "T1").things}
    assert states == {"lock": ("rlock", "depth 2"), "told": ("event", "not set")}
    assert after(program, "T1", "T1", "T1").things[1].state == "set"


def test_who_ended_while_holding_holds_still():
    seen = after(ends_while_holding, "T1")
    assert held(seen) == {"lock": ["T1"]}


def test_how_a_turn_went():
    seen = after(until_fed(2), "P0", "P1", "P0", "P1")
    assert [turn.result for turn in seen.turns] == ["", "", "refused", "refused"]
    seen = after(lost_update_of_a_closure_variable, "T1", "T1")
    assert [turn.result for turn in seen.turns] == ["0", "1"]


def test_who_looks_at_a_lock_says_what_for():
    seen = after(look_then_ask)
    assert [each.what for each in seen.threads[1:]] == ["look whether lock is locked"] * 2


def test_chance_is_asked_for_its_outcome():
    def program():
        start_and_join(lambda: random.choice("abc"), lambda: None)

    seen = after(program, "T1", random_choices=True)
    assert seen.chance == (1, 3)
    assert not any(each.ready for each in seen.threads)


# ---- coming back to a state


def test_polite_philosophers_come_back_to_a_state_and_it_is_a_livelock():
    once = ["P0", "P1", "P0", "P1", "P0", "P1"]
    assert after(until_fed(2), *once[:-1]).round is None
    found = after(until_fed(2), *once).round
    assert (found.kind, found.since) == ("livelock", 0)


def test_a_round_in_which_somebody_who_could_move_did_not_is_nobodys_fault():
    found = after(writes_once(RWLockRead), "R1", "R1").round
    assert (found.kind, found.since) == ("", 0)


def test_readers_in_relay_starve_the_writer():
    found = after(writes_once(RWLockRead), "R1", "W1", "R2", "R1", "R1", "R2", "R2").round
    assert (found.kind, found.victim) == ("starvation", 3)


def test_who_moves_and_never_makes_a_mark_starves_where_others_make_some():
    relay = ["P2", "P1", "P1", "P1", "P2", "P2", "P2", "P0", "P0", "P0", "P0"]
    assert after(never_full, *relay[:7]).round.kind == ""  # P0 could have moved
    found = after(never_full, *relay).round
    assert (found.kind, found.since, found.victim) == ("starvation", 0, 2)


# ---- what is refused


def test_a_step_that_cannot_be_taken_is_refused():
    with pytest.raises(ValueError, match=r"cannot begin like that: step 1 .* thread 7"):
        look(two_locks_in_two_orders, (0, 7))


def test_an_option_that_does_not_exist_is_refused():
    with pytest.raises(TypeError, match="no option 'early'"):
        look(two_locks_in_two_orders, early=True)
