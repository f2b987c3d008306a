"""A program is ours while we execute it: `threading`'s words give our objects to its threads and to no others.

`words` routes what the program's threads call, `existing` replaces the locks made before it started,
`naming` finds what each object is called in the source, `program_code` knows whose code a frame is.
"""

from .existing import Existing
from .naming import Namer
from .program_code import calling_frame, is_program_file, place, program_frame
from .words import Operation, Session, current_session, installed

__all__ = [
    "Existing",
    "Namer",
    "Operation",
    "Session",
    "calling_frame",
    "current_session",
    "installed",
    "is_program_file",
    "place",
    "program_frame",
]
