"""The state of a program between two steps, so that the search can tell that it has come back to one.

`values` turns whatever a program keeps into numbers and texts that are equal where, and only where, the
program cannot tell the difference. How a value is written depends on its kind: `kinds` chooses between the
functions of `data`, `code` and `shared`. `threads` says where each thread stands; `fingerprint` puts all of
it together.
"""

from .fingerprint import fingerprint
from .not_comparable import NotComparable

__all__ = ["NotComparable", "fingerprint"]
