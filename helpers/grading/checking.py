"""`check` and `grade_answer`: an answer becomes a `Result`, the same on every machine and under any load."""

from __future__ import annotations

import ast
import warnings
from typing import Any

from .allowed import TOOLS, refusal
from .answers import Answer, answer_of
from .executing import executed
from .learners import answering, current_learner
from .question import Grading, Question
from .questions import find
from .released import setup_of
from .result import Finding, Result
from .tampering import Watch


def check(id: str, answer: Any) -> Result:
    """Check an answer, show what was found, and return it.

    The answer's program is explored: every interleaving of it is played, so the same answer gets the same
    points every time. It cannot hang the notebook.

    Args:
        id: the question's id, such as "05.2".
        answer: what the answer's code defined: a function, a class, or plain data.

    Raises:
        TypeError: where `id` is no text.
        ValueError: where there is no such question.
    """
    from .showing import show_once

    question = find(id)
    result = _judged(question, answer, Grading(learner=current_learner()))
    show_once(result)
    return result


def grade_answer(
    id: str,
    source: str,
    *,
    learner: str = "",
    final: bool = True,
    allow_list: bool = True,
    watch: Watch | None = None,
) -> Result:
    """Grade the source of an answer as `check` checks the answer itself, in a fresh namespace.

    Nothing that the learner did elsewhere in the notebook counts: the released setup cell is executed, then
    the source. Code at its top level runs as it stands, so sources of strangers want a process of their own.

    Args:
        id: the question's id, such as "05.2".
        source: the text of the answer's cell.
        learner: the learner's name, for questions with numbers of their own.
        final: True where programs are explored with the larger sizes too, as for the final grade.
        allow_list: False where the answer may use anything; only for trying what else keeps it in bounds.
        watch: what modules held before, where somebody has looked already.

    Raises:
        TypeError: where `id` or `source` is no text.
        ValueError: where there is no such question.
        MemoryError: where the source uses more than its process may have.
        FileNotFoundError: where the lesson's exercises were not released.
    """
    question = find(id)
    if not isinstance(source, str):
        raise TypeError(f"the source of an answer is a text, not {source!r}")
    if why := allow_list and refusal(source, _given(question)):
        return _without_grade(question, "refused", why)
    with answering(learner):
        return _executed_and_judged(question, source, Grading(final, learner, allow_list), watch or Watch())


def _executed_and_judged(question: Question, source: str, grading: Grading, watch: Watch) -> Result:
    try:
        without = TOOLS if grading.allow_list else ()
        namespace = executed(setup_of(question.lesson), source, f"answer {question.id}", without)
    except MemoryError:
        raise
    except Exception as error:
        if isinstance(error, NotImplementedError):
            return _without_grade(question, "missing", "not written yet: it raises NotImplementedError")
        reason = f"its cell raises {type(error).__name__}: {error}"
        return _graded(question, [Finding("works", 0, question.points, reason)])
    if question.answer_name not in namespace:
        return _without_grade(question, "missing", f"the cell defines no {question.answer_name}")
    value = namespace[question.answer_name]
    result = _judged(question, value, grading)
    if what := watch.changed():
        return _without_grade(question, "refused", f"it changes {what}, which is not its own")
    return result


def _judged(question: Question, value: Any, grading: Grading) -> Result:
    try:
        answer = answer_of(value)
    except LookupError as error:
        return _without_grade(question, "refused", str(error) if question.asks_for_code else _no_value(value))
    if wrong := _wrong_kind(question, answer):
        return _without_grade(question, "missing" if value in (None, ...) else "refused", wrong)
    if why := grading.allow_list and answer.source and refusal(answer.source, _given(question)):
        return _without_grade(question, "refused", why)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a line on stderr would be a zero in nbgrader
        findings = question.judge(answer, grading)
    if all(finding.missing for finding in findings):
        return _without_grade(question, "missing", findings[0].reason)
    return _graded(question, findings)


def _wrong_kind(question: Question, answer: Answer) -> str:
    """Return why plain data is no answer to a question that asks for code, and the other way round."""
    if question.asks_for_code and not answer.source:
        return (
            f"the answer is {answer.value!r:.80}; this question asks for the code of {question.answer_name}"
        )
    if answer.source and not question.asks_for_code:
        return f"the answer is code; this question asks for values: {question.answer_name} = ..."
    return ""


def _no_value(value: Any) -> str:
    return (
        f"the answer is {value!r:.80}; this question asks for values: numbers, texts in quotes, "
        "and lists or dictionaries of them"
    )


def _given(question: Question) -> set[str]:
    """Names that the setup cell defines."""
    tree = ast.parse(setup_of(question.lesson))
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return {alias.asname or alias.name.partition(".")[0] for node in imports for alias in node.names}


def _graded(question: Question, findings: list[Finding]) -> Result:
    return Result(question.id, "graded", tuple(findings), max_points=question.points)


def _without_grade(question: Question, status: str, why: str) -> Result:
    return Result(question.id, status, why=why, max_points=question.points)
