"""What happened: who asked for which lock when, got it when, and gave it back when.

`Trace` is the one data type between the sources (`run`, later `explore` and `step`) and the views
(the charts). It is frozen, holds plain values only, and does all the arithmetic on them.
Times are in the trace's unit: milliseconds for a run on real threads, steps for an explored schedule.
"""

from .packing import pack
from .rows import HOLDABLE, KINDS, OUTCOMES, Row, ThreadRecord
from .trace import Trace, jain_index
from .wait_for import Wait

__all__ = ["HOLDABLE", "KINDS", "OUTCOMES", "Row", "ThreadRecord", "Trace", "Wait", "jain_index", "pack"]
