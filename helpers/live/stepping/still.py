"""What the stepper shows, as a still picture: plain HTML, in the colours of the page that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

_GOOD, _BAD = "#00664b", "#a83c00"
_HERE = "background:rgba(86,180,233,.3);box-shadow:inset .25em 0 #0072B2"
_GOALS = {"open": "not yet", "reached": "★ reached", "missed": "not this way"}


@dataclass(frozen=True, repr=False)
class Still:
    """A picture of one moment of a schedule.

    Args:
        html: the picture.
        text: the same in words.
    """

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def still_of(view: dict[str, Any]) -> Still:
    """Return the picture of a view."""
    threads = [*view["threads"][1:], *view["threads"][:1]]
    parts = [
        f"<b>{escape(view['program'])}</b>{_goal(view['goal'])}",
        _banner(view["banner"]),
        f'<div style="display:flex;flex-wrap:wrap;gap:1em">{"".join(map(_thread, threads))}</div>',
        _line("Shared variables", [f"{name} = {value}" for name, value in view["variables"]]),
        _line("Locks", [_thing(thing) for thing in view["things"]]),
        _line("Who waits for whom", [_wait(*wait) for wait in view["waits"]]),
        _line("Schedule", [f"{turn['thread']} {turn['what']}" for turn in view["turns"]]),
    ]
    label = f"a still picture of {escape(view['program'])}, step by step"
    body = "".join(f'<div style="margin:.4em 0">{part}</div>' for part in parts if part)
    return Still(f'<div class="stepper-still" role="group" aria-label="{label}">{body}</div>', text_of(view))


def text_of(view: dict[str, Any]) -> str:
    """Return a view in words, a line for each thread."""
    banner = view["banner"]
    lines = [view["program"] + (f": {banner['head']}. {banner['text']}" if banner else "")]
    lines += [f"  {each['name']:10}  {each['status']:8}  {each['says']}" for each in view["threads"]]
    lines += [f"  schedule: {' '.join(turn['thread'] for turn in view['turns'])}"] if view["turns"] else []
    return "\n".join(lines)


def _goal(goal: dict[str, Any] | None) -> str:
    return "" if goal is None else f" · Goal: {escape(goal['text'])} <i>{_GOALS[goal['state']]}</i>"


def _banner(banner: dict[str, Any] | None) -> str:
    if banner is None:
        return ""
    colour, sign = (_GOOD, "✓") if banner["is_good"] else (_BAD, "✗")
    look = f"background:{colour};color:white;border-radius:4px;padding:2px 8px;font-weight:600"
    return f'<span style="{look}">{sign} {escape(banner["head"])}</span> {escape(banner["text"])}'


def _thread(thread: dict[str, Any]) -> str:
    status, says = thread["status"], escape(thread["says"])
    head = f"<b>{escape(thread['name'])}</b> {says if says.startswith(status) else f'{status}: {says}'}"
    if thread["is_slim"] or thread["source"] is None:
        return f'<div style="flex:1 1 100%">{head}</div>'
    source = thread["source"]
    lines = "".join(_source_line(index == source["at"], text) for index, text in enumerate(source["lines"]))
    values = escape("   ".join(f"{name} = {value}" for name, value in thread["values"]))
    look = "margin:.2em 0;white-space:pre-wrap;font-family:monospace"
    return f'<div style="flex:1 1 20em">{head}<div style="{look}">{lines}</div>{values}</div>'


def _source_line(is_here: bool, text: str) -> str:
    look = f' style="{_HERE}"' if is_here else ""
    return f"<div{look}>{'▶' if is_here else ' '} {escape(text)}</div>"


def _thing(thing: dict[str, Any]) -> str:
    holders = ", ".join(name + (" (shared)" if mode == "shared" else "") for name, mode in thing["holders"])
    held = f"held by {holders}" if holders else ""
    waiting = f"{', '.join(thing['waiting'])} waits" if thing["waiting"] else ""
    return f"{thing['name']} {', '.join(filter(None, [held, thing['state'], waiting])) or 'free'}"


def _wait(thread: str, name: str, holder: str) -> str:
    return f"{thread} → {holder} ({name})"


def _line(title: str, items: Sequence[str]) -> str:
    return f"<b>{title}:</b> {escape(' · '.join(items))}" if items else ""
