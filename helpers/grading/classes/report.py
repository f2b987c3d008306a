"""The class at a glance, one HTML file: how each question went, the commonest reasons, who needs a look."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from html import escape

from . import pages
from .record import Record

MOST_REASONS = 12


def page(records: Sequence[Record]) -> str:
    """Return the report on a class.

    Args:
        records: what came of each submission.
    """
    statuses = Counter(record.status for record in records)
    said = ", ".join(f"{many} {status}" for status, many in sorted(statuses.items()))
    parts = [f"<p>{len(records)} submissions: {escape(said)}.</p>"]
    parts += ["<h2>Who needs a look</h2>", _looks(records)]
    parts += ["<h2>Points for each question</h2>", *_distributions(records)]
    parts += ["<h2>The commonest reasons</h2>", _reasons(records)]
    return pages.page("Grades of the class", parts)


def same_names(records: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    """Return the names that stand in more than one student's notebook for the same assignment."""
    by_name = defaultdict(list)
    for record in records:
        if record.learner:
            by_name[record.assignment, record.learner.casefold()].append(record)
    return [(found[0].learner, found) for found in by_name.values() if len(found) > 1]


def _looks(records: Sequence[Record]) -> str:
    rows = []
    for record in records:
        whose = [record.student, record.assignment]
        rows += [[*whose, question, f"{status}: {reason}"] for question, status, reason in record.not_graded]
        rows += [[*whose, each.question, each.note] for each in record.questions if each.note and each.source]
    for name, found in same_names(records):
        students = ", ".join(each.student for each in found)
        rows.append([students, found[0].assignment, "", f"the same name in their notebooks: {name}"])
    return pages.table(["student", "assignment", "question", "why"], rows) if rows else "<p>Nobody.</p>"


def _distributions(records: Sequence[Record]) -> list[str]:
    points: dict[str, Counter[int]] = defaultdict(Counter)
    most, apart = {}, Counter()
    for record in records:
        for each in record.questions:
            most[each.question] = each.max_points
            if each.points is None:
                apart[each.question] += 1
            else:
                points[each.question][each.points] += 1
    return [_distribution(name, points[name], most[name], apart[name]) for name in sorted(most)]


def _distribution(name: str, points: Counter[int], most: int, apart: int) -> str:
    rows = [(str(each), points[each]) for each in range(most, -1, -1)]
    rows += [("not graded", apart)] if apart else []
    total = sum(many for _, many in rows) or 1
    lines = [
        f'<tr><th scope="row">{label}</th><td class="number">{many}</td>'
        f'<td style="width:20rem">{_bar(many / total)}</td></tr>'
        for label, many in rows
    ]
    head = '<th scope="col">points</th><th scope="col">students</th><th scope="col"></th>'
    return (
        f"<h3>{escape(name)}</h3><table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )


def _bar(share: float) -> str:
    return f'<div class="bar" style="width:{100 * share:.1f}%"></div>' if share else ""


def _reasons(records: Sequence[Record]) -> str:
    counted: Counter[tuple[str, str]] = Counter()
    for record in records:
        for each in record.questions:
            if each.reason:
                counted[each.question, _kind(each.reason)] += 1
    rows = [[str(many), *what] for what, many in counted.most_common(MOST_REASONS)]
    return pages.table(["students", "question", "reason"], rows) if rows else "<p>None.</p>"


def _kind(reason: str) -> str:
    """Return a reason without what differs from answer to answer.

    >>> _kind("line 12: an answer may not use eval")
    'line …: an answer may not use eval'
    """
    return re.sub(r"\d+", "…", reason)[:300]
