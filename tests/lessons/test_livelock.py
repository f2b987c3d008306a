"""Lesson 07: its drawings, what reads its traces, and its programs with other knobs."""

import random
from statistics import fmean

import pytest

from helpers import Sweep, alt_text, explore, run
from helpers.lessons.livelock import (
    cpu_ms,
    first_round_in_theory,
    first_rounds,
    four_traces,
    hand_overs,
    hand_overs_in_theory,
    livelocked,
    meals,
    meals_by_cure,
    on_theory,
    retries,
    retries_and_meals,
    signs,
)
from helpers.lessons.livelock.drawings import mean_and_error
from helpers.lessons.livelock.explored import fixed_pauses, random_first_fork, random_pause
from helpers.lessons.livelock.knobs import first_meals
from helpers.lessons.livelock.measures import signs_of
from helpers.lessons.livelock.programs import backing_off, coin, first_among_equals, polite, polite_spoon
from helpers.trace import Row, ThreadRecord, Trace


def refused(thread, at):
    return Row(thread, "lock", "forks[0]", "exclusive", at, None, at, None, "refused")


def eats(thread, at):
    return Row(thread, "note", "eats", "note", at, at, None, None, "done")


def trace_of(*rows, duration=20.0, cpu_s=(0.0, 0.0)):
    threads = (ThreadRecord("MainThread", 0.0, duration, 9.0),)
    threads += tuple(ThreadRecord(f"P{seat}", 0.0, duration, spent) for seat, spent in enumerate(cpu_s))
    return Trace(rows, threads, duration)


def two_tries_and_a_meal():
    return trace_of(refused("P0", 2.0), refused("P1", 5.0), eats("P0", 6.0), refused("P1", 10.0))


def line(ax, gid):
    (found,) = [each for each in ax.lines if each.get_gid() == gid]
    return found.get_data()


# ---- reading traces


def test_retries_are_refused_tries_and_meals_are_marks_of_each_philosopher():
    trace = two_tries_and_a_meal()
    assert retries(trace) == 3
    assert meals(trace) == {"P0": 1, "P1": 0}


def test_meals_of_several_programs_stand_side_by_side():
    sweep = meals_by_cure({"polite": trace_of(), "coin": two_tries_and_a_meal()})
    assert sweep.x == ("polite", "coin")
    assert sweep.medians("P0") == [0, 1]
    assert sweep.medians("P1") == [0, 0]


def test_signs_are_told_of_each_thread_but_the_one_that_waits_for_all():
    trace = trace_of(*two_tries_and_a_meal().rows, cpu_s=(0.01, 0.005))
    first, second = signs_of(trace)
    assert (first.thread, first.cpu_ms, first.refused, first.progress) == ("P0", 10.0, 1, 1)
    assert (second.thread, second.cpu_ms, second.refused, second.progress) == ("P1", 5.0, 2, 0)
    assert cpu_ms(trace) == 15.0


# ---- drawings


def test_retries_and_meals_climb_by_one_each_time_as_forks_are_asked_for():
    ax = retries_and_meals(two_tries_and_a_meal())
    assert [list(values) for values in line(ax, "retries")] == [[0, 1, 2, 3, 3], [0, 1, 2, 3, 3]]
    assert [list(values) for values in line(ax, "meals")] == [[0, 2, 3], [0, 1, 1]]
    assert ax.get_title(loc="left") == "3 retries and 1 meal"
    assert alt_text(ax) == "Lines over the forks asked for: 3 retries and 1 meal in 3 requests."


def test_a_trace_without_either_is_drawn_too():
    assert retries_and_meals(trace_of()).get_title(loc="left") == "0 retries and 0 meals"
    with pytest.raises(TypeError, match="retries_and_meals draws a Trace, not None"):
        retries_and_meals(None)


def a_sweep(x):
    return Sweep("Title", "knob", x, "count", {"": [[1, 3], [4, 8]]})


def test_means_stand_on_the_curve_of_the_theory():
    ax = on_theory(a_sweep((0.5, 1.0)), lambda x: 10 * x)
    xs, ys = line(ax, "theory")
    assert (xs[0], xs[-1], len(xs)) == (0.5, 1.0, 101)
    assert list(ys) == [10 * x for x in xs]
    (bars,) = ax.containers
    assert list(bars.lines[0].get_ydata()) == [2.0, 6.0]
    low, high = bars.lines[2][0].get_segments()[0][:, 1]
    assert (low, high) == (0.0, 4.0)  # the mean 2, and two standard errors of 1
    assert alt_text(ax).endswith("0.5 measured 2, theory 5; 1 measured 6, theory 10.")


def test_a_theory_of_whole_numbers_is_drawn_at_each_of_them():
    xs, _ = line(on_theory(a_sweep((2, 5)), float), "theory")
    assert list(xs) == [2, 3, 4, 5]


def bars_of(ax):
    return {patch.get_gid(): patch.get_width() for patch in ax.patches if patch.get_gid()}


def test_the_signs_of_each_thread_are_three_bars():
    traces = {"busy": trace_of(refused("P0", 1.0), cpu_s=(0.01, 0.0)), "well": two_tries_and_a_meal()}
    computes, tries, progress = signs(traces).figure.axes
    assert bars_of(computes)["busy P0"] == 10.0
    assert bars_of(tries) == {"busy P0": 1, "busy P1": 0, "well P0": 1, "well P1": 2}
    assert bars_of(progress) == {"busy P0": 0, "busy P1": 0, "well P0": 1, "well P1": 0}
    assert "Bars, tries refused. busy: P0 1, P1 0; well: P0 1, P1 2." in alt_text(computes.figure)


def test_no_warning_is_logged_when_they_are_drawn(caplog):
    for ax in (
        retries_and_meals(two_tries_and_a_meal()),
        on_theory(a_sweep((2, 5)), float),
        signs({"a": two_tries_and_a_meal()}),
    ):
        ax.figure.png()
    assert caplog.records == []


# ---- theory


def test_the_theory_gives_the_figures_that_the_lesson_states():
    assert [round(first_round_in_theory(seats), 3) for seats in (2, 3, 5)] == [3.0, 2.333, 2.067]
    assert [round(hand_overs_in_theory(p), 2) for p in (0.05, 0.1, 0.5)] == [19.0, 9.0, 1.0]


def test_the_theory_of_coins_is_that_of_coins_without_any_lock():
    chance = random.Random(7)

    def first_meal(seats):
        rounds, joins = 1, [True] * seats
        while all(joins) or not any(joins):
            rounds, joins = rounds + 1, [chance.random() < 0.5 for _ in range(seats)]
        return rounds

    for seats in (2, 3, 5):
        mean, error = mean_and_error([first_meal(seats) for _ in range(20_000)])
        assert abs(mean - first_round_in_theory(seats)) < 4 * error


# ---- programs, with other knobs


@pytest.mark.parametrize(("seats", "rounds"), [(2, 7), (4, 5)])
def test_polite_philosophers_are_refused_once_a_round_each(seats, rounds):
    trace = run(polite(seats, rounds))
    assert trace.finished
    assert (len(trace.marks()), retries(trace)) == (0, seats * rounds)


def test_the_spoon_is_handed_over_up_to_the_cap():
    assert run(polite_spoon(cap=7)).result == 7


def test_who_is_never_polite_eats_at_once_and_so_does_the_other():
    trace = run(polite_spoon(impolite=1.0))
    assert trace.result == 0
    assert [note.thread for note in trace.marks()] == ["T1", "T2"]


def test_the_same_seed_gives_the_same_dinner():
    assert len({run(polite_spoon(impolite=0.1, seed=5)).result for _ in range(3)}) == 1
    assert run(backing_off(coin, seed=4)).marks()
    assert meals(run(backing_off(coin, seed=4))) == meals(run(backing_off(coin, seed=4)))
    assert len({tuple(run(first_meals(3, 20, seed=2)).result) for _ in range(3)}) == 1


def test_other_seeds_give_other_dinners():
    assert len({run(polite_spoon(impolite=0.1, seed=seed)).result for seed in range(6)}) > 1
    assert run(first_meals(3, 20, seed=2)).result != run(first_meals(3, 20, seed=3)).result


def test_who_sits_out_no_round_is_as_polite_as_before():
    trace = run(backing_off(lambda seat, chance: 0, rounds=9))
    assert (len(trace.marks()), retries(trace)) == (0, 27)


def test_who_sits_out_a_round_takes_no_fork_in_it():
    trace = run(backing_off(lambda seat, chance: 4 if seat else 0, seats=2, rounds=6))
    # Round 1: both are refused. Rounds 2 to 5: P1 sits out, and P0 eats. Round 6: both are refused.
    assert meals(trace) == {"P0": 4, "P1": 0}
    assert len([row for row in trace.select("P1") if row.outcome == "acquired"]) == 2


def test_coins_make_up_for_all_fairly_over_many_rounds():
    shares = [meals(run(backing_off(coin, rounds=60, seed=seed))) for seed in range(20)]
    totals = [sum(each[f"P{seat}"] for each in shares) for seat in range(3)]
    assert max(totals) < 1.2 * min(totals)


def test_priority_may_change_hands():
    trace = run(first_among_equals(lambda number: number % 2, seats=4, rounds=10))
    assert meals(trace) == {"P0": 5, "P1": 5, "P2": 0, "P3": 0}


def test_the_first_meal_is_never_in_the_first_round():
    rounds = run(first_meals(2, 50)).result
    assert len(rounds) == 50
    assert min(rounds) == 2


def test_measurements_keep_each_dinner():
    assert first_rounds((2, 4), dinners=30).repetitions() == 30
    measured = hand_overs((0.3, 0.9), dinners=25)
    assert (measured.x, measured.repetitions()) == ((0.3, 0.9), 25)
    few, many = (fmean(runs) for runs in reversed(measured.series[""]))
    assert few < many


def test_a_measurement_that_runs_out_of_time_says_so(monkeypatch):
    monkeypatch.setattr("helpers.lessons.livelock.measures.LIMIT_S", 0.05)
    with pytest.raises(TimeoutError, match=r"not over after 0\.05 s: ask for fewer"):
        first_rounds((2,), dinners=1_000_000)


def test_the_four_programs_end_or_are_ended():
    traces = four_traces(watched_s=0.5)
    assert [name for name, trace in traces.items() if trace.finished] == ["livelock", "slow"]
    assert len(traces["deadlock"].cycle()) == 3


def test_the_readers_in_relay_are_never_both_out():
    trace = four_traces(watched_s=0.5)["starvation"]
    reads = [row for row in trace.select() if row.thread in ("R1", "R2") and row.acquired is not None]
    changes = [(row.acquired, row.thread, "in") for row in reads]
    changes += [(row.released, row.thread, "out") for row in reads if row.released is not None]
    (*_, first), (*_, second), *rest = [(thread, what) for _, thread, what in sorted(changes)]
    relay = [("R1", "out"), ("R1", "in"), ("R2", "out"), ("R2", "in")]
    assert first == second == "in"
    assert len(rest) > 4
    assert rest == [relay[number % 4] for number in range(len(rest))]


@pytest.mark.parametrize("pause_s", [0.0, 0.003])
def test_a_livelock_goes_on_for_its_rounds(pause_s):
    trace = livelocked(rounds=12, pause_s=pause_s)
    assert (retries(trace), len(trace.marks())) == (36, 0)
    assert len([row for row in trace.rows if row.kind == "sleep"]) == (36 if pause_s else 0)


# ---- what the lesson says of other knobs of what is explored


@pytest.mark.parametrize("other_work_s", [0.0, 0.003, 0.0055, 0.0065])
def test_other_work_that_makes_no_tie_is_harmless(other_work_s):
    assert explore(fixed_pauses((0.002, 0.008), other_work_s)).kind == "proved"


def test_any_two_pauses_have_a_wrong_other_work():
    assert explore(fixed_pauses((0.005, 0.008), 0.003)).kind == "livelock"


def test_a_random_pause_of_one_outcome_only_is_no_cure(monkeypatch):
    import helpers.lessons.livelock.explored as explored

    monkeypatch.setattr(explored, "random", FixedChoice)
    assert explore(random_pause(2), random_choices=True).kind == "livelock"
    assert explore(random_first_fork(2), random_choices=True).kind == "livelock"


class FixedChoice:
    """Chance that always falls the same way."""

    @staticmethod
    def choice(outcomes):
        return outcomes[0]
