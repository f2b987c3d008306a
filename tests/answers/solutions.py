"""The solution of each question, as its cell in solutions/ has it."""

import json

from helpers.grading.assignments.generating import ROOT


def solution_of(question: str) -> str:
    """Return the code of the cell that solves a question, such as "05.2".

    Raises:
        LookupError: where solutions/ has no such cell.
    """
    lesson, _, number = question.partition(".")
    for path in (ROOT / "solutions").glob(f"{lesson}_*/{lesson}_*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["id"] == f"answer-{number}":
                return "".join(cell["source"])
    raise LookupError(f"solutions/ has no cell answer-{number} in lesson {lesson}")
