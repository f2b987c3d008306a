"""A verdict as HTML: its kind as a badge, the schedule as a table, and how much was explored."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .explaining import steps, stuck

if TYPE_CHECKING:
    from .verdict import Verdict

_SIGNS = {"proved": ("✓", "#00664b"), "unknown": ("?", "#5b5b5b")}
_BAD = ("✗", "#a83c00")
_CELL = "padding:1px 12px 1px 0;text-align:left;background:none"


def shown(verdict: Verdict) -> str:
    """Return a verdict as a notebook shows it, in the light and the dark theme."""
    sign, colour = _SIGNS.get(verdict.kind, _BAD)
    badge = (
        f'<span style="background:{colour};color:white;border-radius:4px;padding:2px 8px;font-weight:600">'
        f"{sign} {escape(verdict.kind)}</span>"
    )
    parts = [f'<div style="margin:4px 0">{badge} {escape(verdict.headline)}</div>']
    if verdict.is_bad and verdict.trace is not None:
        parts.append(_table(verdict))
        parts += [f"<div>{escape(line)}</div>" for line in stuck(verdict.trace)]
    parts.append(f'<div style="margin:4px 0">{escape(verdict.explored)}</div>')
    if verdict.kind == "proved":
        parts.append(f"<div>Assuming that {escape('; '.join(verdict.assumes))}.</div>")
    return f'<div role="group" aria-label="verdict: {escape(verdict.kind)}">{"".join(parts)}</div>'


def _table(verdict: Verdict) -> str:
    head = "".join(
        f'<th scope="col" style="{_CELL}">{name}</th>' for name in ("step", "thread", "does", "at")
    )
    rows = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{escape(str(cell))}</td>' for cell in line) + "</tr>"
        for line in steps(verdict.trace)
    )
    return f'<table style="margin:4px 0"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
