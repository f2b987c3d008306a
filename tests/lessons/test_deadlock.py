"""Lesson 05: the table's drawing, what reads its traces, and its programs with other knobs."""

import math
from itertools import pairwise

import pytest

from helpers import alt_text, explore, run
from helpers.lessons.deadlock import (
    FIXES,
    all_meals,
    cycle_span,
    dine_long,
    fairness,
    kept_waiting,
    long_dinner,
    meals_by_seat,
    most_eating_at_once,
    most_per_least,
    seats_at,
    stuck_runs,
    table,
)
from helpers.lessons.deadlock.accounts import Account, collect, holding, transfer_in_order
from helpers.lessons.deadlock.explored import two_tries
from helpers.lessons.deadlock.programs import (
    ask_the_waiter,
    both_at_once,
    five_left_forks,
    give_back_and_retry,
    highest_first,
    left_then_right,
    one_seat_less,
    shared_chair,
)
from helpers.trace import Row, ThreadRecord, Trace


def row(thread, name, requested, acquired, released, outcome="acquired", kind="lock", mode="exclusive"):
    return Row(thread, kind, name, mode, requested, acquired, released, thread, outcome)


def note(thread, at):
    return Row(thread, "note", "eats", "note", at, at, None, None, "done")


def trace_of(*rows, seats=2, duration=10.0, finished=True):
    threads = tuple(ThreadRecord(f"P{seat}", 0.0, None) for seat in range(seats))
    return Trace(tuple(rows), threads, duration, finished=finished)


def two_stuck():
    """P0 holds fork 0 and P1 fork 1, and each waits for the other's."""
    return trace_of(
        row("P0", "forks[0]", 1.0, 1.0, None, "held"),
        row("P1", "forks[1]", 2.0, 2.0, None, "held"),
        row("P0", "forks[1]", 3.0, None, None, "waiting"),
        row("P1", "forks[0]", 4.0, None, None, "waiting"),
        finished=False,
    )


def one_eats():
    """P0 has both forks from 2 to 6 and eats; P1 waits from 3 to 6, then has fork 1, and at 8 both."""
    return trace_of(
        row("P0", "forks[0]", 1.0, 1.0, 6.0),
        row("P0", "forks[1]", 2.0, 2.0, 6.0),
        note("P0", 2.5),
        row("P1", "forks[1]", 3.0, 6.0, 9.0),
        row("P1", "forks[0]", 8.0, 8.0, 9.0),
        note("P1", 8.5),
    )


# ---- the table


def strokes(ax, fork):
    return [line for line in ax.lines if line.get_gid() == f"fork {fork}"]


def place_of(ax, fork):
    xs, ys = strokes(ax, fork)[0].get_data()
    return xs[0], ys[0]


def seat_place(ax, seat):
    return next(patch.center for patch in ax.patches if patch.get_gid() == f"seat {seat}")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_table_says_who_holds_what_and_waits_for_what():
    told = [(seat.holds, seat.wants) for seat in seats_at(two_stuck())]
    assert told == [((0,), 1), ((1,), 0)]


def test_the_table_of_a_moment_shows_that_moment():
    assert [seat.state() for seat in seats_at(one_eats(), 2.0)] == ["has both", ""]
    assert [seat.state() for seat in seats_at(one_eats(), 4.0)] == ["has both", "waits for 1"]
    assert [seat.state() for seat in seats_at(one_eats(), 7.0)] == ["", "has 1"]
    assert [seat.state() for seat in seats_at(one_eats())] == ["", ""]


def test_a_held_fork_lies_before_its_holder_and_a_free_one_between_two_seats():
    ax = table(run_of_three(), at=2.0)
    near = [math.dist(place_of(ax, 0), seat_place(ax, seat)) for seat in range(3)]
    assert near[0] < 0.7 * min(near[1:])
    between = [math.dist(place_of(ax, 2), seat_place(ax, seat)) for seat in (1, 2)]
    assert between[0] == pytest.approx(between[1])
    assert strokes(ax, 0)[0].get_color() != strokes(ax, 2)[0].get_color()


def run_of_three():
    return trace_of(row("P0", "forks[0]", 1.0, 1.0, 5.0), row("P1", "forks[1]", 6.0, 6.0, 7.0), seats=3)


def test_an_arrow_leads_from_who_waits_to_the_fork():
    ax = table(one_eats(), at=4.0)
    (arrow,) = [patch for patch in ax.patches if patch.get_gid() == "waits"]
    start, end = arrow._path_original.vertices
    assert math.dist(start, seat_place(ax, 1)) < math.dist(end, seat_place(ax, 1))
    assert math.dist(end, place_of(ax, 1)) < math.dist(start, place_of(ax, 1))


def test_the_finding_stands_below_the_table():
    assert "everybody has a fork, and waits for another" in texts(table(two_stuck()))
    assert "1 can eat, 1 waits" in texts(table(one_eats(), at=4.0))


def test_who_waits_for_something_else_than_a_fork_is_told():
    served = trace_of(
        row("P0", "waiter", 1.0, 1.0, 5.0), row("P1", "waiter", 2.0, 5.0, 6.0, "acquired"), duration=9.0
    )
    ax = table(served, at=3.0)
    assert "waits for waiter" in texts(ax)
    assert [patch for patch in ax.patches if patch.get_gid() == "waits"] == []


def test_alt_text_tells_each_philosopher():
    told = "P0 holds fork 0, waits for fork 1; P1 holds fork 1, waits for fork 0."
    assert alt_text(table(two_stuck())) == f"The philosophers' table at the end: {told}"
    assert alt_text(table(one_eats(), at=7.0)).endswith("after 7 ms: P0 has no fork; P1 holds fork 1.")


def test_an_explored_trace_is_drawn_in_steps():
    ax = table(explore(left_then_right(3)).trace, at=2)
    assert ax.get_title(loc="left") == "The table after 2 steps"


def test_no_warning_is_logged_when_the_table_is_drawn(caplog):
    table(two_stuck()).figure.png()
    assert caplog.records == []


def test_what_cannot_be_drawn_is_named():
    with pytest.raises(TypeError, match="table draws a Trace, not None"):
        table(None)
    with pytest.raises(ValueError, match=r"at=11.0 is outside the trace, which lasts from 0 to 10 ms"):
        table(two_stuck(), at=11.0)
    with pytest.raises(ValueError, match="no philosophers"):
        table(Trace((), (ThreadRecord("T1", 0.0, None),), 1.0))


# ---- what reads its traces


def test_a_cycle_lasts_from_when_it_closes_to_when_it_opens():
    gave_up = trace_of(
        row("P0", "forks[0]", 1.0, 1.0, None, "held"),
        row("P1", "forks[1]", 2.0, 2.0, 7.5),
        row("P0", "forks[1]", 3.0, 7.6, 9.0),
        row("P1", "forks[0]", 4.0, None, 7.0, "timed out"),
    )
    assert cycle_span(gave_up) == (4.0, 7.0)
    assert cycle_span(one_eats()) is None
    assert cycle_span(two_stuck()) == (4.0, 10.0)


def test_who_waits_for_the_waiter_with_free_forks_is_found():
    before_p2 = trace_of(
        row("P0", "waiter", 1.0, 1.0, 5.0),
        row("P0", "forks[0]", 1.5, 1.5, 6.0),
        row("P0", "forks[1]", 4.0, 4.0, 6.0),
        row("P2", "waiter", 2.0, 5.0, 6.0),
        seats=4,
    )
    moment, names = kept_waiting(before_p2)
    assert 2.0 < moment < 5.0
    assert names == ["P2"]
    # With three seats, P2 shares fork 0 with P0.
    assert kept_waiting(Trace(before_p2.rows, before_p2.threads[:3], 10.0)) == (0.0, [])


def test_who_eats_at_once_is_counted_to_the_end_of_the_meal():
    assert most_eating_at_once(one_eats()) == 1
    both = trace_of(
        row("P0", "a", 1.0, 1.0, 5.0), note("P0", 2.0), row("P1", "b", 1.0, 1.0, 5.0), note("P1", 4.0)
    )
    assert most_eating_at_once(both) == 2


def test_stuck_runs_are_those_that_did_not_end():
    assert stuck_runs(five_left_forks, runs=2) == 2
    assert stuck_runs(highest_first(3), runs=2) == 0


def test_dinners_become_sweeps():
    dinners = {"in order": [[8, 4, 0], [6, 3, 3]], "retry": [[4, 4, 4], [5, 5, 5]]}
    assert meals_by_seat(dinners).x == ("P0", "P1", "P2")
    assert meals_by_seat(dinners).medians("in order") == [7, 3.5, 1.5]
    assert fairness(dinners).medians("")[1] == 1.0
    assert fairness(dinners).medians("")[0] < 0.9
    assert all_meals(dinners).medians("") == [12, 13.5]
    assert most_per_least(dinners, "in order") == 5.0


# ---- the programs, with other knobs


@pytest.mark.parametrize("fix", FIXES)
def test_with_each_fix_the_long_dinner_ends_and_meals_are_counted(fix):
    trace = run(long_dinner(fix, seats=4, dinner_s=0.05, think_s=0.002))
    assert trace.finished
    assert len(trace.result) == 4
    assert sum(trace.result) > 0


@pytest.mark.parametrize("fix", ["in order", "one seat less", "waiter", "retry"])
def test_a_long_dinner_uses_each_fork_between_its_two_neighbours_only(fix):
    trace = run(long_dinner(fix, dinner_s=0.05))
    for number in range(5):
        (name,) = [name for name in trace.lock_names() if name.endswith(f"forks[{number}]")]
        rows = [row for row in trace.select(name=name) if row.acquired is not None]
        rows.sort(key=lambda row: row.acquired)
        assert all(before.released <= after.acquired for before, after in pairwise(rows))
        assert {row.thread for row in rows} <= {f"P{number}", f"P{(number - 1) % 5}"}


def test_a_fix_that_is_not_known_is_named():
    with pytest.raises(ValueError, match=r"fix must be one of 'in order', .* not 'luck'"):
        long_dinner("luck")


def test_long_dinners_are_repeated_in_turns():
    dinners = dine_long(("retry", "waiter"), repetitions=2, dinner_s=0.02)
    assert list(dinners) == ["retry", "waiter"]
    assert [len(runs) for runs in dinners.values()] == [2, 2]


@pytest.mark.parametrize(
    "make",
    [
        highest_first,
        one_seat_less,
        shared_chair,
        ask_the_waiter,
        both_at_once,
        give_back_and_retry,
    ],
)
@pytest.mark.parametrize("seats", [2, 3, 6])
def test_with_each_remedy_everybody_eats_once(make, seats):
    trace = run(make(seats, pause_s=0.002))
    assert trace.finished
    assert sorted(each.thread for each in trace.marks()) == [f"P{seat}" for seat in range(seats)]


@pytest.mark.parametrize(("make", "schedules"), [(one_seat_less, 9_118), (both_at_once, 4_040)])
def test_what_the_lesson_states_of_four_philosophers(make, schedules):
    verdict = explore(make(4))
    assert (verdict.kind, verdict.schedules) == ("proved", schedules)


@pytest.mark.parametrize("seats", [3, 4])
def test_who_must_not_break_the_rule_is_the_last_one(seats):
    kinds = [explore(highest_first(seats, rule_breaker=seat)).kind for seat in range(seats)]
    assert kinds == ["proved"] * (seats - 1) + ["deadlock"]


def test_two_tries_end_and_tell_who_ate():
    trace = run(two_tries(3))
    assert trace.finished
    assert set(trace.result) <= {0, 1, 2}
    assert explore(two_tries(2)).kind == "proved"


# ---- the bank


def test_holding_takes_each_lock_once_in_order_and_gives_all_back():
    def program():
        first, second, third = Account(1), Account(2), Account(3)
        with holding(third, first, third, second):
            held = [account.lock.locked() for account in (first, second, third)]
        return held, [account.lock.locked() for account in (first, second, third)]

    trace = run(program)
    assert trace.result == ([True] * 3, [False] * 3)
    assert [each.name for each in trace.select()] == ["first.lock", "second.lock", "third.lock"]


def test_holding_gives_all_back_after_an_error():
    accounts = [Account(1), Account(2)]

    def fail():
        with holding(*accounts):
            raise KeyError("in between")

    with pytest.raises(KeyError):
        fail()
    assert [account.lock.locked() for account in accounts] == [False, False]


def test_a_transfer_to_oneself_is_fine_where_each_lock_is_taken_once():
    def program():
        ana = Account(1)
        with holding(ana, ana):
            ana.balance += 0
        return ana.balance

    assert run(program).result == 100


def test_a_transfer_moves_the_amount():
    ana, ben = Account(1), Account(2)
    transfer_in_order(ben, ana, 30)
    assert (ana.balance, ben.balance) == (130, 70)


def test_the_club_has_its_fees():
    assert run(collect).result == 400
