"""Lesson 05, deadlock: what its notebook says, as claims."""

from collections.abc import Callable

from helpers import Sweep, Trace, explore, run
from helpers.claims import claim
from helpers.lessons.deadlock.accounts import (
    collect,
    half_a_transfer,
    raises_in_between,
    to_herself,
    transfer,
    transfer_in_order,
    two_transfers,
)
from helpers.lessons.deadlock.explored import (
    call_and_write_down,
    call_by_event,
    call_once,
    somebody_eats,
    two_tries,
)
from helpers.lessons.deadlock.measures import (
    cycle_span,
    dine_long,
    fairness,
    kept_waiting,
    most_eating_at_once,
    most_per_least,
    stuck_runs,
)
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
from helpers.lessons.deadlock.table import seats_at

SEATS = (3, 4, 5)


@claim("Five philosophers who each have a left fork wait in a cycle of five, and nobody eats.")
def five_left_forks_deadlock() -> bool:
    """Check the marks and the cycle; a barrier forces it."""
    trace = run(five_left_forks)
    return len(trace.marks()) == 0 and len(trace.cycle()) == 5


@claim("Left, then right: without a pause between the forks, at most 4 of 40 runs end in a deadlock.")
def luck_hides_the_deadlock() -> bool:
    """Count the runs that got stuck."""
    return stuck_runs(left_then_right(5), runs=40) <= 4


@claim("Left, then right: with a pause of 100 ms between the forks a run ends in a deadlock.")
def a_pause_brings_the_deadlock() -> bool:
    """Check the cycle."""
    return len(run(left_then_right(5, pause_s=0.1)).cycle()) == 5


@claim("Left, then right: explore finds the deadlock of 3, 4 and 5 in its 4th, 8th and 16th schedule.")
def the_deadlock_is_found() -> bool:
    """Check the verdicts, and that all philosophers are in the cycle."""
    found = [explore(left_then_right(seats)) for seats in SEATS]
    told = [(verdict.kind, verdict.schedules, len(verdict.trace.cycle())) for verdict in found]
    return told == [("deadlock", 4, 3), ("deadlock", 8, 4), ("deadlock", 16, 5)]


@claim("Highest fork first: all five eat, with the pause of 100 ms.")
def in_order_all_eat() -> bool:
    """Check that it ended and that nobody was left out."""
    return _all_eat(run(highest_first(5, pause_s=0.1)))


@claim("Highest fork first is proved for 3, 4 and 5 philosophers: 6, 14 and 30 schedules.")
def an_order_is_proved() -> bool:
    """Check the verdicts."""
    return _proved(highest_first) == [6, 14, 30]


@claim("Of five philosophers only P4 brings the deadlock back by breaking the rule.")
def one_rule_breaker_matters() -> bool:
    """Check the verdict for each."""
    kinds = [explore(highest_first(5, rule_breaker=seat)).kind for seat in range(5)]
    return kinds == ["proved"] * 4 + ["deadlock"]


@claim("One seat less: all five eat, and when the first one eats nobody else can.")
def with_one_seat_less_all_eat() -> bool:
    """Check the marks, and who has both forks as the first one begins to eat."""
    trace = run(one_seat_less(5, pause_s=0.1))
    at_table = seats_at(trace, trace.marks()[0].requested)
    return _all_eat(trace) and sum(len(seat.holds) == 2 for seat in at_table) == 1


@claim(
    "One seat less, with a Semaphore: proved for 3 philosophers, 126 schedules; unknown after 1,000 for 4."
)
def one_seat_less_is_proved_for_three() -> bool:
    """Check both verdicts."""
    three, four = explore(one_seat_less(3)), explore(one_seat_less(4), max_schedules=1_000)
    return (three.kind, three.schedules, four.kind) == ("proved", 126, "unknown")


@claim("One seat less, with chairs that are locks, is proved for 3, 4 and 5: 6, 14 and 30 schedules.")
def a_shared_chair_is_proved() -> bool:
    """Check the verdicts."""
    return _proved(shared_chair) == [6, 14, 30]


@claim("A waiter: all five eat, and somebody waits for the waiter though both forks lie on the table.")
def a_waiter_keeps_somebody_waiting() -> bool:
    """Check the marks, and look for such a moment."""
    served = run(ask_the_waiter(5, pause_s=0.1))
    return _all_eat(served) and len(kept_waiting(served)[1]) > 0


@claim("A waiter is proved for 3, 4 and 5 philosophers: 6, 24 and 120 schedules.")
def a_waiter_is_proved() -> bool:
    """Check the verdicts."""
    return _proved(ask_the_waiter) == [6, 24, 120]


@claim("A call that a Condition does not remember is lost in explore's 2nd schedule; there is no cycle.")
def a_wake_up_can_be_lost() -> bool:
    """Check the verdict, and that nobody waits in a cycle."""
    verdict = explore(call_once)
    return (verdict.kind, verdict.schedules, verdict.trace.cycle()) == ("lost wake-up", 2, ())


@claim("A call that a Condition does not remember is lost in at most 4 of 40 runs.")
def runs_seldom_lose_the_wake_up() -> bool:
    """Count the runs that got stuck."""
    return stuck_runs(call_once, runs=40) <= 4


@claim("A call that is written down, and one by an Event, are proved not to be lost.")
def what_is_remembered_is_not_lost() -> bool:
    """Check both verdicts."""
    return [explore(program).kind for program in (call_and_write_down, call_by_event)] == ["proved"] * 2


@claim("Both forks at once: all five eat, two at the same moment.")
def both_at_once_lets_two_eat() -> bool:
    """Count who eats at the same moment."""
    trace = run(both_at_once(5, pause_s=0.1))
    return _all_eat(trace) and most_eating_at_once(trace) == 2


@claim("Both forks at once is proved for 3 philosophers: 60 schedules.")
def both_at_once_is_proved_for_three() -> bool:
    """Check the verdict."""
    verdict = explore(both_at_once(3))
    return (verdict.kind, verdict.schedules) == ("proved", 60)


@claim("Give back and retry: a cycle closes and opens again, forks are given back, and all five eat.")
def retrying_opens_the_cycle() -> bool:
    """Check the marks, the returns and the cycle."""
    trace = run(give_back_and_retry(5, pause_s=0.1))
    return _all_eat(trace) and trace.result >= 1 and cycle_span(trace) is not None


@claim("Two tries with timeouts are proved free of deadlock for 2 and 3: 37 and 334 schedules.")
def two_tries_do_not_deadlock() -> bool:
    """Check both verdicts; a timeout may come at any time."""
    found = [explore(two_tries(seats), early_timers=True) for seats in (2, 3)]
    return [(verdict.kind, verdict.schedules) for verdict in found] == [("proved", 37), ("proved", 334)]


@claim("With two tries each it can happen that nobody eats: explore's 5th schedule for 2 philosophers.")
def two_tries_can_fail() -> bool:
    """Check the verdict, and that each of the two gave up twice."""
    verdict = explore(somebody_eats(2), early_timers=True)
    gave_up = [row.thread for row in verdict.trace.rows if row.outcome == "timed out"]
    told = (verdict.kind, verdict.schedules, sorted(gave_up))
    return told == ("failure", 5, ["P0", "P0", "P1", "P1"])


@claim("Somebody eats in two tries: proved, assuming steps take no time.")
def two_tries_do_in_no_time() -> bool:
    """Check the verdict, and that it says what it assumes."""
    verdict = explore(somebody_eats(2))
    return (verdict.kind, verdict.headline) == ("proved", "assuming steps take no time")


@claim("At a long dinner with both at once, the best-fed eats more than ten times as much as the worst-fed.")
def both_at_once_lets_some_starve() -> bool:
    """Compare the meals by seat."""
    return most_per_least(dine_long(["both at once"], repetitions=1), "both at once") > 10


@claim("At a long dinner retry and the waiter share meals more evenly than both at once.")
def retry_and_waiter_are_fairer() -> bool:
    """Compare Jain's index."""
    fixes = ("waiter", "both at once", "retry")
    index = _by_fix(fairness(dine_long(fixes, repetitions=1, dinner_s=0.4)))
    return min(index["retry"], index["waiter"]) > index["both at once"]


@claim("Two crossing transfers deadlock in explore's 2nd schedule; in the order of the accounts: proved.")
def transfers_need_an_order() -> bool:
    """Check both verdicts."""
    given, ordered = explore(two_transfers(transfer)), explore(two_transfers(transfer_in_order))
    return (given.kind, given.schedules, ordered.kind) == ("deadlock", 2, "proved")


@claim("A transfer from an account to itself waits for itself, in whatever order it takes the two locks.")
def a_transfer_to_oneself_deadlocks() -> bool:
    """Check that the cycle has one member."""
    return len(run(to_herself).cycle()) == 1


@claim("A context manager that takes all locks by number takes each once, in order, and is proved.")
def all_locks_are_taken_in_order() -> bool:
    """Check the order of T1's requests, the sum and the verdict."""
    trace, verdict = run(collect), explore(collect)
    taken = [row.name for row in trace.select("T1")]
    in_order = ["ana.lock", "cem.lock", "ben.lock", "club.lock"]
    return taken == in_order and trace.result == 400 and verdict.kind == "proved"


@claim("A lock whose holder has ended leaves another thread waiting, without a cycle.")
def an_abandoned_lock_makes_no_cycle() -> bool:
    """Check that T2 waits for T1's lock, and that there is no cycle."""
    trace = run(raises_in_between)
    return ("T2", "account.lock", "T1") in trace.wait_edges() and trace.cycle() == ()


@claim("An error inside `with` releases the locks and leaves half a transfer: 170 of 200 are counted.")
def with_does_not_undo_half_a_change() -> bool:
    """Check the sum, and that nobody is stuck."""
    trace = run(half_a_transfer)
    return trace.finished and trace.result == 170


def _all_eat(trace: Trace) -> bool:
    return trace.finished and {note.thread for note in trace.marks()} == {f"P{seat}" for seat in range(5)}


def _proved(make: Callable[[int], Callable[[], object]]) -> list[int]:
    """Return how many schedules each proof needed; -1 where there was none."""
    verdicts = [explore(make(seats)) for seats in SEATS]
    return [verdict.schedules if verdict.kind == "proved" else -1 for verdict in verdicts]


def _by_fix(sweep: Sweep) -> dict[str, float]:
    return dict(zip(sweep.x, sweep.medians(""), strict=True))
