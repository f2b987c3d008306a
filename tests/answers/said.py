"""All that is said of every answer in tests/answers."""

import json

from helpers.grading import grade_answer
from tests.answers.cases import cases


def said():
    """Return the results of all answers, as one text."""
    return "\n".join(
        f"{case.question} {case.name}\n{json.dumps(grade_answer(case.question, case.source).to_json())}"
        for case in cases()
    )
