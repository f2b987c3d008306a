"""What differs between the Pythons that the course runs on, for somebody who uses locks: each fact once.

docs/pythons.md has the table, with the versions that each row was seen on.
"""

import sys

__all__ = ["LOCK_IS_HANDED_OVER"]

# A lock that is made of CPython's PyMutex is handed to a thread that has waited for over 1 ms
# (TIME_TO_BE_FAIR_NS in its Python/lock.c): whoever releases it cannot take it again first. A `Lock` is made
# so from 3.13.1 on (https://github.com/python/cpython/issues/152798).
LOCK_IS_HANDED_OVER = sys.version_info >= (3, 13, 1)
