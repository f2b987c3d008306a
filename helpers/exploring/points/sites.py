"""What is called in front of an instruction that touches a variable: it tells the scheduler which one."""

from __future__ import annotations

import collections
from _thread import get_ident
from dataclasses import dataclass
from gc import get_referents
from typing import TYPE_CHECKING, Any

from ...substitution.real import LOCK_TYPES
from ...substitution.session import current_session
from ..steps import WHOLE
from ..uncontrolled import is_uncontrolled
from .calls import is_rewritten, moved_on, note_passed_over, remember_plain, touched_by_call, touches_nothing
from .objects import (
    OVER_A_LIST,
    OVER_IMMUTABLE,
    attribute_of,
    behind,
    is_container,
    is_iterator,
    item_part,
    with_inner,
)

if TYPE_CHECKING:
    from ..scheduler import Scheduler


@dataclass(eq=False, slots=True)
class Site:
    """One instruction of the program that touches a variable.

    Args:
        kind: which of the methods below is called there.
        filename: the file it stands in.
        line: its line.
        text: what stands there in the source, as far as one line tells.
        writes: True where it changes the variable.
        name: of an attribute or a global variable.
        namespace: of a global variable.
    """

    kind: str
    filename: str
    line: int
    text: str
    writes: bool = False
    name: str = ""
    namespace: Any = None

    # ---- called from the rewritten code, one for each kind of instruction

    def attribute(self, owner: Any) -> None:
        """An attribute of `owner` is read or written."""
        scheduler = _playing()
        if scheduler is not None and (found := attribute_of(scheduler, owner, self.name)) is not None:
            scheduler.access(self, *found, self.writes)

    def dictionary(self, _owner: Any) -> None:
        """All attributes of an object are about to be reached through its `__dict__`."""
        session = current_session()
        if session is not None:
            session.scheduler.notice("__dict__")

    def cell(self, cell: Any) -> None:
        """A variable that functions share is read or written."""
        scheduler = _playing()
        if scheduler is not None:
            scheduler.access(self, cell, WHOLE, self.writes)

    def global_variable(self) -> None:
        """A global variable is read or written."""
        scheduler = _playing()
        if scheduler is not None:
            scheduler.access(self, self.namespace, self.name, self.writes)

    def item(self, container: Any, key: Any) -> None:
        """An item of `container` is read or written."""
        scheduler = _playing()
        if scheduler is not None and is_container(container):
            container = behind(container)
            # a default dictionary may make the item that is read
            writes = self.writes or isinstance(container, collections.defaultdict)
            scheduler.access(self, container, item_part(container, key), writes)

    def whole(self, container: Any) -> None:
        """All of `container` is read or written."""
        scheduler = _playing()
        if scheduler is not None and is_container(container):
            scheduler.access(self, behind(container), WHOLE, self.writes)

    def both(self, first: Any, second: Any) -> None:
        """Two values are read, with what is inside them, or the first is changed in place."""
        scheduler = _playing()
        if scheduler is not None:
            for value, writes in ((first, self.writes), (second, False)):
                for each in with_inner(value) if is_container(value) else ():
                    scheduler.access(self, each, WHOLE, writes and each is value)

    def contains(self, _item: Any, container: Any) -> None:
        """An item is looked for in `container`."""
        self.whole(container)

    def iterated(self, value: Any) -> None:
        """A loop over `value` begins: over an iterator, others may go through the same one."""
        scheduler = _playing()
        if scheduler is not None and is_iterator(value):
            scheduler.variables.of(value).may_be_shared = True
        self.whole(value)

    def iterator(self, iterator: Any) -> None:
        """The next item of what `iterator` goes through is read; the iterator itself moves on."""
        scheduler = _playing()
        if scheduler is None:
            return
        kind = type(iterator)
        if kind is OVER_A_LIST:
            for value in get_referents(iterator):  # none once it has come to the end
                scheduler.access(self, value, WHOLE, False)
        elif kind not in OVER_IMMUTABLE:
            for value, part, writes in moved_on(iterator):
                if value is not iterator:
                    scheduler.access(self, value, part, writes)
        if scheduler.variables.may_be_shared(iterator):
            scheduler.access(self, iterator, WHOLE, True)

    def sent_to(self, iterator: Any, _value: Any) -> None:
        """`yield from` goes on in `iterator`."""
        self.iterator(iterator)

    def entered(self, manager: Any) -> None:
        """A `with` begins: a lock that could not be replaced would block more than its thread."""
        session = current_session()
        if session is not None and type(manager) in LOCK_TYPES:
            session.scheduler.meet_real_lock()

    def call(self, function: Any, arguments: tuple[Any, ...]) -> None:
        """A function is called; one without points of its own may read and write what it is given."""
        if is_rewritten(function):
            return
        scheduler = Now.scheduler
        if scheduler is None or get_ident() not in scheduler.pool.idents:
            return
        if touches_nothing(scheduler, function, arguments):
            return
        uncontrolled = is_uncontrolled(function)
        if uncontrolled:
            scheduler.notice(uncontrolled)
        if type(getattr(function, "__self__", None)) in LOCK_TYPES:
            scheduler.meet_real_lock()
        if len(scheduler.tasks) > 1:
            note_passed_over(scheduler, function)
            remember_plain(scheduler, function)
            for value, part, writes in touched_by_call(scheduler, function, arguments):
                scheduler.access(self, value, part, writes)

    def call_with(self, function: Any, arguments: Any) -> None:
        """A function is called with the items of `arguments`."""
        self.whole(arguments)
        self.call(function, tuple(arguments) if isinstance(arguments, tuple | list) else ())

    def round(self) -> None:
        """A loop goes round that may never end."""
        scheduler = Now.scheduler
        if scheduler is not None and get_ident() in scheduler.pool.idents:
            scheduler.went_round()
            scheduler.running.turns += 1
            scheduler.running.came_round = True

    def next_item(self) -> None:
        """A `for` goes round."""
        scheduler = Now.scheduler
        if scheduler is not None and get_ident() in scheduler.pool.idents:
            scheduler.went_round()


class Now:
    """The scheduler that plays at the moment, if any."""

    scheduler: Scheduler | None = None


def _playing() -> Scheduler | None:
    """Return the scheduler, in a thread of a program that has started threads; else None."""
    scheduler = Now.scheduler
    if scheduler is None or len(scheduler.tasks) < 2 or get_ident() not in scheduler.pool.idents:
        return None
    return scheduler
