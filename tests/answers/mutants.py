"""How good the checks are: ``python -m tests.answers.mutants`` grades every mutant of every solution.

A mutant that gets all points survives. Each survivor is listed in mutants.toml, with the reason why it is as
right as the solution; one that is not listed, and one that is listed but does not survive, is an error.
"""

import argparse
import ast
import sys
import tomllib
from pathlib import Path

from helpers.grading import grade_answer
from helpers.grading.answers import Answer
from helpers.grading.questions import all_questions
from tests.answers.mutating import difference, mutants
from tests.answers.solutions import solution_of

LISTED = Path(__file__).with_name("mutants.toml")


def survivors(question: str) -> tuple[int, list[str]]:
    """Return how many mutants the solution of a question has, and what those changed that survive."""
    source = ast.unparse(Answer(None, solution_of(question)).tree)  # without the code that it begins with
    found = mutants(source)
    alive = []
    for mutant in found:
        result = grade_answer(question, mutant)
        if result.status == "graded" and result.points == result.max_points:
            alive.append(difference(source, mutant))
    return len(found), alive


def main() -> int:
    """Print a line a question; return 1 where a survivor is not listed, or a listed one does not survive."""
    parser = argparse.ArgumentParser(prog="python -m tests.answers.mutants", description=__doc__)
    parser.add_argument("--only", default="", help='questions whose ids begin so, such as "05" or "05.2"')
    only = parser.parse_args().only
    listed = tomllib.loads(LISTED.read_text(encoding="utf-8")) if LISTED.exists() else {}
    wrong = total = 0
    for question, declared in all_questions().items():
        if not question.startswith(only) or not declared.asks_for_code:
            continue  # of plain data, each value is compared with the right one
        many, alive = survivors(question)
        equivalent = listed.get(question, {})
        total += many
        print(f"{question}: {many} mutants, {many - len(alive)} killed, {len(alive)} survive", flush=True)
        for change in alive:
            if change not in equivalent:
                print(f"    survives: {change}", flush=True)
                wrong += 1
        for change in equivalent.keys() - set(alive):
            print(f"    listed, but does not survive: {change}", flush=True)
            wrong += 1
    print(f"{total} mutants, {wrong} to be looked at.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
