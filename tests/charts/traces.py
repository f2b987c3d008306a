"""Small traces, made by hand, for the tests of the charts."""

from helpers.trace import Row, ThreadRecord, Trace


def hold(thread, name, requested, acquired, released, mode="exclusive", kind="lock", by=None):
    """A request for a lock; None for what never happened."""
    outcome = "waiting" if acquired is None else "held" if released is None else "acquired"
    by = by or (None if released is None else thread)
    return Row(thread, kind, name, mode, requested, acquired, released, by, outcome, "demo.py:1")


def refused(thread, name, at, until=None):
    outcome = "refused" if until is None else "timed out"
    return Row(thread, "lock", name, "exclusive", at, None, until, None, outcome, "demo.py:1")


def done(thread, kind, name, mode, start, end):
    return Row(thread, kind, name, mode, start, end, None, None, "done", "demo.py:1")


def trace_of(rows, threads, duration, *, unit="ms", finished=True, ended=None):
    """A trace; `ended` says which threads ended when, the others at the end or never."""
    ended = ended or {}
    records = [ThreadRecord(name, 0.0, ended.get(name, duration if finished else None)) for name in threads]
    return Trace(tuple(sorted(rows, key=lambda row: row.requested)), tuple(records), duration, unit, finished)


def contended():
    rows = [hold("T1", "lock", 0.0, 0.0, 4.0), hold("T2", "lock", 1.0, 4.0, 9.0)]
    rows.append(done("MainThread", "join", "T1", "wait", 0.0, 9.0))
    return trace_of(rows, ["MainThread", "T1", "T2"], 10.0)


def deadlocked():
    rows = [
        hold("T1", "a", 0.0, 0.0, None),
        hold("T2", "b", 1.0, 1.0, None),
        hold("T1", "b", 2.0, None, None),
        hold("T2", "a", 3.0, None, None),
    ]
    return trace_of(rows, ["T1", "T2"], 10.0, finished=False)


def self_deadlocked():
    rows = [hold("T1", "lock", 0.0, 0.0, None), hold("T1", "lock", 2.0, None, None)]
    return trace_of(rows, ["T1"], 10.0, finished=False)


def lost_update():
    order = [("T1", "read"), ("T2", "read"), ("T1", "write"), ("T2", "write")]
    rows = [done(thread, kind, "counter", kind, step, step) for step, (thread, kind) in enumerate(order)]
    return trace_of(rows, ["T1", "T2"], 4, unit="step")
