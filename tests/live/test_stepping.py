"""The stepper without a browser: what its model does, what it shows, and that no thread lives meanwhile."""

import json
import threading

import pytest
from readerwriterlock.rwlock import RWLockRead

from helpers import explore, replay, step
from helpers.lessons.deadlock.explored import call_once
from helpers.lessons.livelock.challenges import never_full
from helpers.lessons.livelock.explored import random_first_fork, until_fed
from helpers.lessons.mutual_exclusion.explored import two_deposits, two_locked_deposits
from helpers.lessons.mutual_exclusion.programs import ends_while_holding, four_tellers
from helpers.lessons.starvation.explored import writes_once
from helpers.lessons.try_lock.explored import wait_for_both
from helpers.live.stepping import Goal, Model, goals, still
from helpers.live.stepping.banner import banner_of
from helpers.live.stepping.view import view_of


def stepped(program, turns="", goal=None, **options):
    model = Model(program, goal, **options)
    for name in turns.split():
        model.move(name)
    return model


def banner(program, turns):
    return banner_of(stepped(program, turns).look)


# ---- what can be done


def test_two_locks_into_a_deadlock_back_and_to_the_end():
    model = stepped(wait_for_both, "T1 T2")
    assert (model.look.kind, model.ready, model.is_over) == ("deadlock", (), True)
    model.undo()
    assert (model.turns, model.ready, model.is_over) == (("T1",), ("T1", "T2"), False)
    model.finish()
    assert (model.look.kind, model.turns) == ("ended", ("T1",) * 4 + ("T2",) * 4)
    model.reset()
    assert (model.turns, model.ready) == ((), ("T1", "T2"))
    model.undo()
    assert model.turns == ()


def test_the_schedule_can_be_replayed():
    model = stepped(wait_for_both, "T1 T2")
    assert {wait.thread for wait in replay(wait_for_both, model.schedule).cycle()} == {"T1", "T2"}


def test_undo_gives_back_what_was_seen_before():
    model = stepped(two_deposits, "T1 T2")
    before = view_of(model)
    model.move("T1")
    model.undo()
    assert view_of(model) == before


def test_no_thread_lives_between_two_turns():
    before = threading.active_count()
    model = stepped(wait_for_both, "T1 T2")
    assert threading.active_count() == before
    assert model.look.threads[1].blocked_by == ("T2",)


def test_who_cannot_move_is_told_who_can():
    model = Model(wait_for_both)
    with pytest.raises(ValueError, match="'T9' cannot take a turn now; T1 and T2 can"):
        model.move("T9")
    with pytest.raises(ValueError, match="MainThread cannot take a turn now; T1 and T2 can"):
        model.move(0)


def test_chance_is_the_readers_too():
    model = stepped(random_first_fork(2), "P0", random_choices=True)
    assert (model.look.chance, model.ready) == ((1, 2), ())
    with pytest.raises(ValueError, match="2 outcomes here"):
        model.draw(2)
    model.draw(1)
    assert model.look.threads[1].what == "acquire forks[1]"
    model.undo()
    assert model.turns == ()


def test_what_explore_finds_is_shown_turn_by_turn():
    model = Model(wait_for_both)
    model.show()
    assert model.message == "explore found this: deadlock. It takes 2 turns: press Next."
    while model.next_planned is not None:
        model.next()
    assert model.look.kind == "deadlock"
    assert len(model.turns) == 2


def test_who_leaves_the_plan_is_on_their_own():
    model = Model(wait_for_both)
    model.show()
    model.move("T1")
    assert model.next_planned == 2
    model.move("T1")
    assert model.next_planned is None
    model.next()
    assert model.turns == ("T1", "T1")


def test_where_nothing_can_break_it_says_so():
    model = Model(two_locked_deposits)
    model.show()
    assert (model.message, model.plan) == ("explore proved that no schedule breaks it.", None)


@pytest.mark.parametrize("program", [two_deposits, wait_for_both, call_once, until_fed(2)])
def test_the_plan_ends_as_explore_says(program):
    model = Model(program)
    model.show()
    while model.next_planned is not None:
        model.next()
    verdict = explore(program)
    found = model.look.round.kind if model.look.round else model.look.kind
    assert found == verdict.kind


# ---- how it ends


@pytest.mark.parametrize(
    ("program", "turns", "head", "told"),
    [
        (wait_for_both, "T1 T2", "Deadlock", "T1 waits for b held by T2; T2 waits for a held by T1."),
        (two_deposits, "T1 T2 T1 T2", "Lost update", "T2 wrote balance = 1, and had not read what T1 wrote."),
        (two_deposits, "T1 T1 T2 T2", "Finished", "All threads came to their end."),
        (call_once, "T2 T2 T2 T1 T1", "Lost wake-up", "T1 waits on bell, and nobody is left to wake it."),
        (until_fed(2), "P0 P1 P0 P1 P0 P1", "Livelock", "as it was at the beginning: these 6 turns"),
        (ends_while_holding, "T1", "Deadlock", "T2 waits for lock held by T1"),
        (writes_once(RWLockRead), "R1 W1 R2 R1 R1 R2 R2", "Starvation", "W1 never gets in."),
        (never_full, "P2 P1 P1 P1 P2 P2 P2 P0 P0 P0 P0", "Starvation", "P1 moves, and never gets on."),
    ],
)
def test_how_it_ends_in_words(program, turns, head, told):
    found = banner(program, turns)
    assert found.head == head
    assert told in found.text
    assert found.is_good == (head == "Finished")


def test_an_assertion_is_told_with_its_line():
    assert banner(two_deposits, "T1 T2 T1 T2").text.endswith("AssertionError: assert balance == 2")


def test_as_long_as_it_goes_on_there_is_no_end():
    assert banner(two_deposits, "T1 T2 T1") is None


def test_lost_updates_are_told_where_nothing_is_asserted():
    model = Model(four_tellers)
    turns = [name for name in ("T1", "T2", "T3", "T4") for _ in range(2)] + ["T1", "T2", "T3", "T4"]
    for name in turns:
        model.move(name)
    assert len(model.look.lost) == 3


# ---- goals


def look_after(program, turns):
    return stepped(program, turns).look


@pytest.mark.parametrize(
    ("goal", "program", "turns", "reached"),
    [
        (goals.ends_in("deadlock"), wait_for_both, "T1 T2", True),
        (goals.ends_in("deadlock"), wait_for_both, "T1 T1", False),
        (goals.ends_in("deadlock") & goals.within(1), wait_for_both, "T1 T2", False),
        (goals.loses_updates(), two_deposits, "T1 T2 T1 T2", True),
        (goals.loses_updates(2), two_deposits, "T1 T2 T1 T2", False),
        (goals.holding(["T1", "T2"]), wait_for_both, "T1 T2", True),
        (goals.waiting(["T2"]), wait_for_both, "T1", False),
        (goals.waiting(["T1"]), wait_for_both, "T2 T2", True),
        (goals.refused("P1"), until_fed(2), "P0 P1 P1", True),
        (goals.refused("P1", 2), until_fed(2), "P0 P1 P1", False),
        (goals.marked({"P0": 1, "P1": 0}), until_fed(2), "P0 P0 P0", True),
        (goals.in_order(["T1", "T2"], "a"), wait_for_both, "T1 T1 T1 T1 T2 T2", True),
        (goals.with_switches(1), wait_for_both, "T1 T2", True),
        (goals.with_switches(0), wait_for_both, "T1 T2", False),
    ],
)
def test_when_a_goal_is_reached(goal, program, turns, reached):
    assert goal.is_reached(look_after(program, turns)) is reached


def test_a_goal_that_is_reached_is_open_again_after_undo():
    model = stepped(wait_for_both, "T1 T2", "deadlock")
    assert view_of(model)["goal"]["state"] == "reached"
    model.undo()
    assert view_of(model)["goal"]["state"] == "open"
    model.finish()
    assert view_of(model)["goal"]["state"] == "missed"


def test_a_goal_with_a_solution_shows_that():
    goal = Goal("Let T2 have both.", goals.holding(["T2"]).is_reached, solution="T2 T2")
    model = Model(wait_for_both, goal)
    model.show()
    model.next()
    model.next()
    assert (model.turns, model.next_planned, model.is_reached) == (("T2", "T2"), None, True)


def test_where_no_way_to_a_goal_is_known_it_says_so():
    model = Model(wait_for_both, "finish")
    model.show()
    assert (model.plan, model.message) == (None, "No way to this goal is known to me.")


@pytest.mark.parametrize(("goal", "error"), [("deadlok", ValueError), (3, TypeError)])
def test_what_is_no_goal_is_refused(goal, error):
    with pytest.raises(error, match=repr(goal)):
        step(wait_for_both, goal)


def test_what_is_no_program_is_refused():
    with pytest.raises(TypeError, match="step"):
        step(3)


# ---- what is shown


def test_the_view_is_plain_and_says_what_each_thread_does():
    view = view_of(stepped(wait_for_both, "T1 T2", "deadlock"))
    assert json.loads(json.dumps(view))["program"] == "wait_for_both"
    assert [each["says"] for each in view["threads"]] == [
        "waits for T1 to end",
        "acquire b: T2 holds it",
        "acquire a: T1 holds it",
    ]
    assert view["waits"] == [["T1", "b", "T2"], ["T2", "a", "T1"]]
    assert [turn["what"] for turn in view["turns"]] == ["acquire a", "acquire b"]


def test_the_current_line_is_marked_in_the_programs_own_source():
    source = view_of(stepped(two_deposits, "T1"))["threads"][1]["source"]
    assert source["lines"][source["at"]].strip() == "balance += 1"


def test_the_widget_does_what_is_pressed_and_never_raises():
    widget = step(wait_for_both, "deadlock")
    for number in (1, 2, 1):
        widget._on_message(widget, {"action": "move", "value": number}, [])
    assert widget.view["banner"]["head"] == "Deadlock"
    assert widget.view["message"] == "T1 cannot take a turn now; nobody can."
    widget._on_message(widget, {"action": "undo", "value": None}, [])
    assert (widget.view["banner"], widget.view["message"]) == (None, "")
    with pytest.raises(ValueError, match="no button 'explode'"):
        widget.press("explode")


def test_the_widgets_code_is_one_module_that_imports_no_file():
    widget = step(wait_for_both)
    assert "export default" in widget._esm
    assert 'from "./' not in widget._esm


def test_a_still_picture_shows_the_same_as_the_widget():
    widget = step(wait_for_both, "deadlock")
    widget.press("move", 1)
    widget.press("move", 2)
    picture = still(wait_for_both, "T1 T2", "deadlock")
    assert widget.still == picture
    assert "✗ Deadlock" in picture.html
    assert "forks" not in picture.html
    assert "<b>MainThread</b> waits for T1 to end" in picture.html
    assert repr(widget) == "step(wait_for_both)"  # what an export shows above the picture
    assert str(picture).splitlines()[0].startswith("wait_for_both: Deadlock. T1 waits for b held by T2")


def test_what_a_program_calls_itself_is_escaped():
    def program():
        print("<script>alert(1)</script>")

    assert "<script" not in still(program).html
