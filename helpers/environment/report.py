"""What an environment check found, and how a learner sees it."""

import html
from dataclasses import dataclass

MARKS = {"PASS": "✓ PASS", "FAIL": "✗ FAIL", "NOTE": "• NOTE"}
# Okabe and Ito's bluish green, vermilion and blue; the words say the same.
COLOURS = {"PASS": "#009E73", "FAIL": "#D55E00", "NOTE": "#0072B2"}


@dataclass(frozen=True)
class Row:
    """One requirement.

    Args:
        name: what is required.
        status: "PASS", "FAIL", or "NOTE" where the course works but something is worth knowing.
        detail: what was found.
        what_to_do: how to mend it; empty where nothing is to be done.
    """

    name: str
    status: str
    detail: str
    what_to_do: str = ""


@dataclass(frozen=True, repr=False)
class Environment:
    """What `check_environment` found.

    Args:
        rows: the requirements.
    """

    rows: tuple[Row, ...]

    @property
    def ok(self) -> bool:
        """Whether the course can be run: no requirement fails."""
        return all(row.status != "FAIL" for row in self.rows)

    @property
    def verdict(self) -> str:
        """One line that says whether the learner is ready.

        >>> Environment((Row("Python", "PASS", "3.11"), Row("numpy", "FAIL", "missing"))).verdict
        'FAIL: 1 of 2: numpy. What to do stands beside it.'
        """
        failed = [row.name for row in self.rows if row.status == "FAIL"]
        if not failed:
            return "PASS: you are ready."
        return f"FAIL: {len(failed)} of {len(self.rows)}: {', '.join(failed)}. What to do stands beside it."

    def __repr__(self) -> str:
        width = max((len(row.name) for row in self.rows), default=0)
        lines = []
        for row in self.rows:
            lines.append(f"{MARKS[row.status]}  {row.name:<{width}}  {row.detail}")
            if row.what_to_do:
                lines.append(f"{'':{width + 10}}→ {row.what_to_do}")
        return "\n".join([*lines, "", self.verdict])

    def _repr_html_(self) -> str:
        titles = ("", "Needed", "Found", "What to do")
        head = "".join(f'<th style="text-align:left;padding:.2em .8em">{title}</th>' for title in titles)
        rows = "".join(map(_html_row, self.rows))
        border = f"border-left:.45em solid {COLOURS['PASS' if self.ok else 'FAIL']}"
        return (
            f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
            f'<div style="font-size:1.35em;font-weight:600;padding:.3em 1em;margin:.5em 0;{border}">'
            f"{html.escape(self.verdict)}</div>"
        )


def _html_row(row: Row) -> str:
    cells = "".join(
        f'<td style="text-align:left;padding:.2em .8em">{html.escape(text)}</td>'
        for text in (row.name, row.detail, row.what_to_do)
    )
    border = f"border-left:.45em solid {COLOURS[row.status]}"
    status = f'<td style="text-align:left;white-space:nowrap;font-weight:600;padding:.2em .8em;{border}">'
    return f"<tr>{status}{MARKS[row.status]}</td>{cells}</tr>"
