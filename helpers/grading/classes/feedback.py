"""The page that a student gets: points and reasons, and for each wrong answer the schedule that breaks it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape
from typing import Any

from . import pages
from .record import Answered, Record

#: What each status says to a student.
WORDS = {
    "graded": "",
    "timeout": "not graded: it was not done in time",
    "crashed": "not graded: it ended the process that graded it",
    "refused": "not graded: it uses what an answer may not",
    "missing": "no answer",
}


def page(record: Record, pictures: Mapping[str, tuple[bytes, str]]) -> str:
    """Return the feedback on a submission as an HTML page.

    Args:
        record: what came of it.
        pictures: by question, the timeline of the schedule that breaks the answer, as a PNG and in words.
    """
    title = f"{record.assignment or 'Submission'}: {record.student}"
    if record.reason:
        text = f"This notebook could not be read, so nothing was graded: {record.reason}."
        return pages.page(title, [f'<p class="wrong">{escape(text)}</p>'])
    total = "none" if record.points is None else str(record.points)
    parts = [f"<p>Points: <strong>{total} of {record.max_points}</strong></p>"]
    if record.status != "graded":
        parts.append("<p>Not everything was graded; see below. Your teacher sees this too.</p>")
    for each in record.questions:
        parts += _question(each, pictures.get(each.question))
    return pages.page(title, parts)


def _question(answered: Answered, picture: tuple[bytes, str] | None) -> list[str]:
    parts = [f"<h2>{escape(answered.question)}: {escape(_points(answered))}</h2>"]
    if answered.note:
        parts.append(f"<p>{escape(answered.note)}</p>")
    if answered.status != "graded":
        parts.append(f'<p class="wrong">{escape(answered.reason)}</p>')
    for finding in answered.findings:
        parts += _finding(answered.question, finding)
        # The picture is of the first thing that is wrong, as in `check`.
        if picture is not None and not _is_right(finding):
            parts.append(_image(*picture))
            picture = None
    if answered.source:
        parts.append(f"<details><summary>Your answer</summary><pre>{escape(answered.source)}</pre></details>")
    return parts


def _points(answered: Answered) -> str:
    if answered.status == "graded":
        return f"{answered.points} of {answered.max_points} points"
    return WORDS[answered.status]


def _is_right(finding: Mapping[str, Any]) -> bool:
    return finding["points"] == finding["max_points"] and not finding["reason"]


def _finding(question: str, finding: Mapping[str, Any]) -> list[str]:
    # Some reasons begin with the name, which stands before them here.
    name, why = finding["name"], finding["reason"].removeprefix(f"{finding['name']}: ")
    said = f"{name}: {finding['points']} of {finding['max_points']}{f'. {why}' if why else ''}"
    sign, look = ("✓", "right") if _is_right(finding) else ("✗", "wrong")
    parts = [f'<p class="{look}">{sign} {escape(said)}</p>']
    if "explanation" in finding:
        parts.append(f"<pre>{escape(finding['explanation'])}</pre>")
        again = f'<code>check("{escape(question)}", ...)</code>'
        parts.append(f"<p>The cell with {again} in your notebook shows this schedule again.</p>")
    return parts


def _image(png: bytes, alt: str) -> str:
    data = base64.b64encode(png).decode()
    return f'<img src="data:image/png;base64,{data}" alt="{escape(alt)}" width="860">'
