"""A result as a learner sees it: points, the reason in the field's words, and the schedule that breaks it."""

from __future__ import annotations

import sys
from html import escape
from typing import Any

from .result import Finding, Result

_SIGNS = {True: ("✓", "#00664b"), False: ("✗", "#a83c00")}


def text(result: Result) -> str:
    """Return a result as a text.

    >>> findings = Finding("safe", 2, 2), Finding("live", 0, 1, "deadlock")
    >>> print(text(Result("05.2", "graded", findings, max_points=3)))
    05.2: 2 of 3 points
      ✓ safe: 2 of 2
      ✗ live: 0 of 1. deadlock
    """
    lines = [headline(result)]
    lines += [f"  {_line(finding)}" for finding in result.findings if result.status == "graded"]
    if result.verdict is not None and result.verdict.trace is not None:
        lines += ["", result.verdict.explain()]
    return "\n".join(lines)


def headline(result: Result) -> str:
    """Return the points of a result in one line, or why it has none."""
    if result.status == "graded":
        return f"{result.question}: {result.points} of {result.max_points} points"
    word = {"missing": "no answer yet", "refused": "not allowed"}[result.status]
    return f"{result.question}: {word}: {result.why}"


def html(result: Result) -> str:
    """Return a result as HTML, with the timeline of the schedule that breaks the answer."""
    sign, colour = _SIGNS[result.status == "graded" and result.points == result.max_points]
    badge = f"background:{colour};color:white;border-radius:4px;padding:2px 8px;font-weight:600"
    parts = [f'<div><span style="{badge}">{sign} {escape(headline(result))}</span></div>']
    if result.status == "graded":
        parts += [f'<div style="margin:4px 0">{escape(_line(finding))}</div>' for finding in result.findings]
    if result.verdict is not None and result.verdict.trace is not None:
        parts += [result.verdict._repr_html_(), _picture(result.verdict.trace)]
    return f'<div role="group" aria-label="{escape(headline(result))}">{"".join(parts)}</div>'


def show_once(result: Result) -> None:
    """Show a result: in a notebook with its timeline, elsewhere as text; not twice in the same cell."""
    if (shell := _shell()) is None:
        print(text(result))
        return
    from IPython.display import display

    shown, count = getattr(shell, "_course_shown", (None, None))
    if shown is not result or count != shell.execution_count:
        shell._course_shown = (result, shell.execution_count)
        display({"text/html": html(result), "text/plain": text(result)}, raw=True)


def _line(finding: Finding) -> str:
    sign = _SIGNS[finding.holds][0]
    reason = f". {finding.reason}" if finding.reason else ""
    return f"{sign} {finding.name}: {finding.points} of {finding.max_points}{reason}"


def _picture(trace: Any) -> str:
    from ..charts import timeline

    return timeline(trace).figure.html()


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None
