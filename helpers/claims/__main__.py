"""Counts how often each claim of the lessons holds: ``python -m helpers.claims --runs 200``."""

import argparse
import re
import sys
import time
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TextIO

from helpers.claims import Claim, all_claims
from helpers.claims.code import fingerprint
from helpers.claims.counting import LOADS, count
from helpers.claims.report import always_held, errors, table
from helpers.claims.results import Results

RESULTS = Path(__file__).parents[2] / "build" / "claims.jsonl"


def main(arguments: Sequence[str] | None = None) -> int:
    """Count and print the table; return 0 where every claim held every time, 1 where not, 130 on Ctrl-C."""
    options = _parser().parse_args(arguments)
    claims = [claim for claim in all_claims(options.lessons) if is_selected(claim, options.only)]
    if not claims:
        print(
            f"No claims found in {options.lessons}" + (f" for --only {options.only}" if options.only else "")
        )
        return 1
    if options.fresh:
        options.out.unlink(missing_ok=True)
    results = Results(options.out, {claim.key: fingerprint(claim.module) for claim in claims})
    wanted = {"runs": options.runs, "loads": options.loads}
    interrupted = False
    try:
        count(claims, results, **wanted, deadline_s=options.deadline, progress=_Progress(sys.stderr))
    except KeyboardInterrupt:
        interrupted = True
    print(file=sys.stderr)
    print(table(claims, results, **wanted))
    for line in errors(claims, results, loads=options.loads):
        print(line)
    if interrupted:
        print("Interrupted: start it again, and it goes on from here.")
        return 130
    held = always_held(claims, results, **wanted)
    print("Every claim held every time." if held else "Not every claim held every time.")
    return 0 if held else 1


def is_selected(claim: Claim, only: str) -> bool:
    """Tell whether a claim is among those that ``--only`` names, by lesson number, lesson or function.

    >>> cost = Claim("RLock costs within 15 % of Lock", "helpers.lessons.reentrancy", "cost", lambda: True)
    >>> [is_selected(cost, only) for only in ("", "02.*|reentrancy", "try_lock", "cos*")]
    [True, True, False, True]
    """
    names = (claim.key, claim.lesson, claim.lesson.rpartition(".")[2], claim.name)
    return not only or any(fnmatchcase(name, each) for each in re.split("[|,]", only) for name in names)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m helpers.claims", description=__doc__)
    parser.add_argument("--runs", type=_at_least_one, default=200, help="runs of each claim under each load")
    parser.add_argument("--only", default="", help='patterns such as "01.*" or "mutual_exclusion|try_lock"')
    parser.add_argument("--loads", type=_loads, default=list(LOADS), help="idle, busy or idle,busy (default)")
    parser.add_argument("--deadline", type=float, default=30.0, help="seconds that one run may take")
    parser.add_argument("--out", type=Path, default=RESULTS, help="file that the results are kept in")
    parser.add_argument("--lessons", default="helpers.lessons", help=argparse.SUPPRESS)
    again = parser.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="go on where the last start ended (the default)")
    again.add_argument("--fresh", action="store_true", help="forget the results so far")
    return parser


def _at_least_one(text: str) -> int:
    if (runs := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {runs}")
    return runs


def _loads(text: str) -> list[str]:
    loads = text.split(",")
    if unknown := set(loads) - set(LOADS):
        raise argparse.ArgumentTypeError(f"must be of {', '.join(LOADS)}, not {', '.join(sorted(unknown))}")
    return loads


class _Progress:
    """A line that is rewritten on a terminal, and a line now and then in a log."""

    LOG_EVERY_S = 30.0

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._load = None
        self._shown = float("-inf")

    def __call__(self, load: str, left: int, claim: Claim) -> None:
        now = time.monotonic()
        if load != self._load:
            self._load, self._began, self._todo = load, now, left
        terminal = self._stream.isatty()
        if not terminal and now - self._shown < self.LOG_EVERY_S:
            return
        self._shown = now
        done = self._todo - left
        rest = f", about {(now - self._began) / done * left / 60:.0f} min left" if done else ""
        line = f"{load}: {left} runs to do{rest} ({claim.key})"
        print(
            f"\r{line:<100.100}" if terminal else line,
            end="" if terminal else "\n",
            file=self._stream,
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
