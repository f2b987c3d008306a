"""While we execute a program, `threading`'s words give our objects to its threads, and to no others.

`installing` puts our `constructors` and `methods` in the place of Python's, and what those do is decided by a
`session`: that of `run` records real locks. `existing` replaces the locks made before the program started,
`naming` finds what each object is called in the source, `program_code` knows whose code a frame is.
"""

from .accepting import check_program
from .existing import Existing
from .installing import installed, told_methods
from .naming import Namer, read_source
from .program_code import calling_frame, is_program_file, lock_role, place, program_frame
from .session import Operation, Session, current_session

__all__ = [
    "Existing",
    "Namer",
    "Operation",
    "Session",
    "calling_frame",
    "check_program",
    "current_session",
    "installed",
    "is_program_file",
    "lock_role",
    "place",
    "program_frame",
    "read_source",
    "told_methods",
]
