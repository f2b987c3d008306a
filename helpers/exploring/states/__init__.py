"""The state of a program between two steps, so that the search can tell that it has come back to one.

`values` turns whatever a program keeps into numbers and texts that are equal where, and only where, the
program cannot tell the difference; `threads` says where each thread stands; `fingerprint` puts it together.
"""

from .fingerprint import fingerprint
from .values import NotComparable

__all__ = ["NotComparable", "fingerprint"]
