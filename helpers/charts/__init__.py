"""Pictures of what threads did: a `Trace` or a `Sweep` goes in, a matplotlib Axes comes out.

| Word | Picture |
|---|---|
| `timeline` | who held what when, and who waited |
| `timelines` | the same of several traces, under one another, to one scale of time |
| `contention` | which part of their lives threads waited, and for which locks |
| `waits` | how long the waits were: the median and the 99th percentile |
| `wait_for` | who waits for whom; a cycle is a deadlock |
| `sweep` | what a measurement did while one knob was turned |

A chart shows itself, with its alternative text, where it is the last expression of a notebook cell. Several
under one another: ``display(timeline(trace), contention(trace))``. Several in one figure:

    left, right = panels(1, 2)
    timeline(narrow, ax=left)
    timeline(wide, ax=right)        # the last expression shows the whole figure

No chart touches pyplot. In a script, ``timeline(trace).figure.savefig("timeline.png")`` keeps it.
"""

from .distribution import waits
from .graph import wait_for
from .lanes import timeline
from .shares import contention
from .show import alt_text, panels
from .sweeps import sweep
from .timelines import timelines

__all__ = ["alt_text", "contention", "panels", "sweep", "timeline", "timelines", "wait_for", "waits"]
