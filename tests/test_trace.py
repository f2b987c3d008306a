"""The arithmetic of a trace, on traces written by hand (more in the docstrings of helpers/trace.py)."""

import json
import pickle

import pytest

from helpers.trace import Row, ThreadRecord, Trace, jain_index


def hold(thread, name, requested, acquired, released, mode="exclusive", kind="lock", by=None):
    return Row(thread, kind, name, mode, requested, acquired, released, by or thread, "acquired", "bank.py:3")


def waiting(thread, name, requested, mode="exclusive", kind="lock"):
    return Row(thread, kind, name, mode, requested, None, None, None, "waiting", "bank.py:4")


def held(thread, name, acquired, mode="exclusive", kind="lock"):
    return Row(thread, kind, name, mode, acquired, acquired, None, None, "held", "bank.py:3")


def threads(*names, ended=None):
    return tuple(ThreadRecord(name, 0.0, ended) for name in names)


QUIET = Trace(
    rows=(
        hold("T1", "lock", 0, 0, 4),
        hold("T2", "lock", 1, 4, 6),
        hold("T1", "lock", 5, 6, 10),
        Row("T2", "lock", "lock", "exclusive", 7, None, 9, None, "timed out", "bank.py:9"),
        Row("T2", "note", "paid", "note", 9, 9, None, None, "done"),
    ),
    threads=threads("T1", "T2", ended=10.0),
    duration=10.0,
    stdout="hello\n",
    result={"balance": 3},
)


def test_waits_and_holds():
    assert QUIET.waits("T1") == [0, 1]
    assert QUIET.waits("T2") == [3, 2]
    assert QUIET.holds("T1") == [4, 4]
    assert QUIET.holds(name="lock") == [4, 2, 4]
    assert QUIET.holds(name="no such lock") == []


def test_shares():
    assert QUIET.wait_share("T2") == 0.5
    assert QUIET.lock_wait_share("lock") == 6 / 20


def test_counts():
    assert QUIET.acquisitions() == 3
    assert QUIET.throughput() == 300
    assert QUIET.fairness() == jain_index([2, 1])
    assert [row.name for row in QUIET.marks("T2")] == ["paid"]
    assert QUIET.marks("T1") == []


def test_throughput_of_a_schedule_is_a_step():
    assert Trace(QUIET.rows, QUIET.threads, 10, unit="step").throughput() == 0.3


def test_an_unknown_thread_is_named_with_those_that_there_are():
    with pytest.raises(KeyError, match=r"no thread 'T9' in this trace; it has 'T1', 'T2'"):
        QUIET.wait_share("T9")


def ring(size):
    names = [f"P{seat}" for seat in range(size)]
    rows = [held(name, f"fork{seat}", seat) for seat, name in enumerate(names)]
    rows += [waiting(name, f"fork{(seat + 1) % size}", 10 + seat) for seat, name in enumerate(names)]
    return Trace(tuple(rows), threads(*names), 20.0, finished=False)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_a_ring_of_waits_is_a_cycle(size):
    cycle = ring(size).cycle()
    assert len(cycle) == size
    assert [edge.holder for edge in cycle] == [edge.thread for edge in (*cycle[1:], cycle[0])]


def test_a_chain_of_waits_is_no_cycle():
    rows = (held("T1", "a", 0), held("T2", "b", 0), waiting("T2", "a", 1), waiting("T3", "b", 1))
    trace = Trace(rows, threads("T1", "T2", "T3"), 5.0, finished=False)
    assert trace.cycle() == ()
    assert trace.status() == "stuck: T2 waits for a held by T1, T3 waits for b held by T2"
    assert set(trace.wait_for_graph().edges) == {("T2", "T1"), ("T3", "T2")}


def test_the_graph_of_a_time_in_between():
    assert [edge.told() for edge in QUIET.wait_edges(at=2)] == ["T2 waits for lock held by T1"]
    assert QUIET.wait_edges(at=4.5) == []
    assert [edge.told() for edge in QUIET.wait_edges(at=8)] == ["T2 waits for lock held by T1"]


def test_a_reader_waits_for_writers_only():
    rows = (
        held("R1", "rw", 0, "shared", "rw"),
        waiting("R2", "rw", 1, "shared", "rw"),
        waiting("W", "rw", 1, "exclusive", "rw"),
    )
    trace = Trace(rows, threads("R1", "R2", "W"), 5.0, finished=False)
    assert [edge.told() for edge in trace.wait_edges()] == ["W waits for rw held by R1"]


def test_a_join_waits_for_its_thread():
    rows = (
        held("main", "lock", 0),
        waiting("T1", "lock", 1),
        Row("main", "join", "T1", "wait", 2, None, None, None, "waiting"),
    )
    trace = Trace(rows, threads("main", "T1"), 5.0, finished=False)
    assert trace.status() == "deadlock: T1 waits for lock held by main, main waits for the end of T1"


def test_who_was_stuck_where():
    records = (
        ThreadRecord("T1", 0, None, 0.1, "bank.py:7"),
        ThreadRecord("T2", 0, None),
        ThreadRecord("T3", 0, 4),
    )
    trace = Trace((held("T1", "a", 0), waiting("T2", "a", 1)), records, 5.0, finished=False)
    assert trace.stuck_lines() == [
        "T1 was running at bank.py:7; holds a (got at bank.py:3)",
        "T2 waits for lock a (asked at bank.py:4)",
    ]


def test_round_trip():
    assert Trace.from_json(QUIET.to_json()) == QUIET
    assert pickle.loads(pickle.dumps(QUIET)) == QUIET


def test_a_result_that_json_cannot_say_is_kept_as_text():
    trace = Trace((), threads("T1"), 1.0, result=object)
    assert Trace.from_json(trace.to_json()).result == repr(object)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no json", "not a trace"),
        ("{}", "not a trace written by to_json: 'format'"),
        ("[]", "not a trace"),
        (json.dumps({"format": 99}), "format 99; this version reads format 1"),
        (json.dumps({**json.loads(QUIET.to_json()), "rows": [[1]]}), "not a trace"),
    ],
)
def test_refuses_what_is_no_trace(text, words):
    with pytest.raises(ValueError, match=words):
        Trace.from_json(text)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unit": "hours"}, "unit must be one of .*not 'hours'"),
        ({"rows": (Row("T1", "mutex", "a", "exclusive", 0, 0, 1, "T1", "acquired"),)}, "kind 'mutex'"),
        ({"rows": (Row("T1", "lock", "a", "exclusive", 0, 0, 1, "T1", "lost"),)}, "outcome 'lost'"),
    ],
)
def test_refuses_what_no_chart_could_draw(changes, words):
    with pytest.raises(ValueError, match=words):
        Trace(**{"rows": (), "threads": (), "duration": 1.0, **changes})


def test_is_frozen():
    with pytest.raises(AttributeError):
        QUIET.duration = 3


def test_html_shows_how_it_ended_the_first_rows_and_what_was_printed():
    page = ring(2)._repr_html_(most=3)
    assert "deadlock: P0 waits for fork1 held by P1" in page
    assert page.count("<tr>") == 4
    assert "and 1 more operations" in page
    assert "printed:<pre>hello\n</pre>" in QUIET._repr_html_()


def test_html_escapes_what_a_program_named():
    trace = Trace((held("<b>", "lock", 0),), threads("<b>"), 1.0, stdout="<script>")
    assert "<script>" not in trace._repr_html_()
    assert "<td style='text-align:left'>&lt;b&gt;</td>" in trace._repr_html_()
