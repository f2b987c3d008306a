"""The last run of a `Live` standing still: a drawing for where there is no widget, and a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from ...trace import Trace

NAMES, STRIP, ROW, AXIS = 110, 620, 36, 26
WIDTH = NAMES + STRIP + 210
THICK = {"waiting": 0.55, "elsewhere": 0.4, "exclusive": 0.86, "shared": 0.86}

# As in helpers.charts.style, which is not imported here: it loads matplotlib.
PATTERNS = """
<pattern id="{id}-waiting" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="7" height="7" fill="#FBE3B3"/><rect width="2.5" height="7" fill="#B87A00"/></pattern>
<pattern id="{id}-shared" width="8" height="8" patternUnits="userSpaceOnUse">
<rect width="8" height="8" fill="#56B4E9"/><circle cx="4" cy="4" r="1.6" fill="#000"/></pattern>
<pattern id="{id}-exclusive" width="8" height="8" patternUnits="userSpaceOnUse">
<rect width="8" height="8" fill="#0072B2"/></pattern>
<pattern id="{id}-elsewhere" width="8" height="8" patternUnits="userSpaceOnUse">
<rect width="8" height="8" fill="#B5B5B5"/></pattern>
"""
KEY = "Hatched: waits. Blue: holds. Dotted: holds, shared. Grey: blocked elsewhere. Cross: in vain."
NOTED = " Triangle: {}."


def figure_of(trace: Trace, window_s: float) -> Any:
    """Return a figure of the last `window_s` seconds of a trace, and of who waited for how long in all."""
    from ...charts import contention, panels, timeline

    above, below = panels(2, 1, height_in=3.5 + 0.7 * len(trace.threads))
    start = trace.duration - 1000 * window_s
    timeline(trace, ax=above, start=start if start > 0 else None)
    contention(trace, ax=below)
    return above.figure


def told(frozen: Mapping[str, Any], counted: str) -> str:
    """Return in words how a run ended, and each thread's waiting and count.

    >>> told({"lanes": ["T1"], "sums": [[0.25, 3, 0]], "now": 2.0, "ending": "stopped"}, "meals")
    'stopped after 2.0 s. T1 waited 25 % of the time, meals: 3.'
    """
    each = [
        f"{name} waited {share:.0%} of the time, {counted}: {count}".replace("%", " %")
        for name, (share, count, _) in zip(frozen["lanes"], frozen["sums"], strict=True)
    ]
    cycle = [
        f"{thread} waits for {name} held by {holder}" for thread, name, holder in frozen.get("cycle", ())
    ]
    return ". ".join([f"{frozen['ending']} after {frozen['now']:.1f} s", *cycle, *each]) + "."


def still_html(
    title: str,
    knobs: Sequence[Mapping[str, Any]],
    frozen: Mapping[str, Any],
    counted: str,
    window_s: float,
    mark: str,
) -> str:
    """Return what stands for the widget where there is none: its title, its knobs, its last run.

    Args:
        title: of the experiment.
        knobs: as `Experiment.declared` gives them.
        frozen: as `LiveRun.frozen` gives it; empty before the first run.
        counted: what is counted for each thread.
        window_s: how much of the past is shown, in seconds.
        mark: what sets the names in this drawing apart from those in others on the page.
    """
    if not frozen:
        return f'<div class="live-still"><b>{escape(title)}</b>: press Run in a notebook that is open.</div>'
    turned = ", ".join(
        f"{knob['label']} {frozen['values'][knob['name']]} {knob.get('unit', '')}".strip() for knob in knobs
    )
    head = f"<b>{escape(title)}</b> ({escape(turned)}). {escape(frozen.get('tells', ''))}"
    words = escape(told(frozen, counted))
    height = ROW * (len(frozen["lanes"]) + 1) + AXIS
    return (
        f'<div class="live-still"><p>{head}</p>'
        f'<svg role="img" aria-label="{words}" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        'style="max-width:100%;background:#fff" font-family="sans-serif" font-size="15">'
        f"<defs>{PATTERNS.format(id=mark)}</defs>{''.join(_drawn(frozen, counted, window_s, mark))}</svg>"
        f"<p>{words} {KEY}{_noted(frozen)}</p></div>"
    )


def _noted(frozen: Mapping[str, Any]) -> str:
    labels = sorted({text for _, _, style, text, _ in frozen["marks"] if style == "note"})
    return NOTED.format(escape(" or ".join(labels))) if labels else ""


def _drawn(frozen: Mapping[str, Any], counted: str, window_s: float, mark: str) -> Iterator[str]:
    end = max(frozen["now"], window_s)
    scale = STRIP / window_s
    for heading, x in (("thread", 8), ("waits", NAMES + STRIP + 12), (counted, NAMES + STRIP + 120)):
        yield _text(heading, x, ROW * 0.65, "#555")
    for number, (name, (share, count, _)) in enumerate(zip(frozen["lanes"], frozen["sums"], strict=True)):
        base = ROW * (number + 1.65)
        yield _text(name, 8, base, "#111")
        yield _text(f"{share:.0%}".replace("%", " %"), NAMES + STRIP + 12, base, "#111")
        yield _text(str(count), NAMES + STRIP + 120, base, "#111")
    for lane, level, style, text, start, until in [*frozen["bars"], *frozen["open"]]:
        left = max(start, end - window_s)
        width = (frozen["now"] if until is None else until) - left
        if width > 0:
            part = ROW / frozen["levels"]
            high = part * THICK[style]
            top = ROW * (lane + 2) - part * level - (part + high) / 2  # the first level is the lowest
            x = NAMES + (left - end + window_s) * scale
            yield (
                f'<rect x="{x:.1f}" y="{top:.1f}" width="{max(0.6, width * scale):.1f}" height="{high:.1f}" '
                f'fill="url(#{mark}-{style})"><title>{escape(text)}</title></rect>'
            )
    for lane, level, style, _, at in frozen["marks"]:
        if at > end - window_s:
            above = ROW / 2 if level < 0 else ROW / frozen["levels"] * (level + 0.5)
            x, y = NAMES + (at - end + window_s) * scale, ROW * (lane + 2) - above + 5
            sign = "✕" if style == "vain" else "▼"
            yield _text(sign, x - 6, y, "#111" if style == "vain" else "#B34A00")
    for second in range(int(end - window_s) + 1, int(end) + 1):
        x = NAMES + (second - end + window_s) * scale
        yield _text(f"{second} s", x - 8, ROW * (len(frozen["lanes"]) + 1) + AXIS * 0.8, "#555")


def _text(words: str, x: float, y: float, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}">{escape(words)}</text>'
