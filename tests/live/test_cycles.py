"""A deadlock is found while others go on, and nobody who only waits is taken for one that is stuck."""

from types import SimpleNamespace

from helpers.live import cycles
from helpers.live.cycles import look
from helpers.running.records import Hold, Request, Site, Told
from helpers.running.waiting import Blocked


class Session:
    """As much of a run as is looked at: threads by number, and locks by name with their holder."""

    def __init__(self, holders, waits, timed=(), joins=None):
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
        for each, joined in (joins or {}).items():
            end = SimpleNamespace(owner=lambda joined=joined: joined)
            self.waiting.blocked[threads[each]] = Blocked(end, timed=False)
            self.waiting.requests[threads[each]] = [Request("join", joined, "wait", 0.0, Site(each, None, 0))]

    def share(self, name, *threads):
        """Let threads hold something that several may have."""
        request = Request("rw", name, "shared", 0.0, Site("", None, 0))
        holds = [Told(request._replace(site=Site(each, None, 0)), 0.0, 0.0, "held") for each in threads]
        self.open_holds[id(name)] = (name, holds)

    def still_held(self, name):
        if self.let_in_while_we_look is not None:
            number, thread, lock = self.let_in_while_we_look
            self.waiting.blocked.pop(number, None)
            self.holders[lock] = thread
        holder = self.holders[name]
        return [] if holder is None else [Hold(0.0, 0.0, Site(holder, None, 0))]


def seen(session):
    return look(session, confirm_s=0)


def test_a_cycle_counts_while_a_third_thread_goes_on():
    stuck, cycle = seen(Session({"a": "T1", "b": "T2"}, {"T1": "b", "T2": "a"}))
    assert stuck
    assert [wait.told() for wait in cycle] == ["T1 waits for b held by T2", "T2 waits for a held by T1"]


def test_a_thread_that_waits_for_itself_is_a_cycle():
    stuck, cycle = seen(Session({"a": "T1"}, {"T1": "a"}))
    assert stuck
    assert [wait.told() for wait in cycle] == ["T1 waits for a held by T1"]


def test_who_only_waits_is_not_stuck():
    assert seen(Session({"a": "T3"}, {"T1": "a", "T2": "a"})) == (False, ())


def test_threads_that_join_one_another_are_a_cycle():
    stuck, cycle = seen(Session({}, {}, joins={"T1": "T2", "T2": "T1"}))
    assert stuck
    assert [wait.told() for wait in cycle] == ["T1 waits for the end of T2", "T2 waits for the end of T1"]


def test_who_joins_a_thread_that_waits_for_its_lock_is_in_a_cycle():
    stuck, cycle = seen(Session({"a": "T1"}, {"T2": "a"}, joins={"T1": "T2"}))
    assert stuck
    assert sorted(wait.told() for wait in cycle) == [
        "T1 waits for the end of T2",
        "T2 waits for a held by T1",
    ]


def test_who_joins_a_thread_that_waits_for_another_is_not_stuck():
    assert seen(Session({"a": "T3"}, {"T2": "a"}, joins={"T1": "T2"})) == (False, ())


def test_readers_who_both_want_to_write_are_a_cycle():
    session = Session({"unused": None}, {"T1": "unused", "T2": "unused"})
    session.share("rw", "T1", "T2")
    for ident, (request,) in session.waiting.requests.items():
        session.waiting.requests[ident] = [request._replace(kind="rw", name="rw")]
    stuck, cycle = seen(session)
    assert stuck
    assert [wait.told() for wait in cycle] == ["T1 waits for rw held by T1"]


def test_a_wait_with_a_timeout_is_no_deadlock():
    assert seen(Session({"a": "T1", "b": "T2"}, {"T1": "b", "T2": "a"}, timed=["T1"])) == (False, ())


def test_who_waits_anew_at_the_second_look_has_run_in_between(monkeypatch):
    session = Session({"a": "T1", "b": "T2"}, {"T1": "b", "T2": "a"})
    before = session.waiting.blocked[1]
    anew = Blocked(before.lock, timed=False)
    monkeypatch.setattr(cycles, "real_sleep", lambda _: session.waiting.blocked.update({1: anew}))
    assert seen(session) == (False, ())


def test_who_is_let_in_while_we_look_does_not_wait_for_itself():
    session = Session({"a": "T3"}, {"T1": "a"})
    session.let_in_while_we_look = (1, "T1", "a")
    assert seen(session) == (False, ())


def test_nobody_can_move_where_all_wait_for_one_that_has_ended():
    assert seen(Session({"a": "somebody"}, {"T1": "a", "T2": "a", "T3": "a"})) == (True, ())
