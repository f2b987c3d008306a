"""The rows of one program, with fake explorers; and that ours finds what the rows ask for."""

import pytest

from helpers.bench import exploring
from helpers.bench.exploring import CASES, Case, Found, one_round, ours, rows_of
from helpers.bench.peers import Finding
from helpers.bench.programs import PROGRAMS
from helpers.bench.table import Target, is_within

ALL = Case(
    repeats=2,
    schedules=Target("=", 30),
    seconds=Target("≤", 0.1),
    ratio=Target("≥", 10),
    rate=Target("≥", 1500),
)
PROOF = Finding("proved", 30, 0.01, processor_s=0.005)
PEERS_PROOF = Finding("proved", 60, 0.2, processor_s=0.1)
OUT_OF_TIME = Finding("out of time", seconds=20.0, words="none in 20 s")


def explored(peer, mine=PROOF, case=ALL, rounds=3):
    found, asked = {"toy": Found()}, []
    for _ in range(rounds):
        one_round({"toy": case}, found, lambda name: mine, lambda name: asked.append(name) or peer)
    return list(rows_of("toy", case, found["toy"])), asked


def test_each_target_is_a_row_beside_what_the_peer_took():
    rows, asked = explored(PEERS_PROOF)
    assert [(row.name, row.values[0], row.peer) for row in rows] == [
        ("toy: schedules of the proof", 30, "60"),
        ("toy: seconds of the proof", 0.01, "0.200 (20.0 times ours)"),
        ("toy: frontrun's seconds in ours", 20.0, ""),
        ("toy: schedules a second", 3000.0, "300"),
        ("toy: schedules a second of processor time", 6000.0, "600"),
    ]
    assert all(map(is_within, rows))
    assert len(asked) == 3
    assert [len(row.values) for row in rows] == [6, 6, 3, 6, 6]


def test_a_peer_that_was_out_of_time_is_not_asked_again_and_counts_with_its_limit():
    rows, asked = explored(OUT_OF_TIME)
    assert asked == ["toy"]
    assert {row.peer for row in rows} == {"none in 20 s"}
    assert rows[2].values == [2000.0]


def test_a_peer_that_is_not_for_this_python_leaves_no_target_to_miss():
    missing = Finding("not installed", words="not installed from Python 3.15 on")
    rows, asked = explored(missing)
    assert {row.peer for row in rows} == {missing.words}
    assert (rows[2].values, rows[2].target) == ([], None)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "peer",
    [
        Finding("no verdict", 2, 5.0, "no verdict in 5.0 s, 2 schedules"),
        Finding("did not run", words="did not run: exit 1"),
    ],
)
def test_a_peer_that_gave_up_gives_no_ratio(peer):
    rows, asked = explored(peer)
    assert {row.peer for row in rows} == {peer.words}
    assert (rows[2].values, is_within(rows[2])) == ([], False)
    assert len(asked) == 1


def test_a_peer_with_the_wrong_verdict_is_told_by_it():
    rows, _ = explored(Finding("deadlock", 5, 1.0))
    assert {row.peer for row in rows} == {"deadlock"}


def test_a_wrong_verdict_of_ours_is_no_measure():
    rows, _ = explored(PEERS_PROOF, mine=Finding("unknown", 20_000, 9.0))
    assert [list(row.values) for row in rows] == [[]] * 5
    assert [is_within(row) for row in rows] == [row.target is None for row in rows]


def test_only_what_has_a_target_is_a_row_and_the_seconds():
    rows, _ = explored(Finding("deadlock", 61, 0.5), Finding("deadlock", 16, 0.05), Case("deadlock"))
    assert [row.name for row in rows] == ["toy: seconds to the deadlock"]
    assert is_within(rows[0])


def test_each_program_is_measured():
    assert CASES.keys() == PROGRAMS.keys()


@pytest.mark.parametrize("name", [name for name in CASES if "10" not in name])
def test_ours_finds_what_is_to_be_found(name):
    found, case = ours(name), CASES[name]
    assert (found.kind, found.words) == (case.kind, "")
    assert case.schedules is None or case.schedules.holds(found.schedules)


def test_enabled_is_asked_in_the_middle_of_a_schedule():
    assert len(exploring._half_a_schedule()) > 3
    assert exploring._enabled_ms() > 0
