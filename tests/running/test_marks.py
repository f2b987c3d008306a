"""What a lock writes down is read as the holds that there were, whatever is missing."""

import threading
from itertools import pairwise

import pytest

from helpers import run
from helpers.running.callers import Callers
from helpers.running.locks import recorded_lock, recorded_rlock
from helpers.running.marks import Marks
from helpers.running.records import Site
from helpers.running.waiting import Waiting

ANN, BEN = Site("Ann", None, 0), Site("Ben", None, 0)


def read(*marks, nests=False):
    """(thread, asked, granted, released, released_by) of each hold, ended ones first."""
    book = Marks(nests)
    book.marks.extend(marks)
    return [
        (hold.site.thread, hold.asked, hold.granted, hold.released, hold.released_by) for hold in book.holds()
    ]


def test_a_hold_lasts_from_its_grant_until_it_is_given_back():
    assert read(ANN, 1.0, 2_000_000_000) == [("Ann", 1.0, 1.0, 2.0, "Ann")]


def test_what_was_waited_for_has_been_asked_for_earlier():
    assert read(ANN, (0.5, 1.0)) == [("Ann", 0.5, 1.0, None, None)]


def test_the_same_place_is_not_written_down_again():
    holds = read(ANN, 1.0, 2_000_000_000, 3.0, 4_000_000_000, BEN, 5.0)
    assert [hold[0] for hold in holds] == ["Ann", "Ann", "Ben"]


def test_another_who_gives_it_back_is_named_for_this_hold_alone():
    holds = read(ANN, 1.0, "Ben", 2_000_000_000, 3.0, 4_000_000_000)
    assert [hold[4] for hold in holds] == ["Ben", "Ann"]


def test_giving_back_what_is_not_held_changes_nothing():
    assert read("Ben", 1_000_000_000, ANN, 2.0, 3_000_000_000) == [("Ann", 2.0, 2.0, 3.0, "Ann")]


def test_the_grant_of_a_lock_that_was_broken_open_starts_anew():
    assert read(ANN, 1.0, BEN, 2.0, 3_000_000_000) == [("Ben", 2.0, 2.0, 3.0, "Ben")]
    assert read(ANN, 1.0, 1.5, BEN, 2.0, nests=True) == [("Ben", 2.0, 2.0, None, None)]


def test_levels_end_from_the_inside():
    assert read(ANN, 1.0, 2.0, 3_000_000_000, nests=True) == [
        ("Ann", 2.0, 2.0, 3.0, "Ann"),
        ("Ann", 1.0, 1.0, None, None),
    ]


def test_marks_may_come_one_by_one():
    book = Marks(nests=False)
    seen = []
    for mark in (ANN, 1.0, "Ben", 2_000_000_000):
        book.marks.append(mark)
        seen.append((len(book.still_held()), len(book.ended(0)), len(book.ended(1))))
    assert seen == [(0, 0, 0), (1, 0, 0), (1, 0, 0), (0, 1, 0)]


@pytest.mark.parametrize("make", [recorded_lock, recorded_rlock])
def test_an_owner_is_told_while_the_marks_are_read_or_not(make):
    callers = Callers()
    lock = make(callers, Waiting(callers), [], "lock")
    callers.enter("Ann")
    owners = [lock.owner()]
    for step in (lock.acquire, lock.still_held, lock.release, lock.still_held):
        step()
        owners.append(lock.owner())
    assert owners == [None, "Ann", "Ann", None, None]


def in_turn(*jobs):
    for name, job in jobs:
        thread = threading.Thread(target=job, name=name)
        thread.start()
        thread.join()


def test_a_frame_that_held_the_lock_once_gives_it_back_for_who_waited_for_it():
    def program():
        lock, waits = threading.Lock(), threading.Event()

        def late():
            waits.set()
            lock.acquire()

        def early():
            lock.acquire()
            thread = threading.Thread(target=late, name="late")
            thread.start()
            waits.wait()
            threading.Event().wait(0.05)
            lock.release()
            thread.join()
            lock.release()

        in_turn(("early", early))

    rows = [row for row in run(program).rows if row.kind == "lock"]
    assert [(row.thread, row.released_by) for row in rows] == [("early", "early"), ("late", "early")]


def test_a_generator_gives_back_in_the_thread_that_runs_it():
    def program():
        lock = threading.Lock()

        def turns():
            lock.acquire()
            yield
            lock.release()
            yield

        shared = turns()
        in_turn(("one", lambda: next(shared)), ("two", lambda: next(shared)))

    (row,) = run(program).select()
    assert (row.thread, row.released_by) == ("one", "two")


def test_a_release_that_is_refused_leaves_the_next_hold_as_it_was():
    def program():
        lock = threading.Lock()
        for _ in range(2):
            with pytest.raises(RuntimeError, match="release unlocked lock"):
                lock.release()
            with lock:
                pass

    rows = run(program).select()
    assert [row.outcome for row in rows] == ["acquired"] * 2
    assert all(before.released <= after.acquired for before, after in pairwise(rows))


def test_a_hold_is_told_once_while_it_is_given_back():
    callers = Callers()
    lock = recorded_lock(callers, Waiting(callers), [], "lock")

    def work():
        for _ in range(1000):
            with lock:
                pass

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    looks = [lock.holds() for _ in range(20)]
    for thread in threads:
        thread.join(60)
    for holds in [*looks, lock.holds()]:
        assert all(hold.released is not None for hold in holds[:-1])
        assert all(before.released <= after.granted for before, after in pairwise(holds))
    assert len(lock.holds()) == 3000
