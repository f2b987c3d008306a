"""A deadlock is found while others go on, and nobody who only waits is taken for one that is stuck."""

from types import SimpleNamespace

from helpers.live.cycles import Watch
from helpers.running.records import Hold, Request, Site
from helpers.running.waiting import Blocked


class Session:
    """As much of a run as is looked at: threads by number, and locks by name with their holder."""

    def __init__(self, holders, waits, timed=()):
        self.let_in_while_we_look = None
        self.holders = holders
        self.open_holds = {}
        self.locks = [
            SimpleNamespace(
                kind="lock",
                name=name,
                owner=lambda name=name: self.holders[name],
                still_held=lambda name=name: self.still_held(name),
            )
            for name in holders
        ]
        by_name = {lock.name: lock for lock in self.locks}
        threads = {thread: number for number, thread in enumerate(["T1", "T2", "T3"], start=1)}
        self.workers = SimpleNamespace(
            all=[SimpleNamespace(ended=None, thread=SimpleNamespace(ident=each)) for each in threads.values()]
        )
        self.waiting = SimpleNamespace(
            blocked={threads[each]: Blocked(by_name[name], each in timed) for each, name in waits.items()},
            requests={
                threads[each]: [Request("lock", name, "exclusive", 0.0, Site(each, None, 0))]
                for each, name in waits.items()
            },
        )

    def still_held(self, name):
        if self.let_in_while_we_look is not None:
            number, thread, lock = self.let_in_while_we_look
            self.waiting.blocked.pop(number, None)
            self.holders[lock] = thread
        holder = self.holders[name]
        return [] if holder is None else [Hold(0.0, 0.0, Site(holder, None, 0))]


def looks(session, count=2):
    watch = Watch(session)
    return [watch.look() for _ in range(count)]


def test_a_cycle_counts_at_the_second_look_while_a_third_thread_goes_on():
    first, second = looks(Session({"a": "T1", "b": "T2"}, {"T1": "b", "T2": "a"}))
    assert first == (False, ())
    assert second[0]
    assert [wait.told() for wait in second[1]] == ["T1 waits for b held by T2", "T2 waits for a held by T1"]


def test_a_thread_that_waits_for_itself_is_a_cycle():
    stuck, cycle = looks(Session({"a": "T1"}, {"T1": "a"}))[1]
    assert stuck
    assert [wait.told() for wait in cycle] == ["T1 waits for a held by T1"]


def test_who_only_waits_is_not_stuck():
    assert looks(Session({"a": "T3"}, {"T1": "a", "T2": "a"}))[1] == (False, ())


def test_a_wait_with_a_timeout_is_no_deadlock():
    assert looks(Session({"a": "T1", "b": "T2"}, {"T1": "b", "T2": "a"}, timed=["T1"]))[1] == (False, ())


def test_who_is_let_in_while_we_look_does_not_wait_for_itself():
    session = Session({"a": "T3"}, {"T1": "a"})
    watch = Watch(session)
    assert watch.look() == (False, ())
    session.let_in_while_we_look = (1, "T1", "a")
    assert watch.look() == (False, ())


def test_nobody_can_move_where_all_wait_for_one_that_has_ended():
    assert looks(Session({"a": "somebody"}, {"T1": "a", "T2": "a", "T3": "a"}))[1] == (True, ())
