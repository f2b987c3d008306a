"""No wrong answer is accepted, no right one refused; each wrong one is told the reason that it deserves."""

from collections import Counter

import pytest

from helpers.grading import grade_answer
from helpers.grading.questions import all_questions
from tests.answers.cases import Case, cases

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.question} {case.name}")
def test_an_answer_gets_what_it_deserves(case: Case):
    result = grade_answer(case.question, case.source)
    told = str(result)
    assert result.status == case.status, told
    wanted = result.max_points if case.right else case.points
    assert result.points == wanted, told
    if case.right:
        assert not result.reason
    else:
        assert result.points < result.max_points
        assert case.says, "a wrong answer's section tells the reason with `# says: ...`"
    reasons = " | ".join([result.reason, *(finding.reason for finding in result.findings)])
    for text in case.says:
        assert text in reasons


@pytest.mark.parametrize("question", all_questions().values(), ids=lambda question: question.id)
def test_each_question_has_answers_of_its_own(question):
    count = Counter(case.right for case in CASES if case.question == question.id)
    assert count[True] >= 2
    assert count[False] >= 5
    assert question.answer_name
