"""What the HTML pages about a class have in common; every text that comes from a submission is escaped."""

from __future__ import annotations

from html import escape

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1b1b1b; background: white }
table { border-collapse: collapse; margin: 1rem 0 } th, td { padding: .25rem .75rem; text-align: left;
  border-bottom: 1px solid #ccc; vertical-align: top } td.number { text-align: right }
pre { background: #f4f4f4; padding: .75rem; overflow-x: auto; font-size: 14px }
img { max-width: 100%; height: auto }
.right { color: #00664b } .wrong { color: #a83c00 } .bar { background: #0072b2; height: 1rem; min-width: 1px }
"""


def page(title: str, parts: list[str]) -> str:
    """Return a page.

    Args:
        title: as a text.
        parts: as HTML.
    """
    # Nothing is fetched and no script runs, whatever a submission has brought in.
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>\n<h1>{escape(title)}</h1>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a table of texts."""
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in head)
    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
