"""What can be checked of an answer: `explored`, `written`, `scheduled` and `chosen`, one kind a module."""

from .chosen import Chosen, Item
from .explored import Explored
from .scheduled import Scheduled, ends_in
from .written import Written, calls, calls_no, mentioned

__all__ = ["Chosen", "Explored", "Item", "Scheduled", "Written", "calls", "calls_no", "ends_in", "mentioned"]
