"""Measures and prints a table for each kind of bench: ``python -m helpers.bench``."""

import argparse
import sys
from collections.abc import Sequence

from helpers.bench import exploring, grading, live, recording
from helpers.bench.peers import LIMIT_S
from helpers.bench.table import is_within, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the tables; return 0 where every row is within its target, else 1."""
    chosen = _parser().parse_args(arguments)
    rows = []
    if chosen.only in (None, "recording"):
        rows += (recorded := recording.rows(chosen.rounds or recording.ROUNDS))
        print(table("recording, as a ratio or in ns", recorded), flush=True)
    if chosen.only in (None, "exploring"):
        rows += (explored := exploring.rows(chosen.rounds or exploring.ROUNDS, chosen.limit))
        print(table("exploring", explored), flush=True)
    if chosen.only in (None, "live"):
        rows += (watched := live.rows(chosen.rounds or live.ROUNDS))
        print(table("watching a run", watched), flush=True)
    if chosen.only in (None, "grading"):
        rows += (graded := grading.rows(min(chosen.rounds or grading.ROUNDS, grading.ROUNDS), chosen.sizes))
        print(table("grading a class", graded, peer="nbgrader"))
    return 0 if all(map(is_within, rows)) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m helpers.bench", description=__doc__)
    parser.add_argument(
        "only", nargs="?", choices=("recording", "exploring", "live", "grading"), help="measure only this"
    )
    parser.add_argument("--rounds", type=_at_least_two, help="rounds of each bench (at least 2)")
    parser.add_argument(
        "--limit", type=float, default=LIMIT_S, help="seconds that the other explorer has for one program"
    )
    sizes = ", ".join(f"{size:,}" for size in grading.SIZES)
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=grading.SIZES, help=f"submissions of the classes ({sizes})"
    )
    return parser


def _at_least_two(text: str) -> int:
    if (rounds := int(text)) < 2:
        raise argparse.ArgumentTypeError(f"must be at least 2, not {rounds}")
    return rounds


if __name__ == "__main__":
    sys.exit(main())
