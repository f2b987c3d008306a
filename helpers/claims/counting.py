"""Runs every claim many times, in turns, and keeps each result."""

import contextlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from helpers.claims import Claim
from helpers.claims.busy import busy_processes, cores
from helpers.claims.results import Results
from helpers.claims.worker import Worker

LOADS: dict[str, Callable[[], AbstractContextManager]] = {
    "idle": contextlib.nullcontext,
    "busy": lambda: busy_processes(cores()),
}
Progress = Callable[[str, int, Claim], None]


def count(
    claims: Sequence[Claim],
    results: Results,
    *,
    runs: int,
    loads: Sequence[str],
    deadline_s: float,
    progress: Progress = lambda *_: None,
) -> None:
    """Run each claim until it has `runs` results under each load.

    Args:
        claims: the claims to run.
        results: where results are kept; what is in it already is not run again.
        runs: how many results each claim shall have under each load.
        loads: names from `LOADS`, tried one after the other.
        deadline_s: how long one run may take, in seconds.
        progress: told the load, the runs still to do under it and the claim, before each run.
    """
    for load in loads:
        todo = _in_turns(claims, results, load, runs)
        if not todo:
            continue
        with LOADS[load](), Worker(claims, deadline_s) as worker:
            for done, claim in enumerate(todo):
                progress(load, len(todo) - done, claim)
                results.add(load, claim.key, *worker.run(claim))


def _in_turns(claims: Sequence[Claim], results: Results, load: str, runs: int) -> list[Claim]:
    # All once before any twice: what an interruption leaves is a fair sample of every claim.
    have = {claim: len(results.of(claim.key, load)) for claim in claims}
    return [claim for turn in range(runs) for claim in claims if turn >= have[claim]]
