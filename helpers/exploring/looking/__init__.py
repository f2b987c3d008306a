"""A look at a program that stands still in the middle of a schedule, for whoever decides how it goes on.

`look` plays the first steps of a schedule, and then those whose turn matters to nobody (`settling`): so every
thread stands before a step that is worth deciding about. It says where the threads stand (`standing`), what
they share, hold and wait for (`shared`, `things`), what has happened (`turns`), and whether the program has
been in this state before (`coming_back`). `survey` finds out beforehand which variables are shared. Nothing
is kept between two looks: each plays the program from its beginning.
"""

from .coming_back import Round
from .look import Look, Stand, look
from .settling import Turn
from .shared import Known, Variable
from .standing import Place
from .surveying import survey
from .things import Thing
from .turns import LostUpdate

__all__ = [
    "Known",
    "Look",
    "LostUpdate",
    "Place",
    "Round",
    "Stand",
    "Thing",
    "Turn",
    "Variable",
    "look",
    "survey",
]
