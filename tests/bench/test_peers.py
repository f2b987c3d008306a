"""Another explorer has a limit, and its end is told in words. The explorer here is a line of Python."""

import sys
import time

import pytest

from helpers.bench import peers
from helpers.bench.frontrun_peer import finding
from helpers.bench.peers import Finding, ask

LONG_S = 600


def peer(code):
    return [sys.executable, "-c", code]


def test_what_it_finds_is_read_from_its_last_line():
    code = """
import json, os, sys
print("Exploring", sys.argv[1])
print(json.dumps({"kind": "proved", "schedules": 30, "seconds": 0.5}))
sys.exit(os.environ["FRONTRUN_ACTIVE"] != "1")
"""
    assert ask("some program", LONG_S, peer(code)) == Finding("proved", 30, 0.5)


@pytest.mark.parametrize("code", ["import time; time.sleep(600)", "while True: pass"], ids=["hangs", "spins"])
def test_one_that_does_not_end_is_killed(code, monkeypatch):
    started = []
    popen = peers.subprocess.Popen
    monkeypatch.setattr(
        peers.subprocess, "Popen", lambda *a, **k: started.append(popen(*a, **k)) or started[0]
    )
    began = time.monotonic()
    assert ask("some program", 0.5, peer(code)) == Finding("out of time", seconds=0.5, words="none in 0.5 s")
    assert time.monotonic() - began < LONG_S / 2  # did not wait for its end
    assert started[0].returncode not in (None, 0)


def test_one_that_fails_says_why():
    found = ask("some program", LONG_S, peer("import no_such_explorer"))
    assert found.kind == "did not run"
    assert found.words == "did not run: ModuleNotFoundError: No module named 'no_such_explorer'"


def test_one_that_says_nothing_did_not_run():
    assert ask("some program", LONG_S, peer("")).words == "did not run: exit 0"


def test_a_python_that_frontrun_is_not_made_for_is_told(monkeypatch):
    monkeypatch.setattr(peers, "FRONTRUN_ENDS", (3, 0))
    monkeypatch.setattr(peers, "find_spec", lambda name: None)
    assert peers.frontrun("some program", 0.5) == Finding(
        "not installed", words="not installed from Python 3.0 on"
    )


@pytest.mark.parametrize(("ends", "spec"), [((9, 0), None), ((3, 0), "there")])
def test_frontrun_is_asked_where_it_is_to_be_or_is(ends, spec, monkeypatch):
    monkeypatch.setattr(peers, "FRONTRUN_ENDS", ends)
    monkeypatch.setattr(peers, "find_spec", lambda name: spec)
    monkeypatch.setattr(peers, "ask", lambda *each: each)
    assert peers.frontrun("some program", 0.5) == ("some program", 0.5)


class Result:
    def __init__(self, holds, explanation=None):
        self.property_holds, self.explanation, self.num_explored = holds, explanation, 31


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        (Result(True), "proved"),
        (Result(False, "Deadlock detected after 31 interleaving(s)."), "deadlock"),
        (Result(False, "Race condition found"), "no verdict"),
        (Result(None), "no verdict"),
    ],
)
def test_what_a_result_of_frontrun_says(result, kind):
    found = finding(result, 0.25)
    assert (found.kind, found.schedules, found.seconds) == (kind, 31, 0.25)
    assert bool(found.words) == (kind == "no verdict")
