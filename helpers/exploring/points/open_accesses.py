"""Which accesses race, seen from the states of a program rather than from its schedules.

An access is *open* until its thread takes its next step: nothing orders it before what others do meanwhile.
(The last ones of a thread are open until somebody has joined it; joining somebody closes none of its own.)
Two threads race for a variable where, in some state, one of them makes an access that conflicts with an open
access of the other. In a graph of states that is looked at for every step out of every state, and the open
accesses are part of the state; a vector clock would be part of the history, which is forgotten there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..steps import overlap
from ..tasks import Task
from .sites import Site
from .variables import Variable

if TYPE_CHECKING:
    from ..states.values import Values


Access = tuple[Any, bool, Site]  # a part of a variable, whether it is written, and where


class OpenAccesses:
    """The open accesses of one schedule."""

    def __init__(self) -> None:
        # for each task, by the `id` of the variable
        self._of_task: dict[int, dict[int, tuple[Variable, dict[Access, None]]]] = {}

    def take(self, task: Task) -> None:
        """A task takes its next step."""
        step = task.step
        if step.verb == "join" and isinstance(step.target, Task):
            self._of_task.pop(step.target.id, None)
        elif step.verb not in ("begin", "end"):
            self._of_task.pop(task.id, None)

    def races(
        self, task: int, variable: Variable, part: Any, writes: bool, site: Site
    ) -> list[tuple[Site, Site]]:
        """Remember an access, and return the pairs of places that race."""
        key, racing = id(variable), []
        for other, variables in self._of_task.items():
            if other != task and key in variables:
                racing += [
                    (earlier, site)
                    for touched, wrote, earlier in variables[key][1]
                    if (writes or wrote) and overlap(part, touched)
                ]
        mine = self._of_task.setdefault(task, {})
        mine.setdefault(key, (variable, {}))[1][part, writes, site] = None
        return racing

    def write(self, values: Values) -> None:
        """Write the open accesses down, as a part of the state."""
        for task, variables in sorted(self._of_task.items()):
            values.written.append(("open", task))
            for variable, accesses in variables.values():
                values.add(variable)
                for part, writes, site in accesses:
                    values.written += (id(site), writes)
                    values.add_part(part)
