"""Who is calling, and from where: the threads of one program and the places in its code."""

from __future__ import annotations

from threading import get_ident
from types import CodeType, FrameType

from ..substitution import is_program_file, program_frame
from ..substitution.real import RealLock
from .records import Site

BEFORE = "somebody before the run"
_GENERATOR, _COROUTINE, _ASYNC_GENERATOR = 0x20, 0x80, 0x200
_MAY_CHANGE_THREAD = _GENERATOR | _COROUTINE | _ASYNC_GENERATOR


class Callers:
    """The names of a program's threads, and numbered sites.

    A site is written down by its number: Python's garbage collector need not look into a tuple of numbers,
    so a long record costs it nothing.
    """

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self._numbers: dict[tuple[int, int, str], int] = {}
        self._names: dict[int, str] = {}
        self._adding = RealLock()

    def enter(self, name: str) -> None:
        """Name the calling thread, which belongs to the program from now on."""
        self._names[get_ident()] = name

    def leave(self) -> None:
        """Forget the calling thread: the system will give its identifier to another."""
        self._names.pop(get_ident(), None)

    def is_ours(self) -> bool:
        """Return True in a thread of the program."""
        return get_ident() in self._names

    def name(self) -> str:
        """Return the calling thread's name."""
        return self._names.get(get_ident(), "another thread")

    def site(self, frame: FrameType | None) -> Site:
        """Return the calling thread and the place in the program at or below `frame`."""
        name = self._names.get(get_ident(), "another thread")
        is_program = frame is not None and is_program_file(frame.f_code.co_filename)
        program = frame if is_program else program_frame(frame)
        if program is None:
            return Site(name, None, 0)
        code, offset = program.f_code, program.f_lasti
        number = self._numbers.get((id(code), offset, name))
        if number is None:
            number = self._number_of(Site(name, code, offset))
        return self.sites[number]

    def number(self, frame: FrameType) -> tuple[int, int, CodeType, int]:
        """Return the number of the site at `frame`, and for what it may be used again: offset, code, thread.

        An offset of -1 says that it may not.
        """
        code, offset, thread = frame.f_code, frame.f_lasti, get_ident()
        known = self._numbers.get((id(code), offset, self.name()))
        if known is not None:
            return known, offset, code, thread
        number = self._number_of(self.site(frame))
        reusable = is_program_file(code.co_filename) and not code.co_flags & _MAY_CHANGE_THREAD
        return number, offset if reusable else -1, code, thread

    def before_the_run(self) -> int:
        """Return the number that stands for whoever held a lock when the program started."""
        return self._number_of(Site(BEFORE, None, 0))

    def _number_of(self, site: Site) -> int:
        # a site keeps its code alive, so that the code's id stays its own
        key = (id(site.code), site.offset, site.thread)
        with self._adding:
            number = self._numbers.get(key)
            if number is None:
                number = len(self.sites)
                self.sites.append(site)
                self._numbers[key] = number  # last: whoever finds the number finds the site
        return number
