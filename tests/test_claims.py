import itertools
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import helpers
from helpers import claims
from helpers.claims import all_claims, claim, report
from helpers.claims.__main__ import main
from helpers.claims.busy import busy_processes
from helpers.claims.code import _tree, fingerprint, reach
from helpers.claims.results import Results

ROOT = Path(helpers.__file__).parents[1]
numbers = itertools.count()

TRUE = """
    @claim("it holds")
    def holds():
        return True
"""
SOMETIMES = """
    @claim("it holds every other time")
    def sometimes():
        seen.append(1)
        return len(seen) % 2 == 1
"""
RAISING = """
    @claim("it can be checked")
    def raising():
        raise RuntimeError("no such lock")
"""
ENDLESS = """
    @claim("it ends")
    def endless():
        lock = threading.Lock()
        lock.acquire()
        return lock.acquire()
"""
DYING = """
    @claim("it survives")
    def dying():
        os._exit(3)
"""
NOT_A_BOOL = """
    @claim("it says True or False")
    def one():
        return 1
"""
SLOW = """
    @claim("it is quick")
    def slow():
        time.sleep(0.1)
        return True
"""
HEAD = "import os, threading, time\nfrom helpers.claims import claim\nseen = []\n"


@pytest.fixture
def count(tmp_path, monkeypatch, capsys):
    """Runs the counter over toy lessons; returns its exit code and what it printed."""
    name = f"toy_lessons_{next(numbers)}"
    monkeypatch.setattr(claims, "_registry", {})
    monkeypatch.syspath_prepend(tmp_path)
    out = tmp_path / "results" / "claims.jsonl"
    package = tmp_path / name
    package.mkdir()
    (package / "__init__.py").touch()

    def run(*sources, options=("--runs=4", "--loads=idle"), module="toys"):
        if sources:
            (package / f"{module}.py").write_text(HEAD + "\n".join(map(textwrap.dedent, sources)))
        code = main([*options, "--lessons", name, "--out", str(out)])
        return code, capsys.readouterr().out

    run.out, run.name, run.package = out, name, package
    return run


def results(count):
    return [json.loads(line) for line in count.out.read_text().splitlines()]


def test_what_always_holds(count):
    code, shown = count(TRUE)
    assert code == 0
    assert "4 of 4" in shown
    assert "◀" not in shown
    assert "Every claim held every time" in shown


def test_what_holds_sometimes_is_marked(count):
    code, shown = count(TRUE, SOMETIMES)
    assert code == 1
    (row,) = (line for line in shown.splitlines() if "every other time" in line)
    assert "2 of 4" in row
    assert "◀ not every time" in row
    (row,) = (line for line in shown.splitlines() if "it holds " in line and "every" not in line)
    assert "4 of 4" in row


def test_what_raises_did_not_hold_and_is_shown(count):
    code, shown = count(RAISING, TRUE)
    assert code == 1
    assert "0 of 4" in shown
    assert "4 ×: RuntimeError: no such lock" in shown
    assert "toys.py:" in shown


def test_what_returns_anything_else_is_named(count):
    code, shown = count(NOT_A_BOOL)
    assert code == 1
    assert 'one, which checks "it says True or False", must return True or False, not 1' in shown


@pytest.mark.parametrize(
    ("source", "told"),
    [(ENDLESS, "still running after 0.2 s"), (DYING, "the process that ran it died")],
    ids=["endless", "dying"],
)
def test_what_never_answers_costs_only_itself(count, source, told):
    code, shown = count(source, TRUE, options=("--runs=2", "--loads=idle", "--deadline=0.2"))
    assert code == 1
    assert f"2 ×: {told}" in shown
    assert "2 of 2" in shown
    assert not multiprocessing.active_children()


def test_a_slow_run_is_marked_but_is_no_failure(count, monkeypatch):
    monkeypatch.setattr("helpers.claims.report.SLOW_S", 0.05)
    code, shown = count(SLOW, options=("--runs=1", "--loads=idle"))
    assert code == 0
    assert "◀ over 0.05 s" in shown


def test_runs_take_turns(count):
    count(TRUE, SOMETIMES)
    assert [each["claim"].rpartition(".")[2] for each in results(count)] == ["holds", "sometimes"] * 4


def test_a_second_start_goes_on(count):
    count(TRUE, SOMETIMES)
    lines = count.out.read_text().splitlines(keepends=True)
    count.out.write_text("".join(lines[:3]) + lines[3][:20])
    code, shown = count(options=("--runs=5", "--loads=idle", "--resume"))
    assert code == 1
    assert "5 of 5" in shown
    assert [each["claim"].rpartition(".")[2] for each in results(count)] == ["holds", "sometimes"] * 5


def test_enough_runs_are_not_run_again(count):
    count(TRUE)
    before = count.out.read_bytes()
    assert count(options=("--runs=3", "--loads=idle"))[0] == 0
    assert count.out.read_bytes() == before


def test_fresh_forgets(count):
    count(TRUE)
    count(options=("--runs=1", "--loads=idle", "--fresh"))
    assert len(results(count)) == 1


def test_results_of_other_code_do_not_count(count):
    count(RAISING)
    _tree.cache_clear()
    claims._registry.clear()
    del sys.modules[f"{count.name}.toys"]
    code, shown = count(RAISING.replace('raise RuntimeError("no such lock")', "return 1 + 1 == 2"))
    assert "4 of 4" in shown
    assert code == 0


def test_missing_runs_are_not_held(count, tmp_path):
    count(TRUE)
    (only,) = all_claims(count.name)
    results = Results(count.out, {only.key: fingerprint(only.module)})
    assert report.always_held([only], results, runs=4, loads=["idle"])
    assert not report.always_held([only], results, runs=5, loads=["idle"])
    assert "◀ runs missing" in report.table([only], results, runs=4, loads=["idle", "busy"])


def test_only_some(count):
    count(TRUE, module="one")
    code, shown = count(SOMETIMES, module="two", options=("--runs=4", "--loads=idle", "--only=on*|nothing"))
    assert code == 0
    assert "every other time" not in shown


def test_no_claims_is_a_failure(count):
    assert count("x = 1")[0] == 1
    assert count(TRUE, module="other", options=("--runs=1", "--only=nothing"))[0] == 1


@pytest.mark.parametrize("option", ["--runs=0", "--loads=asleep"])
def test_bad_options_are_refused(count, option):
    with pytest.raises(SystemExit, match="2"):
        count(TRUE, options=(option,))


def test_busy_processes_compute_and_are_gone_afterwards(count):
    with busy_processes(2) as processes:
        assert all(process.is_alive() for process in processes)
        pids = [process.pid for process in processes]
    assert not any(map(is_running, pids))


def test_busy_runs_are_counted_apart(count):
    code, shown = count(TRUE, options=("--runs=2", "--loads=idle,busy"))
    assert code == 0
    assert "held, idle  held, busy" in shown
    assert [each["load"] for each in results(count)] == ["idle"] * 2 + ["busy"] * 2
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform != "linux", reason="finds the runner's processes in /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_runner_leaves_no_process(count, sign):
    count(TRUE, ENDLESS, options=("--runs=1", "--loads=idle", "--only=holds"))
    command = [sys.executable, "-m", "helpers.claims", "--lessons", count.name, "--out", str(count.out)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(count.package.parent), str(ROOT)])}
    with subprocess.Popen(
        [*command, "--loads=busy"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as runner:
        try:
            soon(lambda: any(each["load"] == "busy" for each in results(count)))
            children = children_of(runner.pid)
            runner.send_signal(sign)
            shown, _ = runner.communicate(timeout=20)
        finally:
            runner.kill()
    assert len(children) >= 2
    soon(lambda: not any(map(is_running, children)))
    if sign == signal.SIGINT:
        assert runner.returncode == 130
        assert "Interrupted: start it again" in shown
        assert "runs missing" in shown


def test_a_claim_needs_no_argument():
    with pytest.raises(TypeError, match="'lock'"):
        claim("it takes one")(lambda lock: True)


@pytest.mark.parametrize("statement", ["", 7, len])
def test_a_claim_needs_a_statement(statement):
    with pytest.raises(TypeError, match="@claim"):
        claim(statement)


def test_two_functions_cannot_make_the_same_claim(monkeypatch):
    monkeypatch.setattr(claims, "_registry", {})

    @claim("twice")
    def first():
        return True

    with pytest.raises(ValueError, match=r"first makes the claim \"twice\" already"):

        @claim("twice")
        def second():
            return True


def test_claims_come_lesson_by_lesson(count, tmp_path, monkeypatch):
    for number, lesson in enumerate(["reentrancy", "mutual_exclusion"]):
        source = f"from helpers.claims import claim\nclaim('of {lesson}')(lambda: True)\n"
        (count.package / f"{lesson}.py").write_text(source)
        (tmp_path / f"0{number}_{lesson}.ipynb").touch()
    (count.package / "a_draft.py").write_text(
        "from helpers.claims import claim\nclaim('a draft')(lambda: True)\n"
    )
    monkeypatch.setattr(claims, "NOTEBOOKS", tmp_path)
    found = [each.lesson for each in all_claims(count.name)]
    assert found == ["00.reentrancy", "01.mutual_exclusion", "a_draft"]


def test_code_reaches_through_imports_and_words(count):
    source = "from helpers import predict\n\ndef draw():\n    from . import near\n"
    (count.package / "far.py").write_text(source)
    (count.package / "near.py").write_text("import helpers.trace\n")
    reached = reach(f"{count.name}.far")
    assert {f"{count.name}.near", "helpers.trace", "helpers.predictions.keeping"} <= reached
    assert not any(name.startswith("helpers.charts") for name in reached)


def test_comments_leave_the_fingerprint_and_code_changes_it(count):
    def of(source):
        (count.package / "far.py").write_text(source)
        _tree.cache_clear()
        return fingerprint(f"{count.name}.far")

    assert of("x = 1") == of("x = 1  # a comment\n") != of("x = 2")


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # An ended process without a parent to collect it yet is a "Z" in its stat.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def soon(condition, limit_s=20):
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
