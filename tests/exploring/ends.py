"""The ends of a program: as explore meets them, and as every interleaving gives them."""

from helpers.exploring.exploration import Exploration
from helpers.exploring.search.exhaustive import Exhaustive
from helpers.exploring.stage import staged
from tests.exploring.comparing import TooLarge

LIMITS = {"max_steps": 500, "backstop_s": 30.0}


def end_of(scheduler, ending):
    """Say how a schedule ended, as far as the program can tell: errors, who is stuck where, the result."""
    errors = tuple((task.id, type(task.error).__name__) for task in scheduler.tasks if task.error)
    stuck = tuple((task.id, task.step.verb) for task in scheduler.tasks if not task.done)
    return ending.kind, errors, stuck, repr(scheduler.result)


def explored_ends(program, max_schedules=20_000):
    """Return the set of ends that the reduced search meets, and how many schedules that took."""
    ends = {}
    with staged(program, **LIMITS) as stage:
        exploration = Exploration(
            stage,
            max_schedules,
            find="all",
            backstop_s=30.0,
            on_end=lambda search, ending: ends.setdefault(search, []).append(end_of(stage.scheduler, ending)),
        )
        seen = exploration.explore()
    assert seen.complete, seen.reason
    last = ends[max(ends)]
    return set(last), len(last)


def all_ends(program, max_schedules, accesses=True):
    """Return the set of ends of every interleaving of steps, and accesses too, and how many there are."""
    ends = []
    with staged(program, **LIMITS) as stage:
        stage.scheduler.go_on_after_failure = True
        stage.scheduler.racing_sites = None if accesses else set()
        search = Exhaustive()
        while True:
            search.begin()
            ending = stage.play(search)
            assert ending.kind in ("ended", "failure", "deadlock"), ending
            ends.append(end_of(stage.scheduler, ending))
            if len(ends) > max_schedules:
                raise TooLarge
            if not search.advance():
                return set(ends), len(ends)
